// @ts-check
// The contact sheet: a grid over any number of tasks, of which only the cards in sight exist.

import { attached, isTyping, keyRoot } from "./keys.js";
import { piece } from "./board_elements.js";
import { CARD_SIZES, gridOf, inSight, movedBy, placeOf, scrolledTo } from "./explorer_grid.js";
import { Thumbs } from "./explorer_thumbs.js";
import { Card } from "./explorer_card.js";

/** @typedef {{told: import("./explorer_card.js").SheetTold, order: DataView, marked: number[], place: number, active: boolean, empty: string}} SheetTraits */
/** @typedef {import("@anywidget/types").AnyModel<SheetTraits>} SheetModel */

const OVER = 1; // rows that are drawn beyond what is in sight

/** @type {import("@anywidget/types").Render<SheetTraits>} */
function render({ model, el, signal }) {
  const sheet = new Sheet(model, signal);
  el.classList.add("ew-contact-holder");
  el.append(sheet.el);
  attached(el, signal).then(() => sheet.begin());
}

class Sheet {
  /** @type {Map<number, Card>} */
  #cards = new Map();
  /** @type {Card[]} */
  #spare = [];
  #size = 1;
  #at = 0;
  #drawing = 0;

  /** @param {SheetModel} model @param {AbortSignal} signal */
  constructor(model, signal) {
    this.model = model;
    this.signal = signal;
    this.all = piece("div", "ew-contact-all");
    this.nothing = piece("p", "ew-contact-nothing");
    this.el = piece("div", "ew-contact", this.all, this.nothing);
    this.el.setAttribute("role", "grid");
    this.el.setAttribute("aria-label", "Contact sheet");
    this.order = new Int32Array();
    this.marked = new Set(model.get("marked"));
    this.grid = gridOf({ room: 1, count: 0, wanted: 1 });
    this.thumbs = new Thumbs({
      ask: (places) => model.send({ type: "need", places }),
      create: (blob) => URL.createObjectURL(blob),
      revoke: (url) => URL.revokeObjectURL(url),
      show: (place) => this.#cards.get(place)?.picture(this.thumbs.of(place)),
    });
    model.on("change:told", this.#tell);
    model.on("change:order", this.#reorder);
    model.on("change:marked", this.#remark);
    model.on("change:place", this.#turn);
    model.on("change:active", this.#turn);
    model.on("change:empty", this.#draw);
    model.on("msg:custom", this.#hear);
    signal.addEventListener("abort", () => this.#end());
  }

  begin() {
    const root = keyRoot(this.el);
    const watch = new ResizeObserver(() => this.#resize());
    watch.observe(this.el);
    this.signal.addEventListener("abort", () => watch.disconnect());
    root.addEventListener("keydown", this.#onKey, { signal: this.signal });
    this.el.addEventListener("scroll", this.#soon, { signal: this.signal, passive: true });
    this.el.addEventListener("click", (event) => this.#onClick(event), { signal: this.signal });
    this.el.addEventListener("dblclick", (event) => this.#cardAt(event) && this.#say("open"), { signal: this.signal });
    this.#takeOrder();
    this.#resize();
    this.#turn();
  }

  #end() {
    cancelAnimationFrame(this.#drawing);
    this.model.off(null, null);
    this.thumbs.clear();
  }

  #takeOrder() {
    const bytes = this.model.get("order");
    this.order = new Int32Array(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).slice().buffer);
  }

  /** Other facts are known of the tasks. */
  #tell = () => {
    for (const [place, card] of this.#cards) card.turn(place, this.model.get("told"));
  };

  /** Other tasks are shown: begin at the top, with the same task in focus where it is still there. */
  #reorder = () => {
    const focused = this.order[this.#at];
    this.#takeOrder();
    this.#at = Math.max(0, this.order.indexOf(focused));
    this.#measure();
    this.el.scrollTop = this.#at ? scrolledTo(this.grid, this.#at, 0, this.el.clientHeight) : 0;
    this.#draw();
    this.#report();
  };

  #remark = () => {
    this.marked = new Set(this.model.get("marked"));
    this.#draw();
  };

  /** The kernel turns to a task, for example when the one after it was opened large. */
  #turn = () => {
    const at = this.order.indexOf(this.model.get("place"));
    if (at >= 0) this.#at = at;
    if (this.model.get("active") && this.el.clientHeight) this.#reveal();
  };

  /** @param {{type: string, place: number, media: string}} content @param {DataView<ArrayBuffer>[]} buffers */
  #hear = (content, buffers) => {
    if (content.type === "picture") this.thumbs.came(content.place, content.media ? new Blob([buffers[0]], { type: content.media }) : null);
  };

  #resize() {
    if (!this.el.clientWidth) return; // hidden: everything stays as it was
    const row = Math.floor(this.el.scrollTop / this.grid.step) * this.grid.columns;
    const before = this.grid;
    this.#measure();
    if (before.columns !== this.grid.columns) this.el.scrollTop = placeOf(this.grid, Math.max(0, row)).y;
    this.#draw();
  }

  #measure() {
    const style = getComputedStyle(this.el);
    const room = this.el.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    this.grid = gridOf({ room, count: this.order.length, wanted: CARD_SIZES[this.#size] });
    this.all.style.height = `${this.grid.total}px`;
  }

  #soon = () => {
    this.#drawing ||= requestAnimationFrame(this.#draw);
  };

  #draw = () => {
    this.#drawing = 0;
    if (!this.el.clientHeight) return;
    const { first, end } = inSight(this.grid, this.el.scrollTop, this.el.clientHeight, OVER);
    const shown = new Set(this.order.subarray(first, end));
    for (const [place, card] of this.#cards) if (!shown.has(place)) this.#put(place, card);
    for (let at = first; at < end; at++) this.#show(at);
    const seen = inSight(this.grid, this.el.scrollTop, this.el.clientHeight);
    const near = [...this.order.subarray(seen.first, seen.end), ...this.order.subarray(seen.end, end), ...this.order.subarray(first, seen.first)];
    this.thumbs.want(near);
    this.el.setAttribute("aria-rowcount", String(this.grid.rows));
    this.nothing.textContent = this.order.length ? "" : this.model.get("empty");
    const focused = this.order[this.#at];
    if (focused !== undefined) this.el.setAttribute("aria-activedescendant", `ew-print-${focused}`);
  };

  /** @param {number} at */
  #show(at) {
    const place = this.order[at];
    let card = this.#cards.get(place);
    if (!card) {
      card = this.#spare.pop() ?? new Card();
      card.turn(place, this.model.get("told"));
      card.picture(this.thumbs.of(place));
      this.#cards.set(place, card);
      this.all.append(card.el);
    }
    card.lay(placeOf(this.grid, at), this.grid);
    card.state(at === this.#at, this.marked.has(place));
  }

  /** A card is out of sight and will serve another task. @param {number} place @param {Card} card */
  #put(place, card) {
    this.#cards.delete(place);
    card.el.remove();
    card.picture(undefined);
    this.#spare.push(card);
  }

  /** Bring the focused card into sight. */
  #reveal() {
    this.el.scrollTop = scrolledTo(this.grid, this.#at, this.el.scrollTop, this.el.clientHeight);
    this.#draw();
  }

  /** @param {Event} event */
  #cardAt(event) {
    const el = /** @type {HTMLElement} */ (event.target).closest(".ew-print");
    const found = [...this.#cards.values()].find((card) => card.el === el);
    return found ? this.order.indexOf(found.place) + 1 : 0;
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const at = this.#cardAt(event) - 1;
    if (at < 0) return;
    this.#at = at;
    if (event.ctrlKey || event.metaKey || event.shiftKey) this.#mark();
    this.#draw();
    this.#report();
    keyRoot(this.el).focus({ preventScroll: true });
  }

  #mark() {
    const place = this.order[this.#at];
    if (place === undefined) return;
    const on = !this.marked.has(place);
    if (on) this.marked.add(place);
    else this.marked.delete(place);
    this.model.send({ type: "mark", place, on });
    this.#draw();
  }

  #report() {
    const place = this.order[this.#at];
    if (place !== undefined) this.model.send({ type: "focus", place });
  }

  /** @param {string} type */
  #say(type) {
    const place = this.order[this.#at];
    if (place !== undefined) this.model.send({ type, place });
  }

  /** @param {KeyboardEvent} event */
  #onKey = (event) => {
    if (!this.model.get("active") || event.defaultPrevented || isTyping(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#does(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Do what a key means here, and return whether it means anything. @param {KeyboardEvent} event */
  #does(event) {
    const onButton = /** @type {HTMLElement} */ (event.target).matches("button");
    if (/^(Arrow\w+|Page(Up|Down)|Home|End)$/.test(event.key)) {
      this.#at = movedBy(this.grid, this.#at, event.key, this.el.clientHeight);
      this.#reveal();
      this.#report();
    } else if (event.key === "Enter" && !onButton) this.#say("open");
    else if (event.key === " " && !onButton) this.#mark();
    else if (event.key === "+" || event.key === "=") this.#zoom(1);
    else if (event.key === "-") this.#zoom(-1);
    else if (event.key === "/") keyRoot(this.el).querySelector(/** @type {"input"} */ ("input[data-id=query]"))?.focus();
    else return false;
    return true;
  }

  /** Make cards larger or smaller, and keep the one in focus in sight. @param {number} by */
  #zoom(by) {
    this.#size = Math.max(0, Math.min(this.#size + by, CARD_SIZES.length - 1));
    this.#measure();
    this.#reveal();
  }
}

export default { render };
