// What is said about each region: what is asked next, which key means what, and the words it stands in.
import assert from "node:assert/strict";
import test from "node:test";

import { emptyAnswer, openSheet, showAct, textWritten } from "../../src/evalwidgets/widgets/form_state.js";
import {
  answered, askedNow, asksOf, classesLike, lacksOf, optionsFor, regionBeside, regionTitle, regionsOf, shownRow, toldOf,
} from "../../src/evalwidgets/widgets/region_answers.js";

const CLASSES = [
  { id: "blend", name: "Blending", classes: [{ id: "halo", name: "Halo", descriptor: "A pale edge." }, { id: "cut", name: "Hard cut", descriptor: "" }] },
  { id: "sense", name: "Sense", classes: [{ id: "impossible", name: "Impossible thing", descriptor: "" }] },
];
const ROW = {
  id: "places", control: "regions", gate: false, label: "Places", question: "?", help: "", options: [], na: [], reasons: [], second: false, branching: false,
  words: [], optional: false, before: null, shapes: ["box", "point"], of: "edited", least: 1, most: 60, needs: ["class", "severity"], classes: CLASSES,
  severities: [{ value: 1, name: "Only zoomed" }, { value: 2, name: "Visible" }, { value: 3, name: "Ruins it" }],
  causes: [{ value: "edit", name: "The edit" }, { value: "original", name: "The original" }],
};
const region = (id, more = {}) => ({ id, type: "box", points: [[1, 2], [3, 4]], role: "edited", size: [300, 200], picture: "", label: "", severity: null, cause: "", note: "", ...more });

/** A sheet with these regions, the one with the given id selected. */
function sheetWith(regions, id = "", row = ROW) {
  const marks = {
    key: "k", seq: 0, visible: ["places", "more"], answers: { places: { ...emptyAnswer(), value: regions } }, flags: {}, confidence: null, note: "",
    notes: {}, problems: [], ready: false, overall: "", revision: 1,
  };
  const sheet = openSheet({ key: "k", rows: [row, { ...row, id: "more" }], flags: [], confidence: false, focus: [] }, marks);
  sheet.focus = "places";
  sheet.region = { id, ask: "", family: "" };
  return sheet;
}

test("a region is asked for its class, then for its severity, and for its cause where that is needed", () => {
  const asked = (more, row = ROW) => askedNow(sheetWith([region("a", more)], "a", row), row);

  assert.equal("family", asked({}));
  assert.equal("severity", asked({ label: "halo" }));
  assert.equal("", asked({ label: "halo", severity: 2 }));
  assert.equal("cause", asked({ label: "halo", severity: 2 }, { ...ROW, needs: ["cause"] }));
  assert.equal("severity", asked({}, { ...ROW, classes: [] }));
  assert.equal("", askedNow(sheetWith([region("a")]), ROW));
});

test("what was called for is asked before what lacks", () => {
  const sheet = sheetWith([region("a")], "a");
  sheet.region.ask = "cause";

  assert.equal("cause", askedNow(sheet, ROW));
});

test("a rubric without classes asks for none", () => {
  assert.deepEqual(["severity", "cause"], asksOf({ ...ROW, classes: [] }).map(({ ask }) => ask));
});

test("two keys say the class, one where a family has only one", () => {
  const families = optionsFor(ROW, { id: "a", ask: "", family: "" }, "family");
  assert.deepEqual([["1", "blend"], ["2", "sense"]], families.map(({ key, value }) => [key, value]));

  const first = answered(ROW, region("a"), "family", "blend");
  assert.deepEqual({ region: null, next: { ask: "class", family: "blend" } }, first);
  assert.deepEqual(["halo", "cut"], optionsFor(ROW, { id: "a", ask: "class", family: "blend" }, "class").map(({ value }) => value));
  assert.equal("cut", answered(ROW, region("a"), "class", "cut").region?.label);
  assert.equal("impossible", answered(ROW, region("a"), "family", "sense").region?.label);
});

test("keys of a list never mean something else in the row", () => {
  const many = Array.from({ length: 20 }, (_, place) => ({ id: `f${place}`, name: `F${place}`, classes: [] }));
  const keys = optionsFor({ ...ROW, classes: many }, { id: "", ask: "", family: "" }, "family").map(({ key }) => key).filter(Boolean);

  assert.equal(new Set(keys).size, keys.length);
  assert.deepEqual([], keys.filter((key) => "kgyjtdprhcfmsw".includes(key)));
});

