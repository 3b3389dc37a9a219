// @ts-check
// What the rubric form knows, without a page: sheets by key, answers shown before the kernel
// has confirmed them, and where the focus goes next. Which criteria apply, what is missing and
// what a cap does is decided in Python and arrives as `marks`.

/**
 * @typedef {{value: any, key: string, name: string, descriptor: string, boundary?: string, example?: string, asks?: boolean}} Option
 * @typedef {{id: string, name: string, key: string}} Reason
 * @typedef {{id: string, control: string, gate: boolean, label: string, question: string, help: string, options: Option[], na: Reason[], reasons: Reason[], second: boolean, branching: boolean, words: string[], optional: boolean, before: {value: any, text: string} | null} & Partial<Marking>} Row
 * @typedef {{shapes: import("./region_shapes.js").Shape[], of: string, least: number, most: number, needs: string[], classes: Family[], severities: Named[], causes: Named[]}} Marking  what a row of regions brings
 * @typedef {{id: string, name: string, classes: {id: string, name: string, descriptor: string}[]}} Family
 * @typedef {{value: any, name: string}} Named
 * @typedef {{id: string, ask: "" | "family" | "class" | "severity" | "cause" | "type", family: string}} RegionAsk  the selected region, what is asked about it (empty: what lacks), and the family that was chosen on the way to a class
 * @typedef {{key: string, rows: Row[], flags: Option[], confidence: boolean, focus: string[], intro?: boolean, sent_back?: SentBack}} Layout  intro: whether it waits until the stage has shown everything
 * @typedef {{by: string, criterion: string, label: string, note: string}} SentBack  why the lead sent the task back
 * @typedef {{value: any, second: number | null, na: string | null, reason: string | null, note: string}} Answer
 * @typedef {{criterion: string, kind: string, message: string}} Problem
 * @typedef {{min: number, needs: string}} NoteNeed
 * @typedef {{key: string, seq: number, visible: string[], answers: Record<string, Answer>, flags: Record<string, string>, confidence: number | null, note: string, notes: Record<string, NoteNeed>, problems: Problem[], ready: boolean, overall: string, revision: number}} Marks
 * @typedef {{layout: Layout, marks: Marks, seq: number, focus: string, picking: "" | "na" | "reason", waiting: boolean, refused: boolean, lastFlag: string, region: RegionAsk}} Sheet
 */

/** Rows that every rubric has, after its own. */
export const REMARKS = "#remarks";
export const CONFIDENCE = "#confidence";

/** @returns {Answer} */
export function emptyAnswer() {
  return { value: null, second: null, na: null, reason: null, note: "" };
}

/**
 * @param {Layout} layout
 * @param {Marks} marks
 * @returns {Sheet}
 */
export function openSheet(layout, marks) {
  /** @type {Sheet} */
  const sheet = { layout, marks, seq: marks.seq, focus: "", picking: "", waiting: false, refused: false, lastFlag: "", region: { id: "", ask: "", family: "" } };
  sheet.focus = firstOpen(sheet);
  return sheet;
}

/**
 * The ids of all rows that are shown, in order.
 * @param {Sheet} sheet
 */
export function rowIds(sheet) {
  const shown = new Set(sheet.marks.visible);
  const ids = sheet.layout.rows.filter((row) => shown.has(row.id)).map((row) => row.id);
  if (sheet.layout.focus.length) return ids; // some criteria are asked anew, and nothing else
  return [...ids, ...(sheet.layout.confidence ? [CONFIDENCE] : []), REMARKS];
}

/**
 * @param {Sheet} sheet
 * @param {string} id
 */
export function rowOf(sheet, id) {
  return sheet.layout.rows.find((row) => row.id === id);
}

/**
 * @param {Sheet} sheet
 * @param {string} id
 */
export function answerOf(sheet, id) {
  return sheet.marks.answers[id] ?? emptyAnswer();
}

/**
 * Whether an option is what the row was answered with before it was asked anew.
 * @param {Row} row
 * @param {Option} option
 */
export function wasChosen(row, option) {
  const before = row.before?.value;
  return Array.isArray(before) ? before.includes(option.value) : before != null && before === option.value;
}

/**
 * Whether a row has its answer.
 * @param {Sheet} sheet
 * @param {string} id
 */
export function isAnswered(sheet, id) {
  if (id === CONFIDENCE) return sheet.marks.confidence !== null;
  const answer = answerOf(sheet, id);
  return answer.value !== null || answer.na !== null;
}

/**
 * The row that a note of the lead is about, else the first that waits for an answer, or the first of all.
 * @param {Sheet} sheet
 */
export function firstOpen(sheet) {
  const ids = rowIds(sheet);
  const about = sheet.layout.sent_back?.criterion;
  if (about && ids.includes(about)) return about;
  return ids.find((id) => !id.startsWith("#") && !isAnswered(sheet, id) && !rowOf(sheet, id)?.optional) ?? ids[0];
}

