// @ts-check
// The rubric form: gates first, then only what applies, one key for each answer.
//
// The browser shows an answer at once and tells the kernel; the kernel decides what follows
// and has the last word (`marks`). When the kernel has said that a sheet is complete, submitting
// moves on without waiting: the next sheets (`queue`) lie ready, and a review that is refused
// after all comes back to its task with everything in place (`shown.refused`).

import { attached, guardKeys, isTyping, keyRoot } from "./keys.js";
import { CONFIDENCE, REMARKS, answerOf, digitOf, listKeyOf, optionFor, rowAfter, rowBeside, rowIds, rowOf } from "./form_state.js";
import { make } from "./form_elements.js";
import { rowView } from "./form_rows.js";
import { FormDesk } from "./form_desk.js";
import { RegionTalk } from "./region_talk.js";

/**
 * @typedef {import("./form_state.js").Sheet} Sheet
 * @typedef {import("./form_state.js").Option} Option
 * @typedef {import("./form_desk.js").Traits} Traits
 */

const LOOK_FIRST = "Look first: you can answer once you have seen the edited picture.";

/** @type {WeakMap<object, FormDesk>} */
const desks = new WeakMap();

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el, signal }) {
  const desk = desks.get(model) ?? new FormDesk(model);
  desks.set(model, desk);
  const form = new FormView(desk, el, signal);
  desk.views.add(form.draw);
  signal.addEventListener("abort", () => desk.views.delete(form.draw));
  form.draw();
  attached(el, signal).then(() => form.listen(keyRoot(el)));
}

class FormView {
  /** @param {FormDesk} desk @param {HTMLElement} el @param {AbortSignal} signal */
  constructor(desk, el, signal) {
    this.desk = desk;
    this.signal = signal;
    this.regions = new RegionTalk(desk);
    /** @type {Map<string, import("./form_rows.js").RowView & {made: string}>} */
    this.rows = new Map();
    this.form = make("div", "ew-form");
    this.form.setAttribute("role", "form");
    this.form.setAttribute("aria-label", "Rubric");
    this.list = make("div", "ew-rows");
    this.tip = make("div", "ew-tip");
    this.tip.hidden = true;
    this.status = make("div", "ew-status");
    this.button = make("button", "ew-submit");
    this.buttonText = make("span");
    this.sentBack = make("div", "ew-sent-back");
    this.sentBack.hidden = true;
    this.form.append(this.sentBack, this.list, this.tip, this.makeFoot());
    el.append(this.form);
    this.root = el;
    this.focused = "";
    /** Keys pressed while a sheet waits for the kernel. @type {{key: string, event: KeyboardEvent}[]} */
    this.waiting = [];
    /** @type {import("./form_rows.js").Hands} */
    this.hands = {
      act: (act, ...said) => this.desk.act(act, ...said),
      choose: (id, option, second) => this.choose(id, option, second),
      pick: (id, reason) => this.pick(id, reason),
      focus: (id) => this.focus(id),
      tip: (option, near) => this.showTip(option, near),
      region: (change) => {
        if (this.desk.sheet) Object.assign(this.desk.sheet.region, change);
        this.desk.redraw();
      },
      say: (row, value) => this.regions.say(row, value),
    };
  }

  makeFoot() {
    const foot = make("div", "ew-form-foot");
    this.status.setAttribute("role", "status");
    this.button.type = "button";
    this.button.append(this.buttonText, make("kbd", "ew-key", "Ctrl ⏎"));
    this.button.addEventListener("click", () => this.submit());
    foot.append(this.status, this.button);
    return foot;
  }

