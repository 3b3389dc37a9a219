// @ts-check
// The bar above a panel: where the reviewer is, at which pace, and whether the work is on disk.
// It also owns what concerns the whole panel: the table of keys, filling the window, and cards
// (who reviews, skip, the end).

import { attached, guardKeys, isTyping, keyRoot } from "./keys.js";
import { Pulse } from "./pulse.js";

/**
 * @typedef {{title: string, round: string, reviewer: string, done: number, skipped: number, total: number, position: number, pace: number | null, left: number | null, revising: string, vote: string, sensitive: boolean, advice: string, exposure: number, said: string, home: boolean}} Status
 * @typedef {{state: "" | "saved" | "failed", text: string, count: number}} Saved
 * @typedef {{kind: "ask" | "end" | "wait" | "", title: string, lines: string[], action: string, label: string}} Card
 * @typedef {{status: Status, saved: Saved, card: Card}} Traits
 * @typedef {import("@anywidget/types").AnyModel<Traits>} Model
 */

const KEYS = [
  ["Rate", [["1 – 9", "choose the level, and on to the next row"], ["⇧ 1 – 9", "also defensible"], ["0", "not applicable, or none"], ["↑ ↓ Tab", "from row to row"]]],
  ["Write", [["J", "note"], ["F", "flags"], ["C", "confidence"], ["Esc", "leave the text"]]],
  ["Move", [["Ctrl ⏎", "submit"], ["Ctrl ← →", "task before, task after"], ["Ctrl Z", "undo; then re-open the task before"], ["⇧ S", "skip with a reason"]]],
  ["Compare", [["Space", "hold: the original, or the next candidate"], ["⇧ Space", "hold: the next, where there is an original"], ["X", "turn: the next picture, in place"], ["B", "blink: turn by itself"], ["⇧ B", "how fast it blinks"], ["S", "side by side"], ["W", "wipe"]]],
  ["Mark", [["R", "mark a region, and back"], ["D P", "drag a box or click a point; a polygon"], ["⏎", "draw or move by keys"], ["← →", "region before, region after"], ["K G Y J", "its class, severity, cause, note"], ["Del", "delete it"], ["H", "hide the marks"], ["E", "evidence, once submitted"]]],
  ["Look closer", [["+ − wheel", "zoom"], ["drag", "move the picture"], ["⇧ ← ↑ ↓ →", "move the picture, too"], ["Z", "1:1, or the whole picture"], ["O", "overview while zoomed"], ["V", "view: light, colour, edges"], ["U, ⇧ U", "show a covered picture; hold: peek"], ["⇧ G", "show it blurred, grey or full"]]],
  ["Window", [["M", "fill the window, and back"], ["?", "these keys"]]],
];

/** Where feedback follows each task. @type {[string, string[][]]} */
const LEARNING_KEYS = ["Learn", [["↑ ↓", "from criterion to criterion"], ["⏎", "open it, fold it"], ["← →", "to its anchors, and back"], ["1 2 3", "why I differ"], ["C", "contest gold, with a reason"], ["N Ctrl ⏎", "next task"], ["Esc", "home"]]];

/** The reason that nobody has to explain: whoever does not want to look need not. */
const BY_CHOICE = "sensitive, by choice";

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} [className] @param {string} [text] @returns {HTMLElementTagNameMap[T]} */
function part(tag, className = "", text = "") {
  const el = document.createElement(tag);
  if (className) el.className = className;
  if (text) el.textContent = text;
  return el;
}

/** @param {number} seconds */
function spoken(seconds) {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el, signal }) {
  const bar = new BarView(model, el, signal);
  for (const name of /** @type {const} */ (["status", "saved", "card"])) model.on(`change:${name}`, bar.draw);
  signal.addEventListener("abort", () => model.off(null, bar.draw));
  bar.draw();
  attached(el, signal).then(() => bar.listen(keyRoot(el)));
}

