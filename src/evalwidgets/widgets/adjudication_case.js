// @ts-check
// One case of the adjudication panel: who says what on which level, every note, the rest of the task.

import { atTime, piece, pressed, tabled, titled } from "./board_elements.js";
import { decideCase, quietDigits } from "./adjudication_decide.js";

/** @typedef {import("./board_asks.js").Act} DisputeAct */
/** @typedef {{letter: string, name: string, on: boolean}} Who */
/** @typedef {{value: unknown, name: string, descriptor: string, key: string, letters: Who[], also: Who[], on: boolean, gold: boolean}} DisputeLevel */
/** @typedef {Who & {value: string, text: string}} DisputeNote */
/** @typedef {Who & {sure: string, flags: string[], note: string, waits: string, came_back: string}} DisputeFact */
/** @typedef {{letters: Who[], rows: {id: string, label: string, cells: string[], differ: boolean, on: boolean}[], notes: DisputeNote[]}} DisputeOthers */
/** @typedef {{picked: string, text: string, asking: "answer" | "cause" | "reason" | "note", reason: string, note: string, waits: boolean}} DisputeDraft */
/**
 * @typedef {{key: string, task: string, criterion: string, label: string, question: string, place: string, levels: DisputeLevel[], notes: DisputeNote[], facts: DisputeFact[], others: DisputeOthers, suggestion: {cause: string, name: string, reason: string} | null, causes: {id: string, name: string, title: string, on: boolean}[], draft: DisputeDraft, settled: {text: string, by: string, at: string, caveat: string} | null, gold: {exists: boolean, revealed: boolean, text: string, rationale: string}, named: boolean, turn: number, log: {verb: string, by: string, at: string, text: string}[]}} DisputeView
 */

/** @param {DisputeView} view @param {DisputeAct} act */
export function drawDispute(view, act) {
  const box = piece("div", "ew-gold-desk ew-dispute");
  box.append(disputeHead(view, act));
  if (view.settled) box.append(settledLine(view.settled));
  box.append(tallied(view, act));
  if (view.gold.revealed) box.append(piece("p", "ew-gold", piece("b", "", `Gold: ${view.gold.text}. `), view.gold.rationale));
  box.append(decideCase(view, act), noted("Why, extremes first", view.notes, "Nobody wrote a justification here."), people(view), rest(view, act), history(view));
  return box;
}

/** @param {DisputeView} view @param {DisputeAct} act */
function disputeHead(view, act) {
  const names = pressed(view.named ? "Hide names" : "Show names", () => act("show_names"), { key: "L", kind: "link", id: "names" });
  const gold = pressed(view.gold.revealed ? "Hide gold" : "Gold", () => act("reveal"), { key: "G", kind: "link", id: "gold", title: "Gold settles a case by itself: look at the answers first" });
  const tools = piece("div", "ew-row-of ew-tight", ...(view.gold.exists ? [gold] : []), names);
  const line = piece("div", "ew-case-head", piece("b", "", view.task), piece("span", "ew-quiet", view.place), tools);
  return piece("div", "ew-dispute-head", line, piece("p", "", piece("b", "", `${view.label}. `), view.question));
}

/** @param {NonNullable<DisputeView["settled"]>} settled */
function settledLine(settled) {
  const line = piece("p", settled.caveat ? "ew-warned" : "ew-gold", piece("b", "", `Settled by ${settled.by}, ${atTime(settled.at)}: `), settled.text);
  if (settled.caveat) line.append(piece("b", "", ` Look again: ${settled.caveat}.`));
  return line;
}

/** The levels with their descriptors, one row each, and on them a dot for each answer. @param {DisputeView} view @param {DisputeAct} act */
function tallied(view, act) {
  const list = piece("div", "ew-tally");
  list.setAttribute("role", "list");
  for (const level of view.levels) list.append(levelRow(level, view, act));
  for (const [key, by] of /** @type {[string, number][]} */ ([["arrowdown", 1], ["arrowup", -1]])) {
    const walk = piece("button", "ew-walk");
    walk.type = "button";
    walk.tabIndex = -1;
    walk.dataset.key = key;
    walk.setAttribute("aria-label", by > 0 ? "The answer below" : "The answer above");
    walk.addEventListener("click", () => act("pick_beside", by));
    list.append(walk);
  }
  return list;
}

