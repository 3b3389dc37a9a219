// @ts-check
// Where the learner is in the feedback, without a page: the row, what is open, what they say to it.

import { WHYS, isOff } from "./feedback_words.js";

/**
 * @typedef {import("./feedback_words.js").Feedback} ShownFeedback
 * @typedef {import("./feedback_words.js").FeedbackRow} ShownRow
 * @typedef {{type: string, key: string, criterion?: string, why?: string, remark?: string, reason?: string}} Report
 * @typedef {"mine" | "right"} Side  whose level an anchor shows
 * @typedef {"remark" | "contest"} Line  the line of text that is open: what is added to *disagree*, or why gold is contested
 */

export class FeedbackState {
  /** @type {ShownFeedback | null} */
  feedback = null;
  /** Index of the row that the keys mean. */
  at = 0;
  /** Criteria whose row lies open. @type {Set<string>} */
  open = new Set();
  /** @type {{criterion: string, line: Line} | null} */
  writing = null;
  /** The anchor of the row that lies large over the stage. @type {"" | Side} */
  large = "";
  /** Whether anchors show their originals, while something is held. */
  before = false;
  /** Whether next or home was asked for: once is enough. */
  left = false;
  /** What was said here and the kernel may not have heard yet. @type {Map<string, Partial<ShownRow>>} */
  #said = new Map();
  /** @type {Map<string, string>} */
  #remarks = new Map();

  /** The kernel's word. @param {Partial<ShownFeedback>} told  empty: nothing is shown */
  take(told) {
    const feedback = told.key ? /** @type {ShownFeedback} */ (told) : null;
    const same = feedback !== null && feedback.key === this.feedback?.key;
    this.feedback = feedback;
    if (same) return;
    this.#said.clear();
    this.#remarks.clear();
    this.writing = null;
    this.large = "";
    this.before = this.left = false;
    const off = (feedback?.rows ?? []).filter(isOff);
    this.open = new Set(off.map(({ criterion }) => criterion));
    this.at = Math.max(0, (feedback?.rows ?? []).findIndex(isOff));
  }

  /** The rows with what was said to them here. */
  get rows() {
    return (this.feedback?.rows ?? []).map((row) => ({ ...row, ...this.#said.get(row.criterion) }));
  }

  /** @returns {ShownRow | undefined} */
  get row() {
    return this.rows[this.at];
  }

  /** @param {string} criterion */
  goTo(criterion) {
    const at = this.rows.findIndex((row) => row.criterion === criterion);
    if (at >= 0) this.at = at;
  }

  /** @param {1 | -1} by */
  step(by) {
    this.at = Math.max(0, Math.min(this.rows.length - 1, this.at + by));
  }

  /** Open the row, or fold it. */
  toggle() {
    const { row } = this;
    if (row && !this.open.delete(row.criterion)) this.open.add(row.criterion);
  }

  /**
   * Say why the answer of this row differs. *Disagree* opens a line, and is told when that is left.
   * @param {string} key
   * @returns {Report | null} what is to be told now
   */
  differ(key) {
    const why = WHYS.find((one) => one.key === key)?.why;
    const { row } = this;
    if (!row || !why || !isOff(row)) return null;
    this.#note(row.criterion, { why });
    this.open.add(row.criterion);
    if (why === "disagree") {
      this.writing = { criterion: row.criterion, line: "remark" };
      return null;
    }
    this.#moveOn();
    return this.#report("why", { criterion: row.criterion, why, remark: "" });
  }

  /** Show an anchor large; "" for none. @param {"" | Side} side */
  enlarge(side) {
    this.large = side && this.row?.anchors?.[side] ? side : "";
  }

  /** The other anchor in the same place, if there is one. */
  turn() {
    const other = this.large === "mine" ? "right" : "mine";
    if (this.large && this.row?.anchors?.[other]) this.large = other;
  }

  /** Open the line for the reason of a contest, once. */
  contest() {
    const { row } = this;
    if (!row || row.contested) return;
    this.open.add(row.criterion);
    this.writing = { criterion: row.criterion, line: "contest" };
  }

  /**
   * The open line is left with this text.
   * @param {string} text
   * @param {boolean} meant  whether by Enter, not by looking elsewhere: a contest must be meant
   * @returns {Report | null}
   */
  leaveLine(text, meant) {
    const { writing } = this;
    this.writing = null;
    const said = text.trim();
    if (!writing) return null;
    const { criterion, line } = writing;
    if (line === "contest") {
      if (!said || !meant) return null;
      this.#note(criterion, { contested: true });
      return this.#report("contest", { criterion, reason: said });
    }
    if (this.#remarks.get(criterion) === said) return null;
    this.#remarks.set(criterion, said);
    if (meant) this.#moveOn();
    return this.#report("why", { criterion, why: "disagree", remark: said });
  }

  /** On to the next task, or home. @param {"next" | "home"} type @returns {Report | null} */
  leave(type) {
    if (!this.feedback || this.left) return null;
    this.left = true;
    return this.#report(type, {});
  }

  /** To the next row that is off and not explained yet; without one, stay. */
  #moveOn() {
    const next = this.rows.findIndex((row, at) => at > this.at && isOff(row) && !row.why);
    if (next >= 0) this.at = next;
  }

  /** @param {string} criterion @param {Partial<ShownRow>} said */
  #note(criterion, said) {
    this.#said.set(criterion, { ...this.#said.get(criterion), ...said });
  }

  /** @param {string} type @param {Partial<Report>} said @returns {Report} */
  #report(type, said) {
    return { type, key: this.feedback?.key ?? "", ...said };
  }
}
