// @ts-check
// One part of the lead's board: draws its view anew whenever the kernel changes it, without taking
// away what the lead is typing or where the focus is. Rules are the kernel's; nothing is decided here.

import { attached, keyRoot } from "./keys.js";
import { Pulse } from "./pulse.js";
import { Asks } from "./board_asks.js";
import { drawHead, fillWindow, listenToBoard } from "./board_head.js";
import { drawPlan, drawRounds } from "./board_plan.js";
import { drawCharts, drawOverview, drawPicked, drawRoom } from "./board_room.js";
import { drawCase, drawTalk } from "./board_case.js";
import { drawMinutes } from "./board_minutes.js";
import { drawGolds } from "./bench_list.js";
import { drawGold } from "./bench_gold.js";
import { drawGaps } from "./gap_list.js";
import { drawGap } from "./gap_desk.js";
import { drawCases } from "./adjudication_list.js";
import { drawDispute } from "./adjudication_case.js";
import { drawOutline } from "./rubric_outline.js";
import { drawEditor, showLevel } from "./rubric_editor.js";
import { drawOutcome } from "./rubric_outcome.js";
import { drawExplore, giveKeysToForm, goOnMeasuring, leaveForm } from "./explorer_head.js";
import { drawOpen } from "./explorer_task.js";

/** @typedef {{view: Record<string, any>}} PartTraits */
/** @typedef {import("@anywidget/types").AnyModel<PartTraits>} PartModel */

/** @type {import("@anywidget/types").Render<PartTraits>} */
function render({ model, el, signal }) {
  const part = new Part(model, el, signal);
  model.on("change:view", part.draw);
  model.on("msg:custom", part.asks.answered);
  signal.addEventListener("abort", () => {
    model.off(null, part.draw);
    model.off(null, part.asks.answered);
  });
  part.draw();
}

class Part {
  /** @type {import("./board_settle.js").Deciding | null} */
  deciding = null;

  /** @param {PartModel} model @param {HTMLElement} el @param {AbortSignal} signal */
  constructor(model, el, signal) {
    this.model = model;
    this.el = el;
    this.signal = signal;
    this.asks = new Asks((content) => model.send(content), el);
    this.pulse = new Pulse(() => this.look(), signal);
    this.case = "";
    this.keys = false;
    /** How often the kernel has asked for words. @type {number | null} */
    this.turn = null;
    /** @type {Map<string, number>} */
    this.scrolled = new Map();
  }

  redraw = () => {
    this.draw();
    this.el.querySelector(".ew-decide")?.scrollIntoView({ block: "nearest" });
  };

  draw = () => {
    const view = this.model.get("view");
    if (view.kind === "talk" && view.key !== this.case) this.turnTo(view.key);
    const laid = { gold: view.task, gap: view.key, dispute: view.key, "rubric-editor": view.key, explore_task: view.task }[/** @type {string} */ (view.kind)];
    const turned = laid !== undefined && laid !== this.case;
    if (turned) this.case = laid;
    const kept = this.kept();
    const page = /** @type {HTMLElement | null} */ (this.el.firstElementChild);
    if (page && this.el.dataset.kind) this.scrolled.set(this.el.dataset.kind, page.scrollTop);
    const fresh = this.drawn(view);
    if (fresh !== page) this.el.replaceChildren(...(fresh ? [fresh] : []));
    this.el.dataset.kind = view.kind ?? "";
    this.restore(kept);
    if (fresh) fresh.scrollTop = turned ? 0 : (this.scrolled.get(view.kind) ?? 0);
    if (view.kind === "dispute") this.write(view);
    if (view.kind === "cases") fresh?.querySelector(".ew-entry.ew-on")?.scrollIntoView({ block: "nearest" });
    if (view.kind === "rubric-editor") showLevel(/** @type {any} */ (view), this, turned);
    this.pulse.follow((view.kind === "room" && view.blind) || (view.kind === "talk" && view.vote.state === "open"));
  };

