// @ts-check
// Beside the pictures of an open task: who answered what, notes with the extremes first, flags, gold.

import { piece, pressed, titled } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} OpenAct */
/** @typedef {{text: string, title: string, noted: boolean, second: boolean}} CellView */
/** @typedef {{id: string, label: string, numeric: boolean, cells: CellView[], groups: {text: string, letters: string}[], spread: string, apart: boolean, own: string, gold: string}} RowView */
/**
 * @typedef {{task: string, marked: boolean, named: boolean, people: {letter: string, name: string}[], rows: RowView[], own: boolean,
 *   notes: {letter: string, criterion: string, value: string, text: string}[], flags: {letter: string, name: string, text: string}[], skipped: string[],
 *   measured: string[], tags: {name: string, text: string}[], gold: {exists: boolean, revealed: boolean, rationale: string}}} OpenView
 */

/** @param {OpenView} view @param {OpenAct} act */
export function drawOpen(view, act) {
  const page = piece("div", "ew-opened", openDoings(view, act), openAnswers(view), ...openGold(view));
  if (view.flags.length || view.skipped.length) page.append(titled("Flagged", openFlags(view)));
  page.append(titled("Notes, extremes first", openNotes(view)));
  if (view.measured.length) page.append(titled("Measured", piece("ul", "ew-plain", ...view.measured.map((text) => piece("li", "", text)))));
  if (view.tags.length) page.append(titled("Tags", piece("dl", "ew-tags", ...view.tags.flatMap(({ name, text }) => [piece("dt", "", name), piece("dd", "", text)]))));
  return page;
}

/** @param {OpenView} view @param {OpenAct} act */
function openDoings(view, act) {
  const rate = pressed(view.own ? "Rate again" : "Rate", () => act("rate"), { key: "R", kind: "main", id: "rate", title: "With the real form, in your sandbox: it enters no table of ratings" });
  const goldKey = pressed(view.gold.exists ? "Gold" : "No gold", () => act("reveal"), { key: "G", kind: "chip", on: view.gold.revealed, off: !view.gold.exists, id: "gold" });
  const row = piece("div", "ew-row-of ew-tight", rate, goldKey, pressed("Names", () => act("name"), { key: "N", kind: "chip", on: view.named, id: "names" }), pressed("Marked", () => act("mark"), { key: "K", kind: "chip", on: view.marked, id: "mark", title: "Marked tasks are explorer.selected" }), pressed("More like this", () => act("like"), { key: "L", kind: "chip", id: "like", title: "By tags, edit type, what was measured, and words" }));
  const hint = view.own ? "" : "You have not judged this task by your own eyes yet; what you rate from here on is not blind.";
  return piece("div", "ew-doings", row, ...(hint ? [piece("p", "ew-quiet ew-hint", hint)] : []));
}

/** @param {OpenView} view */
function openAnswers(view) {
  if (!view.rows.length) return piece("p", "ew-quiet", "Nobody has reviewed this task yet.");
  const people = view.people.map(({ letter, name }) => Object.assign(piece("th", "ew-who", letter), { title: name }));
  const last = [...(view.own ? ["You"] : []), ...(view.gold.revealed ? ["Gold"] : [])];
  const head = piece("tr", "", piece("th"), ...people, piece("th", "ew-far", "Spread"), ...last.map((text) => piece("th", "", text)));
  const table = piece("table", "ew-answer-table", piece("thead", "", head), piece("tbody", "", ...view.rows.map((row) => answerRow(row, view))));
  const named = view.named ? [piece("p", "ew-quiet ew-hint", view.people.map(({ letter, name }) => `${letter} ${name}`).join(" · "))] : [];
  return piece("div", "ew-scrolled", table, ...named);
}

/** @param {RowView} row @param {OpenView} view */
function answerRow(row, view) {
  const label = piece("th", "ew-of", row.label);
  label.title = row.label;
  const said = row.numeric ? row.cells.map(answerCell) : [openGroups(row, Math.max(1, view.people.length))];
  const spread = piece("td", `ew-far${row.apart ? " ew-apart" : ""}`, row.spread);
  const last = [...(view.own ? [row.own] : []), ...(view.gold.revealed ? [row.gold] : [])];
  return piece("tr", "", label, ...said, spread, ...last.map((text) => piece("td", "ew-beside", text.replaceAll("_", " "))));
}

/** @param {CellView} cell */
function answerCell(cell) {
  const el = piece("td", `ew-given${cell.noted ? " ew-noted" : ""}${cell.second ? " ew-both" : ""}`, cell.text);
  if (cell.title) el.title = cell.title;
  return el;
}

/** What has no order: who chose what, in one line. @param {RowView} row @param {number} span */
function openGroups(row, span) {
  const all = row.groups.length === 1 && span > 1;
  const parts = row.groups.map(({ text, letters }) => piece("span", "ew-group", text, ...(all ? [] : [piece("span", "ew-quiet", ` ${letters}`)])));
  return Object.assign(piece("td", "ew-groups", ...parts), { colSpan: span });
}

/** @param {OpenView} view */
function openGold({ gold }) {
  return gold.revealed && gold.rationale ? [piece("p", "ew-gold", piece("b", "", "Gold: "), gold.rationale)] : [];
}

/** @param {OpenView} view */
function openFlags({ flags, skipped }) {
  const raised = flags.map(({ letter, name, text }) => piece("li", "", piece("b", "ew-letter", letter), piece("span", "", text ? `${name}: ${text}` : name)));
  return piece("ul", "ew-spoken", ...raised, ...skipped.map((text) => piece("li", "", piece("b", "ew-letter", text.split(":")[0]), piece("span", "", `Skipped${text.slice(text.indexOf(":"))}`))));
}

/** @param {OpenView} view */
function openNotes({ notes }) {
  if (!notes.length) return piece("p", "ew-quiet", "Nobody wrote a note.");
  return piece("ul", "ew-spoken", ...notes.map(({ letter, criterion, value, text }) => piece("li", "", piece("b", "ew-letter", letter), piece("span", "", piece("span", "ew-quiet", [criterion, value].filter(Boolean).join(" ") + (criterion ? ": " : "")), text))));
}