class BarView {
  /** @param {Model} model @param {HTMLElement} el @param {AbortSignal} signal */
  constructor(model, el, signal) {
    this.model = model;
    this.el = el;
    this.signal = signal;
    this.saving = 0;
    this.bar = part("div", "ew-bar");
    this.who = part("div", "ew-bar-who");
    this.progress = part("div", "ew-bar-progress");
    this.track = part("div", "ew-bar-track");
    this.fill = part("div", "ew-bar-fill");
    this.track.setAttribute("role", "progressbar");
    this.track.append(this.fill);
    this.count = part("div", "ew-bar-count");
    this.progress.append(this.track, this.count);
    this.offer = part("div", "ew-bar-offer");
    this.offer.setAttribute("role", "status");
    this.tick = part("div", "ew-bar-saved");
    this.tick.setAttribute("role", "status");
    this.home = this.button("⇧ H", "Home", () => this.goHome());
    this.bar.append(this.who, this.progress, this.offer, this.tick, this.home, this.button("M", "Fill window", () => this.fillWindow()), this.button("?", "Keys", () => this.showKeys()));
    this.sheet = part("div", "ew-card");
    this.sheet.hidden = true;
    this.sheet.setAttribute("role", "dialog");
    el.append(this.bar, this.sheet);
    /** What the card shows: "keys", "skip", or the kernel's card as text. */
    this.local = "";
    this.pulse = new Pulse(() => model.send({ type: "pulse" }), signal);
  }

  /** @param {string} key @param {string} label @param {() => void} act */
  button(key, label, act) {
    const button = part("button", "ew-bar-button");
    button.type = "button";
    button.append(...(key ? [part("kbd", "ew-key", key)] : []), part("span", "", label));
    button.addEventListener("click", act);
    return button;
  }

  draw = () => {
    const status = this.model.get("status");
    const saved = this.model.get("saved");
    const card = this.model.get("card");
    this.who.replaceChildren(part("b", "", status.title), part("span", "", [status.round, status.reviewer].filter(Boolean).join(" · ")));
    const done = status.done + status.skipped;
    this.fill.style.width = `${status.total ? (100 * done) / status.total : 0}%`;
    this.track.hidden = !status.total;
    this.home.hidden = !status.home;
    this.track.setAttribute("aria-valuemax", String(status.total));
    this.track.setAttribute("aria-valuenow", String(done));
    this.track.setAttribute("aria-label", "Progress");
    this.count.textContent = this.counted(status, done);
    if (this.offer.textContent !== status.advice) this.offer.textContent = this.offer.title = status.advice;
    if (saved.count >= this.saving || saved.state === "failed") this.saving = 0;
    this.drawSaved(saved);
    if (card.kind) this.drawCard(card);
    else if (!this.isOwn()) this.closeCard();
    this.bar.classList.toggle("ew-voting", Boolean(status.vote));
    this.pulse.follow(["wait", "end"].includes(card.kind) || Boolean(status.vote)); // what is sent back comes by itself
    this.el.dataset.done = String(done);
  };

  /** @param {Status} status @param {number} done */
  counted(status, done) {
    if (status.vote || status.said) return status.vote || status.said;
    if (!status.total) return "";
    const parts = [`${done} of ${status.total}`];
    if (status.skipped) parts.push(`${status.skipped} skipped`);
    if (status.revising) parts.push(status.revising);
    else if (status.pace && status.left && done < status.total) parts.push(`${spoken(status.pace)} each, about ${spoken(status.left)} left`);
    return parts.join(" · ");
  }

  /** @param {Saved} saved */
  drawSaved(saved) {
    const state = this.saving ? "saving" : saved.state;
    this.tick.textContent = { saving: "Saving …", saved: "✓ Saved", failed: "Not saved", "": "" }[state] ?? "";
    this.tick.title = saved.text;
    this.tick.className = `ew-bar-saved ew-${state || "quiet"}`;
  }