  draw = () => {
    const sheet = this.desk.sheet;
    this.form.classList.toggle("ew-empty", !sheet);
    this.regions.tell();
    if (!sheet) return;
    this.form.classList.toggle("ew-anew", sheet.layout.focus.length > 0);
    this.form.classList.toggle("ew-unseen", this.desk.isClosed);
    const views = rowIds(sheet).map((id) => this.viewOf(sheet, id));
    const hadFocus = keyRoot(this.root).contains(document.activeElement);
    arrange(this.list, views.map((view) => view.el));
    for (const view of views) view.update(sheet);
    this.drawSentBack(sheet.layout.sent_back);
    this.drawFoot(sheet);
    this.moveFocus(sheet, hadFocus);
    this.form.dataset.key = sheet.layout.key;
    this.form.dataset.seq = String(sheet.marks.seq);
    this.form.dataset.said = String(sheet.seq);
    if (!sheet.waiting) this.replay();
  };

  /** @param {Sheet} sheet @param {string} id */
  viewOf(sheet, id) {
    const made = id === REMARKS ? JSON.stringify(sheet.layout.flags) : JSON.stringify(rowOf(sheet, id) ?? id);
    const known = this.rows.get(id);
    if (known?.made === made) return known;
    const view = { ...rowView(sheet, id, this.hands), made };
    this.rows.set(id, view);
    return view;
  }

  /** Why the task came back, in full. @param {import("./form_state.js").SentBack | undefined} said */
  drawSentBack(said) {
    this.sentBack.hidden = !said;
    const about = said?.label ? ` (${said.label})` : "";
    const after = "Change what you want to change, and submit; your answers may stand.";
    this.sentBack.replaceChildren(...(said ? [make("b", "", `Sent back by ${said.by}${about}: `), said.note, make("p", "", after)] : []));
  }

  /** @param {Sheet} sheet */
  drawFoot(sheet) {
    const blocking = sheet.marks.problems.filter((problem) => problem.kind !== "advice");
    const missing = blocking.filter((problem) => problem.kind === "missing").length;
    const first = blocking.find((problem) => problem.kind !== "missing") ?? blocking[0];
    const advice = sheet.marks.problems.find((problem) => problem.kind === "advice");
    const anew = sheet.layout.focus.length > 0;
    let text = sheet.marks.overall || (anew ? "Keeping your answer is a vote, too." : "Complete");
    if (advice) text = advice.message;
    if (missing && !sheet.refused) text = missing === 1 ? "1 answer to go" : `${missing} answers to go`;
    if (first && (sheet.refused || !missing)) text = first.message;
    if (this.desk.isClosed) text = LOOK_FIRST;
    this.status.textContent = this.desk.refusal || text;
    this.status.classList.toggle("ew-trouble", Boolean(this.desk.refusal || (sheet.refused && blocking.length)));
    this.button.classList.toggle("ew-ready", sheet.marks.ready);
    this.buttonText.textContent = anew ? "Vote " : sheet.marks.revision > 1 ? "Submit again " : "Submit ";
  }

  /**
   * Bring the browser's focus to the sheet's, while this panel has it. A row that went away must
   * not take the focus with it: the next key would be a command to the notebook.
   * @param {Sheet} sheet @param {boolean} hadFocus
   */
  moveFocus(sheet, hadFocus) {
    const mark = `${sheet.layout.key} ${sheet.focus}`;
    const lost = hadFocus && !keyRoot(this.root).contains(document.activeElement);
    const row = this.rows.get(sheet.focus)?.el;
    if (!row || (mark === this.focused && !lost)) return;
    this.focused = mark;
    if (hadFocus) row.focus({ preventScroll: true });
    const list = this.list.getBoundingClientRect();
    const box = row.getBoundingClientRect();
    // Of a row that is taller than the list, its head is shown.
    if (box.bottom > list.bottom) this.list.scrollTop += Math.min(box.bottom - list.bottom + 4, Math.max(0, box.top - list.top));
    if (box.top < list.top) this.list.scrollTop -= list.top - box.top + 4;
  }

  /** @param {string} id */
  focus(id) {
    const sheet = this.desk.sheet;
    if (!sheet || sheet.focus === id) return;
    sheet.focus = id;
    sheet.picking = "";
    this.desk.redraw();
  }

