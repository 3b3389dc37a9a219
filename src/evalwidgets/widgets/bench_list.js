// @ts-check
// What waits for the lead at the gold bench: candidates, contests, worn gold, what happened last.

import { piece, pressed, titled, typed } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} GoldsAct */
/** @typedef {{task: string, contest: number, text: string, on: boolean}} GoldsRow */
/** @typedef {{groups: {title: string, rows: GoldsRow[], more: string}[], tasks: string[], task: string, quiet: boolean}} GoldsView */

/** @param {GoldsView} view @param {GoldsAct} act */
export function drawGolds(view, act) {
  const go = piece("div", "ew-row-of ew-tight", pressed("Before", () => act("step", -1), { key: "P", kind: "chip" }), pressed("Next", () => act("step", 1), { key: "N", kind: "chip" }));
  const page = piece("div", "ew-golds", piece("div", "ew-find", found(view, act), go));
  if (view.quiet) page.append(piece("p", "ew-quiet", "Nothing waits: no proposal, no contest."));
  for (const group of view.groups) page.append(titled(`${group.title} (${group.rows.length}${group.more ? "+" : ""})`, listing(group, act)));
  return page;
}

/** @param {GoldsView["groups"][number]} group @param {GoldsAct} act */
function listing(group, act) {
  const list = piece("ul", "ew-waiting", ...group.rows.map((row) => piece("li", "", entry(row, act, group.title))));
  if (group.more) list.append(piece("li", "ew-quiet ew-more", group.more));
  return list;
}

/** @param {GoldsRow} row @param {GoldsAct} act @param {string} of */
function entry(row, act, of) {
  const button = pressed(row.task, () => act("turn", row.task, row.contest), { kind: "chip", on: row.on, id: `${of}:${row.task}:${row.contest}`, title: `${row.task}: ${row.text}` });
  button.classList.add("ew-entry");
  button.append(piece("span", "ew-entry-text", row.text));
  return button;
}

/** Any task can be laid on the bench by its name. @param {GoldsView} view @param {GoldsAct} act */
function found(view, act) {
  const open = (/** @type {string} */ text) => view.tasks.includes(text) && text !== view.task && act("turn", text, 0);
  const input = typed("input", "find", "Open any task", "", open);
  input.placeholder = "Open any task";
  input.setAttribute("list", "ew-gold-tasks");
  input.addEventListener("input", () => open(input.value));
  const known = piece("datalist", "", ...view.tasks.map((name) => Object.assign(piece("option"), { value: name })));
  known.id = "ew-gold-tasks";
  return piece("div", "ew-find-field", input, known);
}