test("severity and cause are said by one key each", () => {
  assert.equal(2, answered(ROW, region("a"), "severity", 2).region?.severity);
  assert.equal("edit", answered(ROW, region("a"), "cause", "edit").region?.cause);
});

test("a class is found by what it or its family is called", () => {
  assert.deepEqual([], classesLike(ROW, "ha l"));
  assert.deepEqual(["halo"], classesLike(ROW, " Hal ").map(({ value }) => value));
  assert.deepEqual(["halo", "cut"], classesLike(ROW, "BLEND").map(({ value }) => value));
  assert.deepEqual(["cut", "halo"], classesLike({ ...ROW, classes: [{ ...CLASSES[0], name: "Hard" }] }, "har").map(({ value }) => value));
  assert.equal(3, classesLike(ROW, " ").length);
});

test("a region is told in one line, and what it lacks", () => {
  assert.equal("Halo · Visible · The edit", regionTitle(ROW, region("a", { label: "halo", severity: 2, cause: "edit" })));
  assert.equal("unheard", regionTitle(ROW, region("a", { label: "unheard" })));
  assert.deepEqual(["class", "severity"], lacksOf(ROW, region("a")));
  assert.deepEqual([], lacksOf(ROW, region("a", { label: "halo", severity: 1 })));
});

test("arrows go from region to region and stop at the ends", () => {
  const all = [region("a"), region("b")];

  assert.deepEqual(["a", "b", "b", "b", "a"], [["", 1], ["", -1], ["a", 1], ["b", 1], ["a", -1]].map(([id, step]) => regionBeside(sheetWith(all, id), ROW, step)));
  assert.equal("", regionBeside(sheetWith(null), ROW, 1));
});

test("marking is shown at once: a new region comes last, a changed one stays in its place", () => {
  const sheet = sheetWith(null);
  showAct(sheet, "mark", ["places", region("a")]);
  showAct(sheet, "mark", ["places", region("b")]);
  showAct(sheet, "mark", ["places", region("a", { severity: 3 })]);

  assert.deepEqual([["a", 3], ["b", null]], regionsOf(sheet, ROW).map(({ id, severity }) => [id, severity]));
});

test("without its last region a row is not answered: nothing to mark is said and never left over", () => {
  const sheet = sheetWith([region("a"), region("b")]);
  showAct(sheet, "unmark", ["places", "a"]);
  assert.deepEqual(["b"], regionsOf(sheet, ROW).map(({ id }) => id));
  showAct(sheet, "unmark", ["places", "b"]);

  assert.equal(null, sheet.marks.answers.places.value);
});

test("the letters of a region's note are one text, other changes are none", () => {
  const sheet = sheetWith([region("a")]);

  assert.equal("mark places a", textWritten(sheet, "mark", ["places", region("a", { note: "p" })]));
  assert.equal("", textWritten(sheet, "mark", ["places", region("a", { severity: 1 })]));
  assert.equal("", textWritten(sheet, "mark", ["places", region("new", { note: "p" })]));
  assert.equal("write_note places", textWritten(sheet, "write_note", ["places", "p"]));
});

test("the stage is told what is marked and whether hands mark now", () => {
  const sheet = sheetWith([region("a", { label: "halo" }), region("b", { label: "halo", severity: 1 })], "b");
  const { marks, ...told } = toldOf(sheet, ROW);

  assert.deepEqual({ key: "k", criterion: "places", role: "edited", shapes: ["box", "point"], selected: "b", active: true }, told);
  assert.deepEqual([["1", "Halo", true], ["2", "Halo · Only zoomed", false]], marks.map(({ label, title, lacking }) => [label, title, lacking]));
  sheet.focus = "more";
  assert.equal(false, toldOf(sheet, ROW).active);
});

test("the stage shows the row with the focus, else the one before, else the first", () => {
  const sheet = sheetWith(null);

  sheet.focus = "more";
  assert.equal("more", shownRow(sheet, "places")?.id);
  sheet.focus = "elsewhere";
  assert.equal("more", shownRow(sheet, "more")?.id);
  assert.equal("places", shownRow(sheet, "")?.id);
});
