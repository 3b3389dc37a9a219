// @ts-check
// What is said about each region of a row: what is asked next, which key means what, and the words in
// which it stands. With no page in sight; what must be said is decided in Python (`needs`).

import { answerOf, rowOf, rowIds } from "./form_state.js";

/** @typedef {import("./form_state.js").Sheet} RegionSheet */
/** @typedef {import("./form_state.js").Row} RegionsRow */
/** @typedef {import("./form_state.js").RegionAsk} RegionAsk */
/** @typedef {import("./region_shapes.js").Region} SaidOf */
/** @typedef {{value: any, key: string, name: string, descriptor: string, family?: string}} RegionOption */

/** Keys of a list in this row; its other letters have a meaning of their own. */
const LIST_KEYS = "123456789ailnq";
/** What may be said of a region, the key that asks for it, and where it is kept. @type {{ask: RegionAsk["ask"], need: string, key: string, name: string, held: "label" | "severity" | "cause"}[]} */
export const ASKS = [
  { ask: "family", need: "class", key: "K", name: "Class", held: "label" },
  { ask: "severity", need: "severity", key: "G", name: "Severity", held: "severity" },
  { ask: "cause", need: "cause", key: "Y", name: "Cause", held: "cause" },
];

/** @param {RegionSheet} sheet @param {RegionsRow} row @returns {SaidOf[]} */
export function regionsOf(sheet, row) {
  return answerOf(sheet, row.id).value ?? [];
}

/** @param {RegionSheet} sheet @param {RegionsRow} row */
export function chosenRegion(sheet, row) {
  return regionsOf(sheet, row).find(({ id }) => id === sheet.region.id);
}

/** The region beside the selected one; from none, the first or the last. @param {RegionSheet} sheet @param {RegionsRow} row @param {1 | -1} step */
export function regionBeside(sheet, row, step) {
  const ids = regionsOf(sheet, row).map(({ id }) => id);
  const at = ids.indexOf(sheet.region.id);
  const next = at < 0 ? (step > 0 ? 0 : ids.length - 1) : Math.max(0, Math.min(ids.length - 1, at + step));
  return ids[next] ?? "";
}

/** What can be asked in a row: a rubric without classes asks for none. @param {RegionsRow} row */
export function asksOf(row) {
  return ASKS.filter(({ ask }) => ask !== "family" || row.classes?.length);
}

/**
 * What is asked of the selected region: what was called for, else the first thing that lacks. The
 * cause is asked for only where it is needed; it can always be given.
 * @param {RegionSheet} sheet @param {RegionsRow} row
 * @returns {RegionAsk["ask"]}
 */
export function askedNow(sheet, row) {
  const region = chosenRegion(sheet, row);
  if (!region) return "";
  if (sheet.region.ask) return sheet.region.ask;
  const open = asksOf(row).find(({ held, need }) => !region[held] && (need !== "cause" || row.needs?.includes(need)));
  return open?.ask ?? "";
}

/**
 * The answers to a question, each with its key.
 * @param {RegionsRow} row
 * @param {RegionAsk} region
 * @param {RegionAsk["ask"]} ask
 * @returns {RegionOption[]}
 */
export function optionsFor(row, region, ask) {
  const families = row.classes ?? [];
  const listed = {
    family: families.map(({ id, name, classes }) => ({ value: id, name, descriptor: classes.map((one) => one.name).join(", ") })),
    class: (families.find(({ id }) => id === region.family)?.classes ?? []).map(({ id, name, descriptor }) => ({ value: id, name, descriptor })),
    severity: (row.severities ?? []).map(({ value, name }) => ({ value, name, descriptor: "" })),
    cause: (row.causes ?? []).map(({ value, name }) => ({ value, name, descriptor: "" })),
    type: [], "": [],
  }[ask];
  return listed.map((option, place) => ({ ...option, key: LIST_KEYS[place] ?? "" }));
}

/** Classes whose name or family holds what was typed, those that begin with it first. @param {RegionsRow} row @param {string} typed @returns {RegionOption[]} */
export function classesLike(row, typed) {
  const wanted = typed.trim().toLowerCase();
  const all = (row.classes ?? []).flatMap(({ name: family, classes }) =>
    classes.map(({ id, name, descriptor }) => ({ value: id, key: "", name, descriptor, family })));
  const place = (/** @type {RegionOption} */ { name, family = "" }) => {
    if (name.toLowerCase().startsWith(wanted)) return 0;
    if (name.toLowerCase().includes(wanted)) return 1;
    return family.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return all.filter((one) => place(one) < 3).sort((one, other) => place(one) - place(other));
}

/**
 * What an answer to a question makes of a region, and what is asked then.
 * @param {RegionsRow} row
 * @param {SaidOf} region
 * @param {RegionAsk["ask"]} ask
 * @param {any} value
 * @returns {{region: SaidOf | null, next: Partial<RegionAsk>}} null: nothing is said yet
 */
export function answered(row, region, ask, value) {
  if (ask === "family") {
    const classes = row.classes?.find(({ id }) => id === value)?.classes ?? [];
    if (classes.length !== 1) return { region: null, next: { ask: "class", family: value } };
    return { region: { ...region, label: classes[0].id }, next: { ask: "", family: "" } };
  }
  const held = ask === "severity" || ask === "cause" ? ask : "label";
  return { region: { ...region, [held]: value }, next: { ask: "", family: "" } };
}

/** What is said of a region, in words; "" for what is not. @param {RegionsRow} row @param {SaidOf} region */
export function saidOf(row, { label, severity, cause }) {
  const classes = (row.classes ?? []).flatMap((family) => family.classes);
  return {
    label: label && (classes.find(({ id }) => id === label)?.name ?? label),
    severity: row.severities?.find(({ value }) => value === severity)?.name ?? "",
    cause: row.causes?.find(({ value }) => value === cause)?.name ?? "",
  };
}

/** A region in one line. @param {RegionsRow} row @param {SaidOf} region */
export function regionTitle(row, region) {
  return Object.values(saidOf(row, region)).filter(Boolean).join(" · ");
}

/** What a region must still say. @param {RegionsRow} row @param {SaidOf} region */
export function lacksOf(row, region) {
  const held = /** @type {const} */ ({ class: "label", severity: "severity", cause: "cause", note: "note" });
  return (row.needs ?? []).filter((need) => !region[held[/** @type {keyof typeof held} */ (need)]]);
}

/** The row whose regions the stage shows: the one with the focus, else the one before, else the first. @param {RegionSheet} sheet @param {string} before */
export function shownRow(sheet, before) {
  const rows = rowIds(sheet).flatMap((id) => rowOf(sheet, id) ?? []).filter(({ control }) => control === "regions");
  return rows.find(({ id }) => id === sheet.focus) ?? rows.find(({ id }) => id === before) ?? rows[0];
}

/**
 * What the stage is told of a row.
 * @param {RegionSheet} sheet @param {RegionsRow} row
 * @returns {import("./region_marks.js").Told}
 */
export function toldOf(sheet, row) {
  const marks = regionsOf(sheet, row).map((region, place) => ({
    region, label: String(place + 1), title: regionTitle(row, region), look: /** @type {const} */ ("mine"), lacking: lacksOf(row, region).length > 0,
  }));
  const active = sheet.focus === row.id && !sheet.picking && !sheet.waiting;
  return { key: sheet.layout.key, criterion: row.id, role: row.of ?? "", shapes: row.shapes ?? [], marks, selected: sheet.region.id, active };
}
