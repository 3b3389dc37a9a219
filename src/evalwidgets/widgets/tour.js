// @ts-check
// The tour on the page: a strip of words above the stage, so that nothing is hidden, and a frame
// around what is meant. It hears every key before the panel does and takes only three for itself:
// Enter (on), Escape (end) and Ctrl+Enter, by which a review would be submitted.

import { attached, guardKeys, isTyping, keyRoot } from "./keys.js";
import { make } from "./form_elements.js";
import { TOUR_STEPS, Tour } from "./tour_steps.js";

/** @typedef {import("@anywidget/types").AnyModel<{running: boolean}>} TourModel */

/** @type {import("@anywidget/types").Render<{running: boolean}>} */
function render({ model, el, signal }) {
  const view = new TourView(model, el, signal);
  model.on("change:running", view.follow);
  signal.addEventListener("abort", () => model.off(null, view.follow));
  attached(el, signal).then(() => view.listen(keyRoot(el)));
}

class TourView {
  #tour = new Tour();
  #strip = make("div", "ew-tour");
  #frame = make("div", "ew-tour-frame");
  #count = make("span", "ew-tour-count");
  #words = make("p", "ew-tour-words");
  /** The key that is down, and the step in which it went down: a hold is of one step. */
  #down = { code: "", at: -1 };
  #watching = 0; // animation frame that looks where the target is
  #model;
  #el;
  #signal;

