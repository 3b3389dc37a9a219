// @ts-check
// The exemplar wall, wherever it stands: alone in a notebook, or as a page of the practice panel.

import { keyHint, make } from "./form_elements.js";
import { answered, dealt, turned } from "./exemplar_cards.js";
import { ExemplarPictures } from "./exemplar_pictures.js";
import { Pane, asked, described, keyButton, levelName } from "./exemplar_levels.js";
import { ExemplarSheet, keyHeld } from "./exemplar_sheet.js";

/**
 * @typedef {import("./exemplar_levels.js").Wall} Wall
 * @typedef {{type: "wall", criterion: string} | {type: "large", picture: string}} WallMessage
 */

export class ExemplarView {
  /** @type {Wall | null} */
  wall = null;
  /** @type {"wall" | "large" | "cards"} */
  mode = "wall";
  at = 0;
  deck = dealt([]);

  /** @param {(message: WallMessage) => void} say  reports to the kernel */
  constructor(say) {
    this.say = say;
    this.pictures = new ExemplarPictures((picture) => say({ type: "large", picture }));
    this.sheet = new ExemplarSheet(this.pictures, {
      open: (at) => this.open(at),
      answer: (level) => this.answer(level),
      turn: () => this.turn(),
      again: () => this.cards(),
      close: () => this.back(),
    });
    this.el = make("div", "ew-wall");
    this.tabs = make("div", "ew-wall-tabs");
    this.tabs.setAttribute("role", "tablist");
    this.tabs.setAttribute("aria-label", "Criterion");
    this.tools = make("div", "ew-wall-tools");
    this.words = make("div", "ew-wall-words");
    this.levels = make("div", "ew-wall-levels");
    this.levels.setAttribute("role", "tabpanel");
    const head = make("div", "ew-wall-head");
    head.append(this.tabs, this.tools);
    this.borders = make("div", "ew-wall-borders");
    this.el.append(head, this.words, this.levels, this.borders, this.sheet.el);
  }

  /**
   * Show a criterion, with its small pictures. The one before stays until they are decoded, so that
   * nothing is blank meanwhile.
   * @param {Wall} wall @param {Record<string, BlobPart>} pictures
   */
  async show(wall, pictures) {
    const other = wall.criterion !== this.wall?.criterion;
    if (other) {
      this.back();
      this.at = wall.levels.length - 1;
    }
    this.wall = wall;
    this.#drawTabs(wall);
    this.#drawSheet();
    this.pictures.hold(pictures);
    await this.pictures.decoded();
    if (this.wall === wall) this.#drawWall(wall);
    this.pictures.drop(this.wall.levels.flatMap((step) => [step.picture, step.original]));
  }

  /** @param {Wall} wall */
  #drawWall(wall) {
    const had = this.levels.contains(document.activeElement);
    this.words.replaceChildren(make("span", "ew-wall-question", wall.question), ...asked(wall));
    this.el.style.setProperty("--ew-levels", String(wall.levels.length));
    this.borders.replaceChildren(...wall.levels.slice(1).map((step, at) => border(wall.levels[at], step, at)));
    this.levels.replaceChildren(...wall.levels.map((step, at) => this.#level(step, at)));
    if (had) this.#buttons()[this.at]?.focus({ preventScroll: true });
    this.levels.setAttribute("aria-label", wall.criteria.find((one) => one.id === wall.criterion)?.label ?? "");
    this.el.dataset.criterion = wall.criterion;
  }

  /** A picture with all its pixels has come. @param {{picture: string, media: string}} content @param {BlobPart} data */
  enlarge({ picture, media }, data) {
    this.pictures.enlarge(picture, media, data);
    this.#drawSheet();
  }

  /** @param {Wall} wall */
  #drawTabs(wall) {
    const had = this.tabs.contains(document.activeElement);
    this.tabs.replaceChildren(...wall.criteria.map((one) => {
      const tab = make("button", "ew-wall-tab", one.label);
      const on = one.id === wall.criterion;
      tab.type = "button";
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      tab.addEventListener("click", () => this.say({ type: "wall", criterion: one.id }));
      return tab;
    }));
    if (had) this.#tab()?.focus({ preventScroll: true });
    const flips = wall.levels.some((step) => step.original);
    const cards = keyButton("B", "Boundary cards", () => this.cards(), "ew-main");
    const more = keyHint("↑ ↓", "criterion");
    more.className = "ew-wall-hint";
    more.hidden = wall.criteria.length < 2;
    this.tools.replaceChildren(...(flips ? [this.#holder()] : []), more, ...(wall.cards.length ? [cards] : []));
  }

  #tab() {
    return /** @type {HTMLElement | null} */ (this.tabs.querySelector("[aria-selected=true]"));
  }

  /** The mouse's way to the original: as long as the button is held. */
  #holder() {
    const button = make("button", "ew-wall-button");
    button.type = "button";
    button.append(...keyHeld().childNodes);
    button.addEventListener("pointerdown", () => this.flip(true));
    for (const end of ["pointerup", "pointerleave", "pointercancel"]) button.addEventListener(end, () => this.flip(false));
    return button;
  }

  /** @param {import("./exemplar_levels.js").Step} step @param {number} at */
  #level(step, at) {
    const figure = make("figure", "ew-step");
    const button = make("button", "ew-level-open");
    const pane = new Pane();
    pane.show(this.pictures.small(step.picture), this.pictures.small(step.original), `Level ${step.value}, ${step.name}`);
    button.type = "button";
    button.title = "Open large";
    button.tabIndex = at === this.at ? 0 : -1;
    button.append(pane.el);
    button.addEventListener("click", () => this.open(at));
    button.addEventListener("focus", () => this.#rove(at));
    const caption = make("figcaption");
    caption.append(described(step.pieces), make("p", "ew-level-why", step.why));
    figure.append(levelName(step.value, step.name), button, caption);
    figure.dataset.level = String(step.value);
    return figure;
  }

  /** @param {number} at */
  #rove(at) {
    this.at = at;
    this.#buttons().forEach((button, place) => (button.tabIndex = place === at ? 0 : -1));
  }

