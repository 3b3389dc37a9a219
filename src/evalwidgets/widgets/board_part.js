// @ts-check
// One part of the lead's board: draws its view anew whenever the kernel changes it, without taking
// away what the lead is typing or where the focus is. Rules are the kernel's; nothing is decided here.

import { attached, guardKeys, isTyping, keyRoot } from "./keys.js";
import { piece, pressed } from "./board_elements.js";
import { drawPlan, drawRounds } from "./board_plan.js";
import { drawCharts, drawOverview, drawPicked, drawRoom } from "./board_room.js";
import { drawCase, drawTalk } from "./board_case.js";
import { drawMinutes } from "./board_minutes.js";

/** @typedef {{title: string, sub: string, steps: {id: string, label: string, now: boolean, enabled: boolean}[], problem: string}} HeadView */
/** @typedef {{view: Record<string, any>}} PartTraits */
/** @typedef {import("@anywidget/types").AnyModel<PartTraits>} PartModel */

const PULSE_MS = 3000;

/** @type {import("@anywidget/types").Render<PartTraits>} */
function render({ model, el, signal }) {
  const part = new Part(model, el, signal);
  model.on("change:view", part.draw);
  signal.addEventListener("abort", () => model.off(null, part.draw));
  part.draw();
  const timer = setInterval(() => part.pulse(), PULSE_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
}

class Part {
  /** @type {import("./board_case.js").Deciding | null} */
  deciding = null;
  #listening = false;

  /** @param {PartModel} model @param {HTMLElement} el @param {AbortSignal} signal */
  constructor(model, el, signal) {
    this.model = model;
    this.el = el;
    this.signal = signal;
    this.case = "";
    this.inside = false;
  }

  /** @param {string} act @param {...unknown} said */
  act = (act, ...said) => this.model.send({ type: "act", act, said });

  redraw = () => this.draw();

  draw = () => {
    const view = this.model.get("view");
    if (view.kind === "talk" && view.key !== this.case) {
      this.case = view.key;
      this.deciding = null;
      this.forget();
    }
    const kept = this.kept();
    const scrolled = this.el.firstElementChild?.scrollTop ?? 0;
    const fresh = this.drawn(view);
    this.el.replaceChildren(...(fresh ? [fresh] : []));
    this.restore(kept);
    if (fresh && kept.kind === view.kind) fresh.scrollTop = scrolled;
    this.el.dataset.kind = view.kind ?? "";
    if (view.kind !== "head") return;
    if (!this.#listening) this.listen();
    else requestAnimationFrame(() => requestAnimationFrame(() => this.takeBack()));
  };

  /** A step that hides what had the focus leaves it nowhere, and keys would go to the notebook. */
  takeBack() {
    if (this.inside && document.activeElement === document.body) keyRoot(this.el).focus({ preventScroll: true });
  }

  /** @param {Record<string, any>} view @returns {HTMLElement | null} */
  drawn(view) {
    const any = /** @type {any} */ (view);
    switch (view.kind) {
      case "head": return this.head(any);
      case "rounds": return drawRounds(any, this.act);
      case "plan": return drawPlan(any, this.act);
      case "room": return drawRoom(any, this.act);
      case "overview": return drawOverview(any, this.act);
      case "charts": return drawCharts(any, this.act);
      case "picked": return drawPicked(any, this.act);
      case "case": return drawCase(any, this.act);
      case "talk": return drawTalk(any, this.act, this);
      case "minutes": return drawMinutes(any, this.act);
      default: return null;
    }
  }

  /** @param {HeadView} view */
  head(view) {
    const home = pressed("Rounds", () => this.act("list_rounds"), { kind: "link" });
    const steps = view.steps.map((one) => pressed(one.label, () => this.act("go", one.id), { kind: "chip", on: one.now, off: !one.enabled, id: `step-${one.id}` }));
    const fill = pressed("Fill window", () => this.fillWindow(), { key: "M", kind: "link" });
    const line = piece("div", "ew-head", home, piece("div", "ew-head-title", piece("b", "", view.title), piece("span", "ew-quiet", view.sub)), piece("nav", "ew-row-of ew-tight", ...steps), fill);
    if (!view.problem) return piece("div", "", line);
    const problem = piece("p", "ew-problem", view.problem);
    problem.setAttribute("role", "alert");
    return piece("div", "", line, problem);
  }

  /** What is being typed and where the focus is: the kernel's next view must not take it away. */
  kept() {
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    const inside = active && this.el.contains(active) ? active : null;
    const texts = new Map();
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (this.el.querySelectorAll("[data-keep]")))
      if (input.value !== input.dataset.keep) texts.set(input.dataset.id, input.value);
    const caret = inside && "selectionStart" in inside ? /** @type {HTMLInputElement} */ (inside).selectionStart : null;
    return { kind: this.el.dataset.kind, id: inside?.dataset.id, texts, caret, forgotten: false };
  }

  /** @param {ReturnType<Part["kept"]>} kept */
  restore(kept) {
    const named = (/** @type {string} */ id) => /** @type {HTMLInputElement | null} */ (this.el.querySelector(`[data-id="${CSS.escape(id)}"]`));
    for (const [id, text] of kept.texts) {
      const input = named(id);
      if (input) input.value = text;
    }
    if (!kept.id) return;
    const again = named(kept.id);
    if (!again || /** @type {any} */ (again).disabled) return keyRoot(this.el).focus({ preventScroll: true });
    again.focus({ preventScroll: true });
    if (kept.caret !== null && again.type !== "number") again.setSelectionRange?.(kept.caret, kept.caret);
  }

  /** Another case lies on the table: what was typed for the last one goes. */
  forget() {
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (this.el.querySelectorAll("[data-keep]"))) input.value = input.dataset.keep ?? "";
  }

  /** Look for news while others work: who has submitted, whose vote is in. */
  pulse() {
    const view = this.model.get("view");
    const waits = (view.kind === "room" && view.blind) || (view.kind === "talk" && view.vote.state === "open");
    const shown = document.visibilityState === "visible" && this.el.offsetParent !== null;
    if (waits && shown && !view.asked) this.act("look");
  }

  async listen() {
    this.#listening = true;
    await attached(this.el, this.signal);
    const root = keyRoot(this.el);
    root.tabIndex = -1;
    root.setAttribute("role", "application");
    root.setAttribute("aria-label", "Calibration board");
    guardKeys(root, this.signal);
    document.addEventListener("focusin", (event) => (this.inside = root.contains(/** @type {Node} */ (event.target))), { signal: this.signal });
    root.addEventListener("keydown", (event) => this.onKey(root, event), { signal: this.signal });
    root.addEventListener("pointerup", () => root.contains(document.activeElement) || root.focus({ preventScroll: true }), { signal: this.signal });
  }

  /** A key presses the button that bears it. @param {HTMLElement} root @param {KeyboardEvent} event */
  onKey(root, event) {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape") return this.swallow(event);
    const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll(`:scope button[data-key="${CSS.escape(event.key.toLowerCase())}"]`));
    const button = [...buttons].find((one) => one.offsetParent !== null && !one.disabled);
    if (!button) return;
    this.swallow(event);
    button.click();
  }

  /** @param {KeyboardEvent} event */
  swallow(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  /** The board alone on the page, above everything: the top layer needs no permission and moves nothing. */
  fillWindow() {
    const root = keyRoot(this.el);
    const filled = root.classList.toggle("ew-filled");
    if (filled) {
      root.popover = "manual";
      root.showPopover();
    } else {
      root.hidePopover();
      root.removeAttribute("popover");
    }
    root.focus({ preventScroll: true });
  }
}

export default { render };