/**
 * Where the focus goes after a row was answered: the next row below that is not optional; after
 * the last, the first that still has a problem.
 * @param {Sheet} sheet
 * @param {string} id
 */
export function rowAfter(sheet, id) {
  const ids = rowIds(sheet);
  const next = ids.slice(ids.indexOf(id) + 1).find((one) => one !== REMARKS && !rowOf(sheet, one)?.optional);
  if (next) return next;
  const open = sheet.marks.problems.find((problem) => problem.kind !== "advice" && ids.includes(problem.criterion));
  return open ? open.criterion : id;
}

/**
 * @param {Sheet} sheet
 * @param {string} id
 * @param {1 | -1} step
 */
export function rowBeside(sheet, id, step) {
  const ids = rowIds(sheet);
  const at = ids.indexOf(id) + step;
  return ids[Math.max(0, Math.min(ids.length - 1, at))];
}

/**
 * Show an act at once, as Python will (which has the last word).
 * @param {Sheet} sheet
 * @param {string} act
 * @param {any[]} said
 */
export function showAct(sheet, act, said) {
  const marks = { ...sheet.marks, answers: { ...sheet.marks.answers } };
  const [name, what] = said;
  const answer = { ...(marks.answers[name] ?? emptyAnswer()) };
  if (act === "rate") Object.assign(answer, { value: what, na: null, second: what === null || answer.second === what ? null : answer.second, reason: answer.value === what ? answer.reason : null });
  else if (act === "mark" || act === "unmark") Object.assign(answer, { value: act === "mark" ? withRegion(answer.value ?? [], what) : withoutRegion(answer.value ?? [], what), na: null });
  else if (act === "mark_second" && answer.value !== what && answer.na === null) answer.second = answer.second === what ? null : what;
  else if (act === "mark_na" && what === null) answer.na = null;
  else if (act === "mark_na") Object.assign(answer, { na: what, value: null, second: null, reason: null });
  else if (act === "give_reason") answer.reason = what;
  else if (act === "write_note" && name) answer.note = what;
  else if (act === "write_note") marks.note = what;
  else if (act === "set_confidence") marks.confidence = name;
  else if (act === "flag") {
    marks.flags = { ...marks.flags };
    if (what === null) delete marks.flags[name];
    else marks.flags[name] = what ?? "";
  }
  if (["rate", "mark", "unmark", "mark_second", "mark_na", "give_reason"].includes(act) || (act === "write_note" && name)) marks.answers[name] = answer;
  sheet.marks = marks;
}

/** @typedef {import("./region_shapes.js").Region} SaidRegion */

/** Regions with one more, or with one that took the place of that with its id. @param {SaidRegion[]} regions @param {SaidRegion} region */
function withRegion(regions, region) {
  const known = regions.some(({ id }) => id === region.id);
  return known ? regions.map((one) => (one.id === region.id ? region : one)) : [...regions, region];
}

/** The regions without one; null without the last: "nothing to mark" is said and never left over. @param {SaidRegion[]} regions @param {string} id */
function withoutRegion(regions, id) {
  const rest = regions.filter((one) => one.id !== id);
  return rest.length ? rest : null;
}

/**
 * The text that an act writes, letter by letter, so that its keystrokes are told together; or "".
 * @param {Sheet} sheet
 * @param {string} act
 * @param {any[]} said
 */
export function textWritten(sheet, act, said) {
  const [name, what] = said;
  if (act === "mark") {
    const before = answerOf(sheet, name).value?.find((/** @type {SaidRegion} */ one) => one.id === what.id);
    return before && before.note !== what.note ? `mark ${name} ${what.id}` : "";
  }
  const isText = act === "write_note" || act === "flag" || (act === "rate" && rowOf(sheet, name)?.control === "text");
  return isText ? `${act} ${name}` : "";
}

/**
 * Take Python's word on a sheet, unless something was said since that Python has not seen.
 * @param {Sheet} sheet
 * @param {Marks} marks
 * @returns {boolean} whether the marks were taken
 */
export function takeMarks(sheet, marks) {
  if (marks.seq < sheet.seq) return false;
  sheet.marks = marks;
  sheet.seq = marks.seq;
  sheet.waiting = false;
  if (!rowIds(sheet).includes(sheet.focus)) sheet.focus = firstOpen(sheet);
  return true;
}

/**
 * Number of words in a text, as Python counts them: dots and dashes alone are none.
 * @param {string} text
 */
export function countWords(text) {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/**
 * The option that a key means on a row, or undefined.
 * @param {Row} row
 * @param {string} key
 */
export function optionFor(row, key) {
  return row.options.find((option) => option.key === key);
}

/**
 * The digit of a key on either part of the keyboard, or "".
 * @param {string} code
 */
export function digitOf(code) {
  return /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? "";
}

/**
 * The digit or small letter of a key, or "".
 * @param {string} code
 */
export function listKeyOf(code) {
  return digitOf(code) || (/^Key([A-Z])$/.exec(code)?.[1].toLowerCase() ?? "");
}