/** @param {DisputeLevel} level @param {DisputeView} view @param {DisputeAct} act */
function levelRow(level, view, act) {
  const takesDigits = view.draft.asking !== "cause";
  const choose = pressed("", () => quietDigits(choose, act("choose", level.value)), { key: takesDigits ? level.key : "", kind: "chip", on: level.on, id: `level-${JSON.stringify(level.value)}`, title: `Choose ${level.name}` });
  choose.classList.add("ew-tally-key");
  choose.setAttribute("aria-label", `Choose ${level.name}`);
  if (!takesDigits || !level.key) choose.prepend(piece("kbd", "ew-key", level.key || "·"));
  const text = piece("div", "ew-tally-text", piece("b", "", level.name), ...(level.descriptor ? [piece("span", "ew-quiet", level.descriptor)] : []));
  const dots = piece("div", "ew-tally-dots", ...level.letters.map((who) => dot(who, act, false)), ...level.also.map((who) => dot(who, act, true)));
  const row = piece("div", `ew-tally-row${level.letters.length ? " ew-said-so" : ""}${level.on ? " ew-on" : ""}`, choose, text, dots);
  if (level.gold) text.append(piece("span", "ew-tally-gold", "gold"));
  row.setAttribute("role", "listitem");
  return row;
}

/** A letter; hollow where the level is only also defensible. @param {Who} who @param {DisputeAct} act @param {boolean} second */
function dot(who, act, second) {
  const said = second ? `${who.letter} finds it also defensible` : `${who.letter} says so`;
  const button = pressed(who.name ? `${who.letter} ${who.name}` : who.letter, () => act("pick", who.letter), { on: who.on && !second, id: `${second ? "also" : "dot"}-${who.letter}`, title: said });
  button.classList.add("ew-dot", ...(second ? ["ew-also"] : []), ...(who.name ? ["ew-named"] : []));
  return button;
}

/** @param {Who} who */
function letter(who) {
  const mark = piece("b", `ew-letter${who.on ? " ew-picked" : ""}`, who.letter);
  return who.name ? piece("span", "ew-letter-name", mark, who.name) : mark;
}

/** @param {string} title @param {DisputeNote[]} notes @param {string} none */
function noted(title, notes, none) {
  const list = piece("ul", "ew-notes");
  for (const note of notes) list.append(piece("li", note.on ? "ew-on" : "", letter(note), piece("span", "ew-said", note.value), piece("span", "", note.text)));
  if (!notes.length) list.append(piece("li", "ew-quiet", none));
  return titled(title, list);
}

/** How sure each was, what they flagged and remarked, and what was sent back. @param {DisputeView} view */
function people(view) {
  const list = piece("ul", "ew-notes ew-people");
  for (const one of view.facts) {
    const said = piece("span", "");
    const parts = [one.sure, ...one.flags.map((flag) => `flagged: ${flag}`), one.note && `“${one.note}”`].filter(Boolean);
    said.append(parts.join(" · ") || "no remark");
    if (one.waits) said.append(piece("span", "ew-flagged", ` Sent back, waits: ${one.waits}`));
    if (one.came_back) said.append(piece("span", "ew-flagged", ` Came back after: ${one.came_back}`));
    list.append(piece("li", "", letter(one), said));
  }
  return titled("Who was how sure", list);
}

/** All other answers to the task, so that nothing has to be looked up elsewhere. @param {DisputeView} view @param {DisputeAct} act */
function rest(view, act) {
  const heads = ["", ...view.others.letters.map((one) => (one.name ? `${one.letter} ${one.name}` : one.letter))];
  const rows = view.others.rows.map((row) => {
    const name = row.on || !row.differ ? piece(row.on ? "b" : "span", "", row.label) : pressed(row.label, () => act("lay", view.task, row.id), { kind: "link", id: `other-${row.id}`, title: "Lay this case on the table" });
    return [name, ...row.cells.map((cell) => Object.assign(piece("span", `ew-cell${row.differ ? " ew-differs" : ""}`, cell), { title: cell }))];
  });
  const section = titled("All answers to this task", piece("div", "ew-wide", tabled(heads, rows, "ew-answers")));
  if (view.others.notes.length) section.append(noted("Notes to the other criteria", view.others.notes, ""));
  return section;
}

/** @param {DisputeView} view */
function history(view) {
  const list = piece("ol", "ew-log");
  for (const one of view.log) list.append(piece("li", "", piece("b", "", `${one.verb} by ${one.by}`), piece("span", "ew-quiet", atTime(one.at)), piece("span", "ew-log-text", one.text)));
  if (!view.log.length) list.append(piece("li", "ew-quiet", "Nothing yet."));
  return titled("What happened to this task, newest first", list);
}
