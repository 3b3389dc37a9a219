// @ts-check
// The rubric as an outline: its parts, and which of them are changed.

import { counted, piece, pressed } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} OutlineAct */
/** @typedef {{rows: {id: string, label: string, sub: string, changed: number, gap: boolean, on: boolean}[], picked: string}} OutlineView */

/** @param {OutlineView} view @param {OutlineAct} act */
export function drawOutline(view, act) {
  const go = piece("div", "ew-row-of ew-tight", pressed("Before", () => act("step", -1), { key: "B", kind: "chip" }), pressed("Next", () => act("step", 1), { key: "N", kind: "chip" }));
  const list = piece("ul", "ew-waiting");
  for (const row of view.rows) {
    const button = pressed(row.label, () => act("pick", row.id), { kind: "chip", on: row.on, id: `part-${row.id}` });
    button.classList.add("ew-entry");
    button.append(piece("span", "ew-entry-text", row.sub));
    const marks = [row.changed ? `✎ ${counted(row.changed, "change")}` : "", row.gap ? "gap" : ""].filter(Boolean);
    if (marks.length) button.append(piece("span", "ew-part-marks", marks.join(" · ")));
    list.append(piece("li", "", button));
  }
  return piece("div", "ew-golds", go, list);
}
