// @ts-check
// The register at the left: clauses that people stumble over, what is not settled first.

import { piece, pressed } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} GapsAct */
/** @typedef {{key: string, clause: string, title: string, state: string, text: string, since: number, on: boolean}} GapsRow */
/** @typedef {{rows: GapsRow[], more: number, new: boolean}} GapsView */

/** @param {GapsView} view @param {GapsAct} act */
export function drawGaps(view, act) {
  const go = piece("div", "ew-row-of ew-tight", pressed("Before", () => act("step", -1), { key: "P", kind: "chip" }), pressed("Next", () => act("step", 1), { key: "N", kind: "chip" }));
  go.append(pressed("New", () => act("pick", "new"), { key: "T", kind: "chip", on: view.new, title: "Write a gap down by hand" }));
  const list = piece("ul", "ew-waiting ew-gaps", ...view.rows.map((row) => piece("li", "", gapEntry(row, act))));
  const page = piece("div", "ew-golds", go, list);
  if (!view.rows.length) page.append(piece("p", "ew-quiet", "Nothing speaks for a gap: no flag, no learner who disagrees, no rule that is read in two ways."));
  if (view.more) page.append(piece("p", "ew-quiet ew-more", `and ${view.more} more, weaker ones`));
  return page;
}

/** @param {GapsRow} row @param {GapsAct} act */
function gapEntry(row, act) {
  const button = pressed(row.clause, () => act("pick", row.key), { kind: "chip", on: row.on, id: `gap:${row.key}`, title: row.title || row.clause });
  button.classList.add("ew-entry");
  button.prepend(piece("span", `ew-state ew-gap-${row.state}`, row.state));
  if (row.title) button.append(piece("span", "ew-entry-text", row.title));
  button.append(piece("span", "ew-entry-text", row.text));
  if (row.since) button.append(piece("span", "ew-entry-text ew-shows-again", `shows again: ${row.since} since`));
  return button;
}