  /** @param {Option | null} option @param {HTMLElement} [near] */
  showTip(option, near) {
    this.tip.hidden = !option || !near || Boolean(near.closest(".ew-focused")) || !option.descriptor;
    if (this.tip.hidden || !option || !near) return;
    this.tip.replaceChildren(make("b", "", `${option.key} ${option.name}. `), option.descriptor);
    const row = /** @type {HTMLElement} */ (near.closest(".ew-row"));
    this.tip.style.top = `${row.getBoundingClientRect().bottom - this.form.getBoundingClientRect().top}px`;
  }

  /** @param {string} id @param {Option} option @param {boolean} second */
  choose(id, option, second) {
    const sheet = this.desk.sheet;
    if (!sheet || this.desk.isClosed) return;
    this.showTip(null);
    if (id === REMARKS) return this.toggleFlag(sheet, String(option.value));
    if (id === CONFIDENCE) this.desk.act("set_confidence", option.value);
    else this.answer(sheet, id, option, second);
    this.desk.redraw();
  }

  /** @param {Sheet} sheet @param {string} id @param {Option} option @param {boolean} second */
  answer(sheet, id, option, second) {
    const row = /** @type {import("./form_state.js").Row} */ (rowOf(sheet, id));
    if (row.control === "multi") {
      const before = /** @type {string[]} */ (answerOf(sheet, id).value ?? []);
      const without = before.filter((one) => one !== option.value);
      const next = without.length < before.length ? without : [...before, option.value];
      return this.desk.act("rate", id, option.value === "" ? [] : next);
    }
    if (second) return row.second && this.desk.act("mark_second", id, option.value);
    sheet.focus = id;
    this.desk.act("rate", id, option.value);
    if (option.asks) sheet.picking = "reason";
    else this.moveOn(sheet, row);
  }

  /** @param {string} id @param {string} reason */
  pick(id, reason) {
    const sheet = this.desk.sheet;
    const row = sheet && rowOf(sheet, id);
    if (!sheet || !row || this.desk.isClosed) return;
    const act = sheet.picking === "na" ? "mark_na" : "give_reason";
    sheet.picking = "";
    this.desk.act(act, id, reason);
    this.moveOn(sheet, row);
    this.desk.redraw();
  }

  /** On to the next row; after a gate only when the kernel has said what comes. @param {Sheet} sheet @param {import("./form_state.js").Row} row */
  moveOn(sheet, row) {
    if (row.branching) sheet.waiting = true;
    else sheet.focus = rowAfter(sheet, row.id);
  }

  /** @param {Sheet} sheet @param {string} flag */
  toggleFlag(sheet, flag) {
    sheet.lastFlag = flag;
    this.desk.act("flag", flag, flag in sheet.marks.flags ? null : "");
    this.desk.finishWriting();
  }

  submit() {
    const move = this.desk.submit(() => this.submit());
    if (move) keyRoot(this.root).dispatchEvent(new CustomEvent("ew:advance", { detail: move }));
    else this.showTrouble();
    this.desk.redraw();
  }

  /** After a refused submit: to the first row with a problem, into its note if that is what lacks. */
  showTrouble() {
    const sheet = this.desk.sheet;
    const problem = sheet?.refused && sheet.marks.problems.find((one) => one.kind !== "advice");
    if (!sheet || !problem) return;
    if (problem.criterion) sheet.focus = problem.criterion;
    this.desk.redraw();
    if (problem.kind === "justification") this.openNote();
  }

  /** Put the cursor into the line of text of a row, if it has one. @param {string} id */
  write(id) {
    const line = rowOf(/** @type {Sheet} */ (this.desk.sheet), id) && this.rows.get(id)?.el.querySelector(":scope > .ew-row-body > input");
    /** @type {HTMLElement | null | undefined} */ (line)?.focus({ preventScroll: true });
    return Boolean(line);
  }