  /** @param {Card} card */
  drawCard(card) {
    const shown = JSON.stringify(card);
    if (this.local === shown) return;
    this.local = shown;
    const box = part("div", "ew-card-box");
    box.append(part("h2", "", card.title), ...card.lines.map((line) => part("p", "", line)));
    if (card.kind === "ask") box.append(this.asking(card));
    else if (card.label) box.append(this.button("⏎", card.label, () => this.model.send({ type: card.action })));
    this.openCard(box);
  }

  /** @param {Card} card */
  asking(card) {
    const input = part("input", "ew-input");
    input.setAttribute("aria-label", card.title);
    input.autocomplete = "off";
    input.placeholder = "for example ana";
    this.suggestName(input);
    return this.lineForm(input, card.label, () => input.value.trim() && this.model.send({ type: card.action, name: input.value.trim() }));
  }

  /** @param {HTMLInputElement} input @param {string} label @param {() => void} done */
  lineForm(input, label, done) {
    const line = part("div", "ew-card-line");
    const button = part("button", "ew-submit ew-ready", label);
    button.type = "button";
    button.addEventListener("click", done);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") done();
      else if (event.key === "Escape" && !this.model.get("card").kind) this.closeCard();
      event.stopPropagation();
    });
    line.append(input, button);
    return line;
  }

  /** A Jupyter server with named accounts knows who this is; without, its names are made up. @param {HTMLInputElement} input */
  async suggestName(input) {
    try {
      const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
      const reply = await fetch(`${config.baseUrl ?? "/"}api/me`, { signal: this.signal });
      const { identity } = await reply.json();
      if (!input.value && identity?.username && !/^Anonymous/.test(identity.display_name ?? "Anonymous")) input.value = identity.username;
    } catch {
      // Voila and plain pages have no such address; the person types the name.
    }
  }

  /** Leave what lies open for the page before it; what was said stays. */
  goHome() {
    if (this.model.get("status").home) this.model.send({ type: "home" });
  }

  showKeys() {
    if (this.local === "keys") return this.closeCard();
    this.local = "keys";
    const box = part("div", "ew-card-box ew-keys");
    const columns = part("div", "ew-keys-columns");
    const learns = keyRoot(this.el).querySelector(".ew-feedback-host") !== null;
    for (const [group, rows] of /** @type {[string, string[][]][]} */ (learns ? [...KEYS, LEARNING_KEYS] : KEYS)) {
      const list = part("dl");
      for (const [key, what] of rows) {
        const name = part("dt");
        name.append(part("kbd", "ew-key", key));
        list.append(name, part("dd", "", what));
      }
      const section = part("section");
      section.append(part("h3", "", group), list);
      columns.append(section);
    }
    box.append(part("h2", "", "Keys"), columns, this.button("Esc", "Close", () => this.closeCard()));
    this.openCard(box);
  }

  askSkip() {
    if (this.model.get("status").vote) return; // a vote is kept or changed
    this.local = "skip";
    const input = part("input", "ew-input");
    input.placeholder = "for example: the edited picture does not load";
    input.setAttribute("aria-label", "Reason");
    const form = /** @type {HTMLElement | null} */ (keyRoot(this.el).querySelector(".ew-form"));
    const key = form?.dataset.key ?? null;
    const done = () => input.value.trim() && this.skip(input.value.trim(), key);
    const box = part("div", "ew-card-box");
    box.append(part("h2", "", "Skip this task"), part("p", "", "Why can it not be judged? It counts as skipped, without penalty, and can be re-opened."), this.lineForm(input, "Skip", done));
    if (this.model.get("status").sensitive) box.append(this.button("", "Sensitive, by choice", () => this.skip(BY_CHOICE, key)));
    this.openCard(box);
  }

  /** @param {string} reason @param {string | null} key  of the task that the person saw */
  skip(reason, key) {
    this.model.send({ type: "skip", reason, key });
    if (this.local === "skip") this.closeCard();
  }

  /** @param {HTMLElement} box */
  openCard(box) {
    this.sheet.replaceChildren(box);
    this.sheet.hidden = false;
    const root = keyRoot(this.el);
    root.classList.add("ew-carded");
    if (root.contains(document.activeElement) || document.activeElement === document.body) /** @type {HTMLElement} */ (box.querySelector("input, button") ?? root).focus({ preventScroll: true });
  }

  /** Whether the card is one that the kernel knows nothing of. */
  isOwn() {
    return this.local === "keys" || this.local === "skip";
  }

  /** Close the card; if the kernel's lay under it, that one comes back. */
  closeCard() {
    this.local = "";
    const card = this.model.get("card");
    if (card.kind) return this.drawCard(card);
    if (this.sheet.hidden) return;
    this.sheet.hidden = true;
    const root = keyRoot(this.el);
    root.classList.remove("ew-carded");
    if (this.sheet.contains(document.activeElement) || document.activeElement === document.body) root.focus({ preventScroll: true });
  }

  /** The panel alone on the page, above everything: the top layer needs no permission and moves nothing. */
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

  /** @param {HTMLElement} root */
  listen(root) {
    root.tabIndex = -1;
    root.setAttribute("role", "application");
    root.setAttribute("aria-label", "Review panel");
    guardKeys(root, this.signal);
    root.addEventListener("keydown", (event) => this.onKey(/** @type {KeyboardEvent} */ (event)), { signal: this.signal, capture: true });
    root.addEventListener("ew:advance", () => this.onAdvance(), { signal: this.signal });
    root.addEventListener("ew:skip", (event) => this.skip(BY_CHOICE, /** @type {CustomEvent<{key?: string}>} */ (event).detail?.key ?? null), { signal: this.signal });
    // A click on the picture or on empty space means: the keys are for this panel.
    root.addEventListener("pointerup", () => root.contains(document.activeElement) || root.focus({ preventScroll: true }), { signal: this.signal });
    this.takeFocus(root);
  }

  /** Whoever has just run the cell wants to work in it, unless they are writing somewhere. @param {HTMLElement} root */
  takeFocus(root) {
    const busy = document.activeElement?.closest(".cm-editor, input, textarea, .ew-panel");
    const take = () => {
      const asked = this.sheet.hidden ? null : /** @type {HTMLElement | null} */ (this.sheet.querySelector("input, button"));
      (asked ?? root).focus({ preventScroll: true });
      root.scrollIntoView({ block: "nearest" });
    };
    if (!busy) setTimeout(() => this.signal.aborted || take(), 50);
  }

  onAdvance() {
    this.saving = this.model.get("saved").count + 1;
    this.drawSaved(this.model.get("saved"));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const carded = !this.sheet.hidden;
    if (carded && this.handleCard(event)) return;
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = event.key === "?" ? () => this.showKeys() : event.code === "KeyM" && !event.shiftKey ? () => this.fillWindow() : event.code === "KeyS" && event.shiftKey ? () => this.askSkip() : event.code === "KeyH" && event.shiftKey && this.model.get("status").home ? () => this.goHome() : null;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  /** While a card lies over the panel no key reaches what is under it. @param {KeyboardEvent} event */
  handleCard(event) {
    const ours = this.sheet.contains(/** @type {Node} */ (event.target));
    const over = ["end", "wait"].includes(this.model.get("card").kind);
    if (event.key === "Escape" && (this.isOwn() || !this.model.get("card").kind)) this.closeCard();
    else if (ours || event.key === "Tab") return ours;
    else if (event.key === "Enter" && over) this.sheet.querySelector("button")?.click();
    else if (over && (event.ctrlKey || event.metaKey || event.key === "?" || event.code === "KeyM")) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}

export default { render };