  /** @param {TourModel} model @param {HTMLElement} el @param {AbortSignal} signal */
  constructor(model, el, signal) {
    this.#model = model;
    this.#el = el;
    this.#signal = signal;
    el.classList.add("ew-tour-host");
    this.#strip.setAttribute("role", "region");
    this.#strip.setAttribute("aria-label", "Tour");
    this.#words.setAttribute("aria-live", "polite");
    this.#frame.setAttribute("aria-hidden", "true");
    this.#strip.append(this.#count, this.#words, tourButton("⏎", "go on", () => this.#goOn()), tourButton("Esc", "end the tour", () => this.#end(false)));
    el.append(this.#strip, this.#frame);
    this.#strip.hidden = this.#frame.hidden = true;
    signal.addEventListener("abort", () => cancelAnimationFrame(this.#watching));
  }

  /** @param {HTMLElement} root */
  listen(root) {
    const signal = this.#signal;
    guardKeys(root, signal);
    root.addEventListener("keydown", (event) => this.#onKey(event), { signal, capture: true });
    root.addEventListener("click", (event) => this.#onClick(event), { signal, capture: true });
    window.addEventListener("keyup", ({ code, shiftKey }) => {
      if (this.#down.code === code && this.#down.at === this.#tour.at) this.#hear({ what: "keyup", code, shift: shiftKey });
    }, { signal });
    root.addEventListener("wheel", () => this.#hear({ what: "wheel" }), { signal, passive: true });
    root.addEventListener("ew:seen", () => this.#hear({ what: "seen" }), { signal });
    root.addEventListener("focusout", ({ target }) => {
      const { value, matches } = /** @type {HTMLTextAreaElement} */ (target);
      if (matches?.call(target, ".ew-note textarea") && value.trim()) this.#hear({ what: "written" });
    }, { signal });
    this.follow();
  }

  /** Begin or end, as the kernel says. */
  follow = () => {
    const running = this.#model.get("running");
    if (running === Boolean(this.#tour.step) || !this.#el.isConnected) return;
    if (running) this.#tour.begin();
    else this.#tour.end();
    this.#shown();
  };

  /** @param {import("./tour_steps.js").Gesture} gesture */
  #hear(gesture) {
    if (this.#tour.hear(gesture)) this.#shown();
  }

  #goOn() {
    if (this.#tour.isLast) this.#end(true);
    else if (this.#tour.next()) this.#shown();
  }

  /** @param {boolean} done */
  #end(done) {
    if (!this.#tour.step) return;
    this.#tour.end();
    this.#draw();
    this.#model.send({ type: "tour", step: "end", done });
  }

  #shown() {
    this.#draw();
    if (this.#tour.step) this.#model.send({ type: "tour", step: this.#tour.at + 1 });
  }

  #draw() {
    const { step, at } = this.#tour;
    const root = keyRoot(this.#el);
    if (!step && this.#strip.contains(document.activeElement)) root.focus({ preventScroll: true });
    this.#strip.hidden = !step;
    this.#frame.hidden = true;
    cancelAnimationFrame(this.#watching);
    if (!step) return;
    this.#count.textContent = `${at + 1} of ${TOUR_STEPS.length}`;
    this.#words.replaceChildren(...step.keys.map((name) => make("kbd", "ew-key", name)), ` ${step.say}`);
    this.#watch();
  }

  /** The panel moves under the frame: rows open, pictures come. A look each frame costs one layout read. */
  #watch() {
    this.#point();
    this.#watching = requestAnimationFrame(() => this.#watch());
  }

  #point() {
    const root = keyRoot(this.#el);
    const { step } = this.#tour;
    const meant = step ? /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(step.at)) : [];
    const seen = [...meant].find((one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility === "visible");
    const hidden = !seen || root.classList.contains("ew-carded");
    if (this.#frame.hidden !== hidden) this.#frame.hidden = hidden;
    if (!seen || hidden) return;
    const box = seen.getBoundingClientRect();
    const from = root.getBoundingClientRect();
    const place = [box.left - from.left - root.clientLeft, box.top - from.top - root.clientTop, box.width, box.height].map(Math.round).join(" ");
    if (this.#frame.dataset.place === place) return;
    this.#frame.dataset.place = place;
    const [left, top, width, height] = place.split(" ");
    Object.assign(this.#frame.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (!this.#tour.step || event.isComposing || keyRoot(this.#el).classList.contains("ew-carded")) return;
    if (this.#takes(event)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (!event.repeat && !isTyping(event)) this.#pressed(event);
  }

  /** @param {KeyboardEvent} event */
  #takes(event) {
    const enter = /^(Numpad)?Enter$/.test(event.code);
    if (event.ctrlKey || event.metaKey) {
      if (enter && this.#tour.isLast) this.#end(true);
      return enter;
    }
    if (isTyping(event) || event.altKey || event.shiftKey) return false;
    if (enter && keyRoot(this.#el).querySelector(".ew-stage[data-intro]")) return false; // it leads on there
    const pressed = /** @type {HTMLElement} */ (event.target).closest(".ew-tour button");
    if (enter && !pressed) this.#goOn();
    else if (event.code === "Escape") this.#end(false);
    else return false;
    return true;
  }

  /** What the key did is seen when the panel has heard it, too. @param {KeyboardEvent} event */
  #pressed({ code, shiftKey }) {
    this.#down = { code, at: this.#tour.at };
    this.#hear({ what: "keydown", code, shift: shiftKey, ...this.#rowNow() });
    if (/^(Digit|Numpad)\d$/.test(code)) this.#answeredSoon();
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (!this.#tour.step) return;
    if (target.closest(".ew-form .ew-submit")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (this.#tour.isLast) this.#end(true);
    } else if (target.closest(".ew-level, .ew-anchor")) {
      this.#hear({ what: "keydown", code: "Digit1", shift: event.shiftKey, ...this.#rowNow() });
      this.#answeredSoon();
    }
  }

  /** The row may follow only when the kernel has said what a gate brings. */
  #answeredSoon() {
    for (const wait of [50, 400, 1200]) setTimeout(() => this.#hear({ what: "answered", ...this.#rowNow() }), wait);
  }

  #rowNow() {
    const row = /** @type {HTMLElement | null} */ (keyRoot(this.#el).querySelector(".ew-row.ew-focused"));
    const rowAsks = !row?.dataset.row?.startsWith("#");
    return { rowAsks, levels: rowAsks && row?.querySelector(".ew-level") !== null };
  }
}

/** @param {string} key @param {string} word @param {() => void} act */
function tourButton(key, word, act) {
  const button = make("button", "ew-bar-button ew-tour-button");
  button.type = "button";
  button.append(make("kbd", "ew-key", key), ` ${word}`);
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", act);
  return button;
}

export default { render };