  openNote() {
    const sheet = this.desk.sheet;
    if (!sheet || this.write(sheet.focus)) return;
    if (sheet.focus === CONFIDENCE) sheet.focus = REMARKS;
    this.desk.redraw();
    this.rows.get(sheet.focus)?.el.querySelector(".ew-note")?.dispatchEvent(new CustomEvent("ew:open"));
  }

  /** J: the note of this row if it has an answer, else of the first row that needs one. */
  noteKey() {
    const sheet = this.desk.sheet;
    const lacking = sheet?.marks.problems.find((problem) => problem.kind === "justification");
    const here = sheet && (sheet.marks.notes[sheet.focus] || answerOf(sheet, sheet.focus).value !== null);
    if (sheet && lacking && !here) sheet.focus = lacking.criterion;
    this.openNote();
  }

  /** @param {HTMLElement} root */
  listen(root) {
    guardKeys(root, this.signal);
    const options = { signal: this.signal };
    root.addEventListener("keydown", (event) => this.onKey(/** @type {KeyboardEvent} */ (event)), options);
    const sign = () => this.desk.clock.sign(performance.now(), document.visibilityState === "visible");
    for (const name of ["keydown", "pointerdown", "pointermove", "wheel"]) root.addEventListener(name, sign, { ...options, passive: true });
    document.addEventListener("visibilitychange", sign, options);
    this.regions.listen(root, this.signal);
    root.addEventListener("ew:seen", (event) => {
      this.desk.seen.add(/** @type {CustomEvent} */ (event).detail.key);
      this.desk.redraw();
    }, options);
    root.dispatchEvent(new CustomEvent("ew:seen-wanted"));
    window.addEventListener("pagehide", () => this.desk.finishWriting(), options);
  }

  /** Do what was pressed while the kernel decided what follows a gate; nothing typed is lost. */
  replay() {
    const keys = this.waiting;
    this.waiting = [];
    for (const { key, event } of keys) {
      const sheet = this.desk.sheet;
      if (sheet && key === sheet.layout.key) this.handle(event, sheet);
    }
  }

  /** @param {KeyboardEvent} event @param {Sheet} sheet */
  wait(event, sheet) {
    this.waiting.push({ key: sheet.layout.key, event });
    return true;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing || event.defaultPrevented || !this.form.getClientRects().length) return; // out of sight, it hears none
    const sheet = this.desk.sheet; // none at the end of a round: from there one key leads back
    if (!(sheet ? this.handle(event, sheet) : (event.ctrlKey || event.metaKey) && this.handleMoves(event))) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event @param {Sheet} sheet @returns {boolean} whether the key was ours */
  handle(event, sheet) {
    const ctrl = event.ctrlKey || event.metaKey;
    const submits = ctrl && /^(Numpad)?Enter$/.test(event.code);
    if (this.desk.isClosed && (submits || (!ctrl && !event.altKey && /^((Digit|Numpad)\d|KeyJ)$/.test(event.code)))) return true;
    if (submits && sheet.waiting) return this.wait(event, sheet);
    if (submits) return this.submit(), true;
    if (isTyping(event)) return this.handleTyping(event, sheet);
    if (ctrl || event.altKey) return this.handleMoves(event);
    if (sheet.picking && this.handleReason(event, sheet)) return true;
    const digit = digitOf(event.code);
    if (sheet.waiting && (digit || (!event.shiftKey && /^(Arrow(Up|Down)|Key[CFJ])$/.test(event.code)))) return this.wait(event, sheet);
    const row = rowOf(sheet, sheet.focus);
    if (row?.control === "regions" && this.regions.key(event, sheet, row, this.rows.get(row.id)?.el)) return true;
    if (digit) return this.handleDigit(digit, event.shiftKey, sheet), true;
    if (event.shiftKey) return false; // the stage's: it moves the picture, for one
    if (event.code === "ArrowDown" || event.code === "ArrowUp") {
      this.focus(rowBeside(sheet, sheet.focus, event.code === "ArrowDown" ? 1 : -1));
      return true;
    }
    const lettered = row && optionFor(row, listKeyOf(event.code)); // the tenth option and on
    if (row && lettered) return this.choose(row.id, lettered, false), true;
    if (event.code === "Enter" && this.write(sheet.focus)) return true;
    if (event.code === "KeyJ") return this.noteKey(), true;
    if (event.code === "KeyF" && rowIds(sheet).includes(REMARKS)) return this.focus(sheet.focus === REMARKS ? rowAfter(sheet, "") : REMARKS), true;
    if (event.code === "KeyC" && sheet.layout.confidence) return this.focus(CONFIDENCE), true;
    if (event.code !== "Escape") return false;
    sheet.picking = ""; // and nothing else: Escape must not hand the keyboard to the notebook
    this.desk.redraw();
    return true;
  }

