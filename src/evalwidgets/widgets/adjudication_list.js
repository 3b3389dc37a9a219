// @ts-check
// The cases of the adjudication panel: how many are settled, which are shown, in their order.

import { piece, pressed } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} CasesAct */
/** @typedef {{task: string, criterion: string, title: string, text: string, values: string, cause: string, mark: string, on: boolean}} CasesRow */
/** @typedef {{what: string, label: string, value: string, options: [string, string][]}} CasesFilter */
/** @typedef {{done: number, of: number, before: number, after: number, rows: CasesRow[], filters: CasesFilter[], quiet: string}} CasesView */

/** @param {CasesView} view @param {CasesAct} act */
export function drawCases(view, act) {
  const go = piece("div", "ew-row-of ew-tight", pressed("Before", () => act("step", -1), { key: "P", kind: "chip" }), pressed("Next", () => act("step", 1), { key: "N", kind: "chip" }));
  const filters = view.filters.map((one) => choice(one, act));
  const page = piece("div", "ew-golds ew-cases", piece("div", "ew-find", settledBar(view), ...filters, go));
  if (view.quiet) page.append(piece("p", "ew-quiet", view.quiet));
  const list = piece("ul", "ew-waiting", ...view.rows.map((row) => piece("li", "", caseEntry(row, act))));
  if (view.before) list.prepend(piece("li", "ew-quiet ew-more", `${view.before} before these`));
  if (view.after) list.append(piece("li", "ew-quiet ew-more", `and ${view.after} more`));
  page.append(list);
  return page;
}

/** @param {CasesView} view */
function settledBar(view) {
  const track = piece("div", "ew-bar-track", piece("div", "ew-bar-fill"));
  /** @type {HTMLElement} */ (track.firstElementChild).style.width = `${view.of ? (100 * view.done) / view.of : 0}%`;
  return piece("div", "ew-room-bar ew-settled-bar", track, piece("b", "", `${view.done} of ${view.of} settled`));
}

/** @param {CasesFilter} filter @param {CasesAct} act */
function choice(filter, act) {
  const options = filter.options.map(([value, name]) => Object.assign(piece("option", "", name), { value }));
  const pick = piece("select", "ew-input", ...options);
  pick.value = filter.value;
  pick.dataset.id = `filter-${filter.what}`;
  pick.setAttribute("aria-label", filter.label);
  pick.addEventListener("change", () => act("filter", filter.what, pick.value));
  return pick;
}

/** @param {CasesRow} row @param {CasesAct} act */
function caseEntry(row, act) {
  const button = pressed(row.title, () => act("lay", row.task, row.criterion), { kind: "chip", on: row.on, id: `case:${row.task}:${row.criterion}`, title: `${row.text}${row.cause ? `; suggested: ${row.cause}` : ""}` });
  button.classList.add("ew-entry");
  const first = piece("span", "ew-entry-head", ...button.childNodes, piece("span", "ew-entry-mark", row.mark));
  button.replaceChildren(first, piece("span", "ew-entry-values", row.values), piece("span", "ew-entry-text", `${row.text}${row.cause ? ` · ${row.cause}` : ""}`));
  return button;
}
