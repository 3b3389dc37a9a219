// @ts-check
// What all views of one form share in a page: the sheets, what was reported to the kernel and what
// it answered, and when a submit may move on without waiting.

import { openSheet, rowAfter, showAct, takeMarks, textWritten } from "./form_state.js";
import { ActiveTime } from "./active_time.js";

/**
 * @typedef {import("./form_state.js").Sheet} Sheet
 * @typedef {import("./form_state.js").Layout} Layout
 * @typedef {import("./form_state.js").Marks} Marks
 * @typedef {{layout: Layout, marks: Marks}} Laid
 * @typedef {{layout: Layout | null, marks: Marks | null, after: Record<string, number>, refused: string}} Shown
 * @typedef {{shown: Shown, queue: Laid[], marks: Marks | null}} Traits
 * @typedef {import("@anywidget/types").AnyModel<Traits>} Model
 */

/** The sheets of one model in this page. */
export class FormDesk {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.id = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
    /** @type {Map<string, Sheet>} */
    this.sheets = new Map();
    this.key = "";
    this.submits = 0;
    this.refusal = "";
    /** Submit as soon as the kernel has judged the last answer. @type {(() => void) | null} */
    this.submitLater = null;
    this.clock = new ActiveTime();
    /** @type {Set<() => void>} */
    this.views = new Set();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.writing = undefined;
    /** @type {(() => void) | undefined} */
    this.flush = undefined;
    model.on("change:shown", () => this.follow());
    model.on("change:marks", () => this.hear());
    this.follow();
    this.hear(); // a reloaded page: what was said since the sheet was shown
  }

  /** @returns {Sheet | undefined} */
  get sheet() {
    return this.sheets.get(this.key);
  }

  /** Keys of sheets whose scene was seen to the end. @type {Set<string>} */
  seen = new Set();

  /** Whether the sheet takes no answer yet: there is still something to be seen. */
  get isClosed() {
    const { sheet } = this;
    return Boolean(sheet?.layout.intro) && !this.seen.has(this.key);
  }

  redraw() {
    for (const draw of this.views) draw();
  }

  /** Show what the kernel shows, unless it has yet to hear that we moved on. */
  follow() {
    const { layout, marks, after, refused } = this.model.get("shown");
    if (!layout || !marks) return this.show("");
    const behind = (after[this.id] ?? 0) < this.submits;
    if (behind && !refused) return;
    const known = this.sheets.get(layout.key);
    if (!known || marks.revision !== known.marks.revision) this.sheets.set(layout.key, openSheet(layout, marks));
    else takeMarks(known, marks);
    this.refusal = refused;
    const sheet = this.sheets.get(layout.key);
    if (refused && sheet) sheet.refused = true;
    this.show(layout.key);
  }

  /** The kernel's word on the sheet that is being filled in. */
  hear() {
    const marks = this.model.get("marks");
    const sheet = marks && this.sheets.get(marks.key);
    if (!marks || !sheet) return;
    const focus = sheet.focus;
    const waited = sheet.waiting;
    if (!takeMarks(sheet, marks)) return;
    if (waited && sheet.focus === focus) sheet.focus = rowAfter(sheet, focus);
    if (sheet.refused && marks.ready) sheet.refused = false;
    const submit = sheet === this.sheet && this.submitLater;
    if (submit) submit();
    else this.redraw();
  }

  /** @param {string} key */
  show(key) {
    if (key !== this.key) {
      this.clock.start(performance.now());
      this.submitLater = null;
    }
    this.key = key;
    this.redraw();
  }

  /**
   * Do an act: show it at once and tell the kernel. Keystrokes of one text are told together.
   * @param {string} act
   * @param {...any} said
   */
  act(act, ...said) {
    const sheet = this.sheet;
    if (!sheet || this.isClosed) return;
    const text = textWritten(sheet, act, said);
    if (!text) this.finishWriting();
    showAct(sheet, act, said);
    sheet.seq += 1;
    const message = { type: "act", key: sheet.layout.key, seq: sheet.seq, act, said, seconds: this.clock.seconds(performance.now()) };
    if (text) {
      if (this.flush && this.writing && message.key + text !== this.written) this.finishWriting();
      this.written = message.key + text;
      clearTimeout(this.writing);
      this.flush = () => this.model.send(message);
      this.writing = setTimeout(() => this.finishWriting(), 250);
    } else this.model.send(message);
    this.redraw();
  }

  written = "";

  finishWriting() {
    clearTimeout(this.writing);
    this.flush?.();
    this.flush = undefined;
  }

  /**
   * Submit: on to the next sheet at once, when the kernel has called this one complete.
   * @param {() => void} again how to try once more when the kernel has yet to judge the last answer
   * @returns {{from: string, to: string} | null} where to advance, or null to stay
   */
  submit(again) {
    const sheet = this.sheet;
    if (!sheet || this.isClosed) return null;
    this.finishWriting();
    const judged = sheet.seq === sheet.marks.seq;
    this.submitLater = judged ? null : again;
    if (!judged) return null;
    if (!sheet.marks.ready) {
      sheet.refused = true;
      return null;
    }
    this.submits += 1;
    const from = sheet.layout.key;
    this.model.send({ type: "submit", key: from, seconds: this.clock.seconds(performance.now()), view: this.id, count: this.submits });
    const next = this.model.get("queue").find((laid) => laid.layout.key !== from && !this.left.has(laid.layout.key));
    if (!next) return null;
    this.left.add(from);
    const to = next.layout.key;
    if (!this.sheets.has(to)) this.sheets.set(to, openSheet(next.layout, next.marks));
    if (this.sheets.size > 12) this.sheets.delete(/** @type {string} */ (this.sheets.keys().next().value));
    this.refusal = "";
    this.show(to);
    return { from, to };
  }

  /** Keys of reviews that were submitted from here. @type {Set<string>} */
  left = new Set();
}
