// @ts-check
// The mastery map as a table: a sign and a word for every state, so that no colour is needed to read it.

import { make } from "./form_elements.js";

/**
 * @typedef {"new" | "learning" | "mastered" | "due" | "no_gold"} MasteryState
 * @typedef {{lower: number, upper: number, state: MasteryState, lean: "lenient" | "strict" | "", due: string, note: string}} MasteryCell
 * @typedef {{rows: {criterion: string, label: string, cells: MasteryCell[]}[], sentence: string}} MasteryShown
 */

/** @type {Record<MasteryState, {sign: string, word: string}>} */
export const MASTERY_STATES = {
  new: { sign: "○", word: "new" },
  learning: { sign: "◐", word: "learning" },
  mastered: { sign: "●", word: "mastered" },
  due: { sign: "↻", word: "due" },
  no_gold: { sign: "–", word: "needs more gold" },
};
const LEANS = { lenient: "↑", strict: "↓" };

/** The boundaries that head the columns: all that any criterion has, lowest first. @param {MasteryShown} shown */
export function columnsOf(shown) {
  const lowers = new Set(shown.rows.flatMap((row) => row.cells.map((cell) => cell.lower)));
  return [...lowers].sort((one, other) => one - other);
}

/** A day without its year, in the words of whoever looks: "29 Nov". @param {string} day */
export function shortDay(day) {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year, month - 1, date).toLocaleDateString([], { day: "numeric", month: "short" });
}

/** @param {MasteryShown} shown @param {{sentence?: boolean}} [options] */
export function drawMastery(shown, { sentence = true } = {}) {
  const box = make("div", "ew-mastery");
  const columns = columnsOf(shown);
  const table = make("table", "ew-mastery-table");
  const head = make("tr");
  head.append(make("td"), ...columns.map((lower) => heading("col", `${lower} | ${lower + 1}`, `Level ${lower} against ${lower + 1}`)));
  const body = shown.rows.map((row) => {
    const line = make("tr");
    const cells = columns.map((lower) => row.cells.find((cell) => cell.lower === lower));
    line.append(heading("row", row.label), ...cells.map((cell) => (cell ? drawCell(cell) : make("td"))));
    return line;
  });
  table.append(head, ...body);
  const says = sentence ? [make("p", "ew-mastery-sentence", shown.sentence)] : [];
  box.append(...says, table, drawLegend(shown));
  return box;
}

/** @param {"row" | "col"} scope @param {string} text @param {string} [title] */
function heading(scope, text, title = "") {
  const cell = make("th", "", text);
  cell.scope = scope;
  if (title) cell.title = title;
  return cell;
}

/** @param {MasteryCell} cell */
function drawCell(cell) {
  const state = MASTERY_STATES[cell.state];
  const field = make("td");
  const box = make("span", `ew-mastery-cell ew-${cell.state.replace("_", "-")}`);
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", cell.note || state.word);
  box.title = cell.note || state.word;
  box.append(make("span", "ew-mastery-sign", state.sign));
  if (cell.lean) box.append(make("span", "ew-mastery-lean", LEANS[cell.lean]));
  const under = cell.state === "due" ? "due" : cell.due && shortDay(cell.due);
  if (under) box.append(make("span", "ew-mastery-due", under));
  field.append(box);
  return field;
}

/** The signs that the map uses, in words. @param {MasteryShown} shown */
function drawLegend(shown) {
  const cells = shown.rows.flatMap((row) => row.cells);
  const legend = make("div", "ew-mastery-legend");
  for (const [name, state] of Object.entries(MASTERY_STATES))
    if (cells.some((cell) => cell.state === name)) legend.append(legendOf(state.sign, state.word));
  for (const [lean, sign] of Object.entries(LEANS))
    if (cells.some((cell) => cell.lean === lean)) legend.append(legendOf(sign, `you lean ${lean}`));
  return legend;
}

/** @param {string} sign @param {string} word */
function legendOf(sign, word) {
  const one = make("span");
  one.append(make("b", "", sign), ` ${word}`);
  return one;
}
