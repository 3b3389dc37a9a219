// @ts-check
// How far an intake is, and what was odd about it.

import { piece, tabled } from "./board_elements.js";

/** @typedef {{finding: string, where: string, kinds: {kind: string, n: number, done: string, rows: string[][], more: number}[]}} OddView */
/** @typedef {{done?: number, total?: number}} Far */

/** @param {OddView} view @param {Set<string>} open the kinds whose lists are open */
export function drawOdd(view, open) {
  const box = piece("section", "ew-intake-odd", piece("h3", "", `${view.finding}.`));
  box.setAttribute("role", "status");
  box.append(piece("p", "ew-quiet", `Written to ${view.where}.`));
  if (!view.kinds.length) box.append(piece("p", "", "Nothing was odd."));
  for (const one of view.kinds) {
    const name = piece("b", "", `${one.kind[0].toUpperCase()}${one.kind.slice(1)} (${one.n})`);
    const list = piece("details", "", piece("summary", "", name, piece("span", "ew-quiet", ` ${one.done}`)));
    list.open = open.has(one.kind);
    list.addEventListener("toggle", () => (list.open ? open.add(one.kind) : open.delete(one.kind)));
    list.append(tabled(["Task", "Picture", "Found"], one.rows));
    if (one.more) list.append(piece("p", "ew-quiet", `and ${one.more} more: desk.report.table(${JSON.stringify(one.kind)})`));
    box.append(list);
  }
  return box;
}

/** @param {HTMLElement} line @param {Far} far */
export function drawFar(line, far) {
  const { done = 0, total = 0 } = far;
  line.hidden = !total;
  const bar = piece("progress", "ew-intake-bar");
  bar.max = Math.max(total, 1);
  bar.value = done;
  bar.setAttribute("aria-label", "Pictures looked at");
  line.replaceChildren(bar, piece("span", "ew-quiet", `${done.toLocaleString("en")} of ${total.toLocaleString("en")} pictures`));
}