  /** @returns {HTMLElement[]} */
  #buttons() {
    return [...this.levels.querySelectorAll("button")];
  }

  #drawSheet() {
    if (!this.wall) return;
    if (this.mode === "large") this.sheet.drawLevel(this.wall, this.at);
    if (this.mode === "cards") this.sheet.drawCard(this.wall, this.deck);
  }

  /** Show every picture's original, in its place, or the picture again. @param {boolean} original */
  flip(original) {
    this.el.classList.toggle("ew-flipped", original);
  }

  /** Open a level large. @param {number} at */
  open(at) {
    this.#rove(at);
    this.#enter("large");
  }

  /** Begin the boundary cards. */
  cards() {
    this.deck = dealt(this.wall?.cards ?? []);
    if (this.deck.cards.length) this.#enter("cards");
  }

  /** @param {number} level */
  answer(level) {
    this.deck = answered(this.deck, level);
    this.#drawSheet();
    this.sheet.el.focus({ preventScroll: true });
  }

  turn() {
    this.deck = turned(this.deck);
    this.flip(false);
    this.#drawSheet();
    this.sheet.el.focus({ preventScroll: true });
  }

  /** @param {"large" | "cards"} mode */
  #enter(mode) {
    this.mode = mode;
    this.el.dataset.mode = mode;
    this.#drawSheet();
    this.sheet.open();
    this.sheet.el.focus({ preventScroll: true });
  }

  /** Back to the wall. */
  back() {
    if (this.mode === "wall") return;
    this.mode = "wall";
    this.el.dataset.mode = "wall";
    this.flip(false);
    this.sheet.close();
    this.#buttons()[this.at]?.focus({ preventScroll: true });
  }

  /** Do what a key means here, and return whether it means anything. @param {KeyboardEvent} event */
  onKey(event) {
    if (!this.wall || event.ctrlKey || event.metaKey || event.altKey) return false;
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Enter" && target.matches(".ew-sheet button")) return false; // a button is pressed as anywhere
    if (event.key === " ") this.flip(event.type === "keydown" && this.wall.levels.some((step) => step.original));
    else if (event.type !== "keydown") return false;
    else if (this.mode === "cards") return this.#cardKey(event);
    else if (this.mode === "large") return this.#largeKey(event);
    else return this.#wallKey(event);
    return true;
  }

  /** @param {KeyboardEvent} event */
  #wallKey(event) {
    const levels = this.wall?.levels ?? [];
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const digit = levels.findIndex((one) => String(one.value) === event.key);
    if (way && this.wall && this.wall.criteria.length > 1) this.#move(way);
    else if (step && this.tabs.contains(/** @type {Node} */ (event.target))) this.#move(step);
    else if (step) this.#buttons()[Math.max(0, Math.min(this.at + step, levels.length - 1))]?.focus({ preventScroll: true });
    else if (digit >= 0) this.open(digit);
    else if (event.key === "Enter" && !/** @type {HTMLElement} */ (event.target).matches("button:not(.ew-level-open)")) this.open(this.at);
    else if (event.code === "KeyB") this.cards();
    else return false;
    return true;
  }

  /** Ask for the criterion before or after. @param {number} by */
  #move(by) {
    const ids = this.wall?.criteria.map((one) => one.id) ?? [];
    const at = ids.indexOf(this.wall?.criterion ?? "");
    this.say({ type: "wall", criterion: ids[(at + by + ids.length) % ids.length] });
  }

  /** @param {KeyboardEvent} event */
  #largeKey(event) {
    const levels = this.wall?.levels ?? [];
    const step = { ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1, ArrowUp: -1 }[event.key];
    const digit = levels.findIndex((one) => String(one.value) === event.key);
    if (step) this.open(Math.max(0, Math.min(this.at + step, levels.length - 1)));
    else if (digit >= 0) this.open(digit);
    else if (event.key === "Escape" || event.key === "Enter") this.back();
    else if (event.code === "KeyB") this.cards();
    else return false;
    return true;
  }

  /** @param {KeyboardEvent} event */
  #cardKey(event) {
    if (event.key === "Escape") this.back();
    else if (/^\d$/.test(event.key)) this.answer(Number(event.key));
    else if (event.key === "Enter" || event.key === "ArrowRight") this.deck.at < this.deck.cards.length ? this.turn() : this.cards();
    else return false;
    return true;
  }
}

/**
 * What separates two levels, shown where they meet.
 * @param {import("./exemplar_levels.js").Step} lower @param {import("./exemplar_levels.js").Step} upper @param {number} at
 */
function border(lower, upper, at) {
  const note = make("div", "ew-wall-border");
  note.style.gridColumn = `${2 * at + 2} / span 2`;
  note.append(make("b", "", `${lower.value} | ${upper.value}`), make("span", "", upper.boundary));
  return note;
}