  /** @param {Record<string, any>} view @returns {HTMLElement | null} */
  drawn(view) {
    const any = /** @type {any} */ (view);
    const { act } = this.asks;
    switch (view.kind) {
      case "head": return this.head(any);
      case "rounds": return drawRounds(any, act);
      case "plan": return drawPlan(any, act);
      case "room": return drawRoom(any, act);
      case "overview": return drawOverview(any, act);
      case "charts": return drawCharts(any, act);
      case "picked": return drawPicked(any, act);
      case "case": return drawCase(any, act);
      case "talk": return drawTalk(any, act, this);
      case "golds": return drawGolds(any, act);
      case "gold": return drawGold(any, act, this);
      case "gaps": return drawGaps(any, act);
      case "gap": return drawGap(any, act, this);
      case "cases": return drawCases(any, act);
      case "dispute": return drawDispute(any, act);
      case "outline": return drawOutline(any, act);
      case "rubric-editor": return drawEditor(any, act, this);
      case "outcome": return drawOutcome(any, act, this);
      case "explore": return this.explore(any);
      case "explore_task": return drawOpen(any, act);
      case "minutes": return drawMinutes(any, act, this.el.firstElementChild);
      default: return null;
    }
  }

  /** @param {import("./board_head.js").HeadView} view */
  head(view) {
    const name = view.name ?? (view.step === "gold" ? "Gold bench" : "Calibration board");
    if (!this.el.dataset.kind) attached(this.el, this.signal).then(() => listenToBoard(keyRoot(this.el), name, this.signal));
    const turnKeys = () => {
      this.keys = !this.keys;
      this.draw();
    };
    return drawHead(view, this.asks.act, () => keyRoot(this.el), this.keys, turnKeys);
  }

  /** @param {import("./explorer_head.js").ExploreView} view */
  explore(view) {
    if (!this.el.dataset.kind) attached(this.el, this.signal).then(() => listenToBoard(keyRoot(this.el), "Explorer", this.signal));
    if (!this.el.dataset.kind) attached(this.el, this.signal).then(() => leaveForm(keyRoot(this.el), () => this.asks.act("back"), this.signal));
    if (view.mode === "rate") giveKeysToForm(keyRoot(this.el), this.signal);
    goOnMeasuring(view, this.asks.act);
    return drawExplore(view, this.asks.act, () => fillWindow(keyRoot(this.el)));
  }

  /** Another case lies on the table: what was typed for the last one goes, and the talk begins at its top. @param {string} key */
  turnTo(key) {
    const task = (/** @type {string} */ one) => one.slice(0, one.lastIndexOf(":"));
    const side = this.el.closest(".ew-board-side");
    if (side && task(key) !== task(this.case)) side.scrollTop = 0;
    this.case = key;
    this.deciding = null;
    for (const id of ["reason", "remark"]) this.forget(id);
  }

  /** Drop what was typed into a field. @param {string} id */
  forget(id) {
    const input = this.named(id);
    if (input) input.value = input.dataset.keep ?? "";
  }

  /** What is being typed and where the focus is: the kernel's next view must not take it away. */
  kept() {
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    const inside = active && this.el.contains(active) ? active : null;
    const texts = new Map();
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (this.el.querySelectorAll("[data-keep]")))
      if (input.value !== input.dataset.keep) texts.set(input.dataset.id, input.value);
    const caret = inside && "selectionStart" in inside ? /** @type {HTMLInputElement} */ (inside).selectionStart : null;
    return { id: inside?.dataset.id, texts, caret };
  }

  /** @param {ReturnType<Part["kept"]>} kept */
  restore(kept) {
    for (const [id, text] of kept.texts) {
      const input = this.named(id);
      if (input) input.value = text;
    }
    if (!kept.id) return;
    const again = this.named(kept.id);
    if (!again || again.disabled) return keyRoot(this.el).focus({ preventScroll: true });
    again.focus({ preventScroll: true });
    if (kept.caret !== null && again.type !== "number") again.setSelectionRange?.(kept.caret, kept.caret);
  }

  /** @param {string} id */
  named(id) {
    return /** @type {HTMLInputElement | null} */ (this.el.querySelector(`[data-id="${CSS.escape(id)}"]`));
  }

  /** Put the cursor where the kernel now asks for words. @param {Record<string, any>} view */
  write(view) {
    const asked = this.turn !== null && view.turn !== this.turn;
    this.turn = view.turn;
    if (asked) this.named(`${view.draft.asking}@${view.key}`)?.focus({ preventScroll: true });
  }

  /** Look for news while others work: who has submitted, whose vote is in. */
  look() {
    if (this.el.offsetParent !== null) this.asks.act("look");
  }
}

export default { render };
