// @ts-check
// Feedback on a committed review, in the place of the form: the expert's sentence first, then one line
// for each criterion; those that gold does not accept lie open with the two anchors side by side.
//
// The stage keeps its keys: flip, zoom and evidence are at hand while one reads. Ours are the form's
// (digits, arrows, Enter), for the form is out of sight and hears none.

import { attached, guardKeys, isTyping, keyRoot } from "./keys.js";
import { keyHint, make } from "./form_elements.js";
import { setHidden } from "./stage_input.js";
import { PictureUrls } from "./picture_urls.js";
import { FeedbackState } from "./feedback_state.js";
import { feedbackRow } from "./feedback_row.js";
import { LargeAnchors } from "./feedback_large.js";
import { feedbackHead, feedbackTail } from "./feedback_head.js";

/**
 * @typedef {import("./feedback_words.js").Feedback} Told
 * @typedef {{feedback: Partial<Told>, pictures: Record<string, DataView>}} FeedbackTraits
 * @typedef {import("@anywidget/types").AnyModel<FeedbackTraits>} FeedbackModel
 * @typedef {import("./feedback_state.js").Report} FeedbackReport
 */

/** @type {import("@anywidget/types").Render<FeedbackTraits>} */
function render({ model, el, signal }) {
  const view = new FeedbackPage(model, el, signal);
  for (const name of /** @type {const} */ (["feedback", "pictures"])) model.on(`change:${name}`, view.follow);
  signal.addEventListener("abort", () => {
    model.off(null, view.follow);
    view.close();
  });
  attached(el, signal).then(() => view.listen(keyRoot(el)));
}

class FeedbackPage {
  #state = new FeedbackState();
  #urls = new PictureUrls();
  #panel = make("div", "ew-feedback");
  #scroll = make("div", "ew-fb-scroll");
  #next = footButton("ew-submit ew-ready", "Next task", "N");
  #home = footButton("ew-fb-home", "Home", "Esc");
  /** @type {Map<string, import("./feedback_row.js").FeedbackRowView>} */
  #rows = new Map();
  #made = "";
  #focused = ""; // where the focus was brought last
  #model;
  #el;
  #signal;
  #large;

