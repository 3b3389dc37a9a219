// What feedback knows without a page: where the learner is, what lies open, what they say to it.
import assert from "node:assert/strict";
import test from "node:test";

import { FeedbackState } from "../../src/evalwidgets/widgets/feedback_state.js";
import { isOff, markOf, spokenRow } from "../../src/evalwidgets/widgets/feedback_words.js";
import { PictureUrls } from "../../src/evalwidgets/widgets/picture_urls.js";

const ANCHOR = { level: 3, name: "Partly", descriptor: "", why: "", pictures: { original: "o", edited: "e" } };

/** A row of feedback. */
function row(criterion, mark, more = {}) {
  return { criterion, label: criterion, mark, by: 1, given: "4", accepted: "3", sentence: "", boundary: "", why: "", contested: false, anchors: null, ...more };
}

/** Feedback with one row that is fine and three that are off. */
function told(more = {}) {
  const rows = [row("a", "within"), row("b", "lenient"), row("c", "strict"), row("d", "missing")];
  return { key: "k", title: "", rationale: "", rows, regions: null, confidence: "", boundaries: [], position: "", scored: true, ...more };
}

/** A state that was told it. */
function aState(more = {}) {
  const state = new FeedbackState();
  state.take(told(more));
  return state;
}

test("what is off lies open, and the keys begin at the first of it", () => {
  const state = aState();
  assert.equal(state.row.criterion, "b");
  assert.deepEqual([...state.open], ["b", "c", "d"]);
});

test("where all is within, everything is folded and the keys begin at the top", () => {
  const state = aState({ rows: [row("a", "within"), row("b", "not_judged")] });
  assert.equal(state.row.criterion, "a");
  assert.equal(state.open.size, 0);
});

test("arrows stop at both ends", () => {
  const state = aState();
  for (let step = 0; step < 9; step++) state.step(1);
  assert.equal(state.row.criterion, "d");
  for (let step = 0; step < 9; step++) state.step(-1);
  assert.equal(state.row.criterion, "a");
});

test("a reason is told at once and leads on to the next row without one", () => {
  const state = aState();
  assert.deepEqual(state.differ("2"), { type: "why", key: "k", criterion: "b", why: "missed", remark: "" });
  assert.equal(state.row.criterion, "c");
  assert.equal(state.rows[1].why, "missed");
});

test("the last reason stays where it was said", () => {
  const state = aState();
  for (const key of ["1", "1", "1"]) state.differ(key);
  assert.equal(state.row.criterion, "d");
});

test("nobody is asked why they agree with gold", () => {
  const state = aState();
  state.step(-1);
  assert.equal(state.differ("1"), null);
  assert.equal(state.rows[0].why, "");
});

test("to disagree opens a line, and is told once that is left, with or without words", () => {
  const state = aState();
  assert.equal(state.differ("3"), null);
  assert.deepEqual(state.writing, { criterion: "b", line: "remark" });
  assert.deepEqual(state.leaveLine("  the shadow was there before ", true), { type: "why", key: "k", criterion: "b", why: "disagree", remark: "the shadow was there before" });
  assert.equal(state.writing, null);
  state.goTo("d");
  state.differ("3");
  assert.deepEqual(state.leaveLine("", false), { type: "why", key: "k", criterion: "d", why: "disagree", remark: "" });
});

test("the same remark is not told twice", () => {
  const state = aState();
  state.differ("3");
  state.leaveLine("x", false);
  state.differ("3");
  assert.equal(state.leaveLine("x", true), null);
});

test("a contest needs a reason that is meant, and is one act", () => {
  const state = aState();
  for (const [text, meant] of [["", true], ["half a sen", false]]) {
    state.contest();
    assert.equal(state.leaveLine(text, meant), null);
  }
  state.contest();
  assert.deepEqual(state.leaveLine("the rule says 4", true), { type: "contest", key: "k", criterion: "b", reason: "the rule says 4" });
  state.contest();
  assert.equal(state.writing, null);
  assert.ok(state.row.contested);
});

test("an accepted answer can be contested, too", () => {
  const state = aState();
  state.step(-1);
  state.contest();
  assert.equal(state.leaveLine("too many are accepted", true).criterion, "a");
});

test("next is told once, until other feedback comes", () => {
  const state = aState();
  assert.deepEqual(state.leave("next"), { type: "next", key: "k" });
  assert.equal(state.leave("next"), null);
  assert.equal(state.leave("home"), null);
  state.take(told({ key: "other" }));
  assert.deepEqual(state.leave("home"), { type: "home", key: "other" });
});

test("the kernel's word on the same feedback moves nobody, and what was said stays", () => {
  const state = aState();
  state.differ("1");
  state.toggle();
  state.take(told());
  assert.equal(state.row.criterion, "c");
  assert.deepEqual([...state.open], ["b", "d"]);
  assert.equal(state.rows[1].why, "misread");
});

test("nothing of one feedback is left in the next", () => {
  const state = aState();
  state.differ("1");
  state.contest();
  state.take({});
  assert.equal(state.row, undefined);
  assert.equal(state.leave("next"), null);
  state.take(told({ key: "other" }));
  assert.equal(state.rows[1].why, "");
  assert.equal(state.writing, null);
});

test("an anchor is enlarged, and the other takes its place where there is one", () => {
  const state = aState({ rows: [row("a", "lenient", { anchors: { mine: ANCHOR, right: ANCHOR } }), row("b", "strict", { anchors: { mine: null, right: ANCHOR } })] });
  state.enlarge("mine");
  state.turn();
  assert.equal(state.large, "right");
  state.enlarge("");
  state.step(1);
  state.enlarge("mine");
  assert.equal(state.large, "");
  state.enlarge("right");
  state.turn();
  assert.equal(state.large, "right");
});

test("each mark has a sign and a word of its own", () => {
  const marks = ["within", "lenient", "strict", "different", "missing", "not_judged"].map((mark) => markOf(row("a", mark, { by: -2 })));
  assert.equal(new Set(marks.map(({ sign }) => sign)).size, 6);
  assert.deepEqual(marks.slice(0, 3).map(({ sign, word }) => `${sign} ${word}`), ["✓ within", "↑ 2 too lenient", "↓ 2 too strict"]);
  assert.deepEqual(["within", "lenient", "not_judged"].map((mark) => isOff({ mark })), [false, true, false]);
});

test("a row is said in whole words, without an answer, too", () => {
  assert.equal(spokenRow(row("Light", "missing", { by: 0, given: "" })), "Light: not answered. You: no answer. Accepted: 3.");
});

test("addresses of pictures are made once and given back with the pictures", () => {
  const log = [];
  const urls = new PictureUrls({ create: () => `blob:${log.push("made")}`, revoke: (url) => log.push(url) });
  urls.take({ one: new DataView(new ArrayBuffer(2)), two: new DataView(new ArrayBuffer(2)) });
  assert.equal(urls.of("one"), urls.of("one"));
  assert.equal(urls.of("unknown"), "");
  assert.equal(urls.of(undefined), "");
  const two = urls.of("two");
  urls.take({ one: new DataView(new ArrayBuffer(2)) });
  assert.deepEqual(log, ["made", "made", two]);
  urls.clear();
  assert.equal(urls.of("one"), "");
  assert.equal(log.length, 4);
});