  /** @param {KeyboardEvent} event @param {Sheet} sheet */
  handleTyping(event, sheet) {
    const done = event.code === "Escape" || (event.code === "Enter" && event.target instanceof HTMLInputElement);
    if (!done) return false;
    this.desk.finishWriting();
    if (event.code === "Enter") sheet.focus = rowAfter(sheet, sheet.focus);
    this.focused = "";
    this.rows.get(sheet.focus)?.el.focus({ preventScroll: true });
    this.desk.redraw();
    return true;
  }

  /** @param {KeyboardEvent} event */
  handleMoves(event) {
    const move = { ArrowLeft: "back", ArrowRight: "forward", KeyZ: "undo" }[event.code];
    if (!move || event.altKey || event.shiftKey) return false;
    this.desk.finishWriting();
    this.desk.model.send({ type: "move", move, key: this.desk.key });
    return true;
  }

  /** @param {KeyboardEvent} event @param {Sheet} sheet */
  handleReason(event, sheet) {
    const row = rowOf(sheet, sheet.focus);
    const reasons = sheet.picking === "na" ? row?.na : row?.reasons;
    const reason = reasons?.find(({ key }) => key && key === listKeyOf(event.code));
    if (row && reason) this.pick(row.id, reason.id);
    return Boolean(reason);
  }

  /** @param {string} digit @param {boolean} second @param {Sheet} sheet */
  handleDigit(digit, second, sheet) {
    const row = rowOf(sheet, sheet.focus);
    if (sheet.focus === REMARKS || sheet.focus === CONFIDENCE) {
      const button = this.rows.get(sheet.focus)?.el.querySelectorAll(".ew-level, .ew-chips .ew-anchor")[Number(digit) - 1];
      return /** @type {HTMLElement | undefined} */ (button)?.click();
    }
    if (!row) return;
    const option = optionFor(row, digit);
    if (option) return this.choose(row.id, option, second);
    if (row.control === "count") return this.write(row.id);
    if (digit === "0") this.zero(row, sheet);
  }

  /** 0: not applicable, with the reason when there is a choice; on open controls "none". @param {import("./form_state.js").Row} row @param {Sheet} sheet */
  zero(row, sheet) {
    if (["words", "regions", "multi"].includes(row.control)) {
      this.desk.act("rate", row.id, []);
      this.moveOn(sheet, row);
    } else if (row.na.length === 1) {
      this.desk.act("mark_na", row.id, row.na[0].id);
      this.moveOn(sheet, row);
    } else if (row.na.length) sheet.picking = "na";
    this.desk.redraw();
  }
}

/**
 * Make `els` the children of a list without moving those that are there: a moved element loses focus.
 * @param {HTMLElement} list @param {HTMLElement[]} els
 */
function arrange(list, els) {
  for (const child of [...list.children]) if (!els.includes(/** @type {HTMLElement} */ (child))) child.remove();
  els.forEach((el, place) => list.children[place] === el || list.insertBefore(el, list.children[place] ?? null));
}

export default { render };