  /** @param {FeedbackModel} model @param {HTMLElement} el @param {AbortSignal} signal */
  constructor(model, el, signal) {
    this.#model = model;
    this.#el = el;
    this.#signal = signal;
    this.#large = new LargeAnchors(el, this.#urls, { hold: (before) => this.#hold(before), press: () => this.#enlarge("") });
    this.#panel.setAttribute("role", "region");
    this.#panel.setAttribute("aria-label", "Feedback");
    const foot = make("div", "ew-form-foot ew-fb-foot");
    const hints = make("span", "ew-fb-hints");
    hints.append(keyHint("↑ ↓", "row"), keyHint("⏎", "open"), keyHint("→", "anchors"));
    foot.append(this.#home, hints, this.#next);
    this.#home.addEventListener("click", () => this.#leave("home"));
    this.#next.addEventListener("click", () => this.#leave("next"));
    this.#panel.append(this.#scroll, foot);
    el.classList.add("ew-feedback-host");
    el.append(this.#panel, this.#large.el);
  }

  /** @param {HTMLElement} root */
  listen(root) {
    const signal = this.#signal;
    guardKeys(root, signal);
    root.addEventListener("keydown", (event) => this.#onKey(event), { signal, capture: true });
    const unhold = () => this.#state.before && this.#hold(false);
    window.addEventListener("keyup", ({ code }) => code === "Space" && unhold(), { signal, capture: true });
    for (const name of ["blur", "resize", "pagehide"]) window.addEventListener(name, () => (name === "resize" ? this.#draw() : unhold()), { signal });
    this.follow();
  }

  close() {
    this.#urls.clear();
    this.#el.closest(".ew-desk")?.classList.remove("ew-learning");
  }

  /** Show what the kernel shows. */
  follow = () => {
    if (!this.#el.isConnected) return;
    const root = keyRoot(this.#el);
    const { activeElement } = document;
    const ours = root.contains(activeElement) || activeElement === document.body;
    this.#state.take(this.#model.get("feedback"));
    this.#urls.take(this.#model.get("pictures"));
    const { feedback } = this.#state;
    setHidden(this.#panel, !feedback, root); // before its rows go, which would take the focus with them
    this.#build(feedback);
    this.#el.closest(".ew-desk")?.classList.toggle("ew-learning", feedback !== null);
    this.#focused = "";
    if (ours) this.#draw();
    else this.#show();
  };

  /** @param {Told | null} feedback */
  #build(feedback) {
    const made = JSON.stringify(feedback && { ...feedback, rows: feedback.rows.map((row) => ({ ...row, why: "", contested: false })) });
    if (made === this.#made) return;
    this.#made = made;
    this.#rows.clear();
    if (!feedback) return this.#scroll.replaceChildren();
    for (const row of feedback.rows) this.#rows.set(row.criterion, feedbackRow(row, this.#urls, this.#hands));
    this.#scroll.replaceChildren(feedbackHead(feedback), ...[...this.#rows.values()].map(({ el }) => el), feedbackTail(feedback));
    this.#scroll.scrollTop = 0;
  }

  /** What a mouse does at a row. @type {import("./feedback_row.js").FeedbackHands} */
  #hands = {
    toggle: (criterion) => this.#press(criterion),
    differ: (criterion, key) => this.#at(criterion, () => this.#tell(this.#state.differ(key))),
    contest: (criterion) => this.#at(criterion, () => this.#state.contest()),
    leaveLine: (text, meant) => this.#leaveLine(text, meant),
    hold: (criterion, before) => {
      if (before) this.#state.goTo(criterion);
      this.#hold(before);
    },
    enlarge: (criterion, side) => this.#at(criterion, () => this.#state.enlarge(side)),
  };

  /** A click goes to a row, and opens it; on the row where one is, it folds it again. @param {string} criterion */
  #press(criterion) {
    const elsewhere = this.#state.row?.criterion !== criterion && this.#state.open.has(criterion);
    this.#at(criterion, () => elsewhere || this.#state.toggle());
  }

  /** @param {string} criterion @param {() => void} act */
  #at(criterion, act) {
    this.#state.goTo(criterion);
    act();
    this.#draw();
  }

  #draw() {
    this.#show();
    this.#moveFocus();
  }

  #show() {
    const state = this.#state;
    for (const row of state.rows) this.#rows.get(row.criterion)?.update(state, row);
    this.#large.show(state.row, state.large, state.before);
    this.#next.disabled = this.#home.disabled = state.left;
  }

  /** The keyboard goes where the row is, or into its line; what was reached comes into sight. */
  #moveFocus() {
    const { row, writing, feedback } = this.#state;
    const view = this.#rows.get(row?.criterion ?? "");
    const mark = `${feedback?.key} ${row?.criterion} ${writing?.line ?? ""}`;
    if (!view || mark === this.#focused) return;
    const first = this.#focused === "";
    this.#focused = mark;
    (writing ? view.line : view.head).focus({ preventScroll: true });
    if (!first) bringIntoSight(this.#scroll, view.el);
  }

  /** @param {FeedbackReport | null} report */
  #tell(report) {
    if (report) this.#model.send(report);
  }

  /** @param {string} text @param {boolean} meant */
  #leaveLine(text, meant) {
    if (!this.#state.writing) return;
    this.#tell(this.#state.leaveLine(text, meant));
    if (meant) this.#draw();
    else this.#show();
  }

  /** @param {"next" | "home"} type */
  #leave(type) {
    const line = this.#rows.get(this.#state.writing?.criterion ?? "")?.line;
    if (line) this.#leaveLine(line.value, true);
    this.#tell(this.#state.leave(type));
    this.#show();
  }

  /** @param {boolean} before */
  #hold(before) {
    this.#state.before = before;
    this.#show();
  }

  /** @param {"" | import("./feedback_state.js").Side} side */
  #enlarge(side) {
    this.#state.enlarge(side);
    this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const carded = keyRoot(this.#el).classList.contains("ew-carded");
    if (!this.#state.feedback || carded || event.isComposing || event.defaultPrevented || event.altKey) return;
    if (!this.#handle(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was ours */
  #handle(event) {
    const { code, shiftKey } = event;
    if (event.ctrlKey || event.metaKey) return /^(Numpad)?Enter$/.test(code) && this.#did(() => this.#leave("next"));
    if (isTyping(event)) return this.#whileTyping(event);
    if (this.#state.large) return this.#whileLarge(event);
    if (shiftKey) return /^(Digit|Numpad)\d$/.test(code);
    const target = /** @type {HTMLElement} */ (event.target);
    if (code === "Space") return Boolean(target.closest(".ew-fb-picture")) && this.#did(() => this.#hold(true));
    if (/^(Numpad)?Enter$/.test(code) && target.closest("button")) return false; // it is pressed
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
    if (digit) return this.#did(() => this.#act(() => this.#tell(this.#state.differ(digit))));
    const act = this.#acts[code.replace(/^Numpad(?=Enter)/, "")];
    return Boolean(act) && this.#did(act);
  }

  /** @type {Record<string, () => void>} */
  #acts = {
    ArrowDown: () => this.#act(() => this.#state.step(1)),
    ArrowUp: () => this.#act(() => this.#state.step(-1)),
    ArrowRight: () => this.#sideways(1),
    ArrowLeft: () => this.#sideways(-1),
    Enter: () => this.#act(() => this.#state.toggle()),
    KeyC: () => this.#act(() => this.#state.contest()),
    KeyN: () => this.#leave("next"),
    Escape: () => this.#leave("home"),
  };

  /** @param {() => void} act */
  #act(act) {
    act();
    this.#focused ||= " "; // whatever was reached comes into sight, the first time too
    this.#draw();
  }

  /** @param {() => void} act */
  #did(act) {
    act();
    return true;
  }

  /** Right opens a row, then goes to its anchors; left comes back and folds. @param {1 | -1} by */
  #sideways(by) {
    const { row, open } = this.#state;
    const view = this.#rows.get(row?.criterion ?? "");
    if (!row || !view) return;
    const isOpen = open.has(row.criterion);
    if (isOpen === (by < 0) && !view.el.querySelector(".ew-fb-picture:focus")) return this.#act(() => this.#state.toggle());
    const stops = [view.head, .../** @type {NodeListOf<HTMLElement>} */ (view.el.querySelectorAll(".ew-fb-picture"))];
    const here = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = stops[Math.max(0, Math.min(stops.length - 1, here + by))];
    if (!isOpen) return;
    next.focus({ preventScroll: true });
    bringIntoSight(this.#scroll, next);
  }

  /** @param {KeyboardEvent} event */
  #whileTyping({ code, target }) {
    const line = /** @type {HTMLInputElement} */ (target);
    if (!/^((Numpad)?Enter|Escape)$/.test(code) || !this.#el.contains(line)) return false;
    const contest = this.#state.writing?.line === "contest";
    this.#leaveLine(code === "Escape" && contest ? "" : line.value, true);
    return true;
  }

  /** The anchor has the keyboard: the stage under it is out of sight. @param {KeyboardEvent} event */
  #whileLarge({ code, key }) {
    if (code === "Space") this.#hold(true);
    else if (/^(KeyX|ArrowLeft|ArrowRight)$/.test(code)) this.#act(() => this.#state.turn());
    else if (/^((Numpad)?Enter|Escape)$/.test(code)) this.#enlarge("");
    return code !== "Tab" && code !== "KeyM" && key !== "?";
  }
}

/** @param {string} className @param {string} word @param {string} key */
function footButton(className, word, key) {
  const button = make("button", className);
  button.type = "button";
  button.append(make("span", "", `${word} `), make("kbd", "ew-key", key));
  return button;
}

/** @param {HTMLElement} scroll @param {HTMLElement} el */
function bringIntoSight(scroll, el) {
  const frame = scroll.getBoundingClientRect();
  const box = el.getBoundingClientRect();
  if (box.top < frame.top || box.height > frame.height) scroll.scrollTop += box.top - frame.top - 4;
  else if (box.bottom > frame.bottom) scroll.scrollTop += box.bottom - frame.bottom + 4;
}

export default { render };
