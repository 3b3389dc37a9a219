// @ts-check
// The sheet over everything: one anchor large, or a boundary card. It draws; what is open is the wall's.

import { keyHint, make } from "./form_elements.js";
import { openCard, outcome, score } from "./exemplar_cards.js";
import { Pane, asked, borders, described, keyButton, levelName } from "./exemplar_levels.js";

/**
 * @typedef {import("./exemplar_levels.js").Wall} Wall
 * @typedef {import("./exemplar_levels.js").Step} Step
 * @typedef {{open: (at: number) => void, answer: (level: number) => void, turn: () => void, again: () => void, close: () => void}} Hands
 */

export class ExemplarSheet {
  /** @param {import("./exemplar_pictures.js").ExemplarPictures} pictures @param {Hands} hands */
  constructor(pictures, hands) {
    this.pictures = pictures;
    this.hands = hands;
    this.el = make("div", "ew-sheet");
    this.el.popover = "manual";
    this.el.tabIndex = -1;
    this.el.setAttribute("role", "dialog");
    this.pane = new Pane();
    this.side = make("div", "ew-sheet-side");
    const stage = make("div", "ew-sheet-stage");
    stage.append(this.pane.el);
    this.el.append(stage, this.side);
  }

  open() {
    if (this.el.matches(":popover-open")) return;
    this.el.showPopover();
    this.el.focus({ preventScroll: true });
  }

  close() {
    if (this.el.matches(":popover-open")) this.el.hidePopover();
  }

  /** One level, with the way to the others. @param {Wall} wall @param {number} at */
  drawLevel(wall, at) {
    const step = wall.levels[at];
    this.#show(step, `Level ${step.value}, ${step.name}`);
    const steps = make("div", "ew-sheet-steps");
    for (const [place, one] of [...wall.levels.entries()].reverse())
      steps.append(this.#step(one, place, place === at), ...(place === at ? [this.#words(wall, one)] : []));
    this.#fill(wall, [steps], [], step);
  }

  /** @param {Step} step @param {number} place @param {boolean} on */
  #step(step, place, on) {
    const button = make("button", "ew-sheet-step");
    button.type = "button";
    button.append(levelName(step.value, step.name));
    button.setAttribute("aria-current", String(on));
    button.addEventListener("click", () => this.hands.open(place));
    return button;
  }

  /** @param {Wall} wall @param {Step} step */
  #words(wall, step) {
    const box = make("div", "ew-sheet-words");
    box.append(described(step.pieces), make("p", "ew-level-why", step.why), ...this.#notes(borders(wall, step.value)));
    return box;
  }

  /** @param {string[]} notes */
  #notes(notes) {
    return notes.map((note) => make("p", "ew-sheet-note", note));
  }

  /** @param {Wall} wall @param {import("./exemplar_cards.js").Deck} deck */
  drawCard(wall, deck) {
    const card = openCard(deck);
    const tally = make("p", "ew-sheet-score", score(deck));
    tally.setAttribute("role", "status");
    if (!card) {
      const done = make("div", "ew-sheet-words");
      done.append(make("h3", "ew-sheet-title", "That was every boundary, from both sides."), make("p", "", "Nothing of this is recorded."));
      return this.#fill(wall, [done, tally], [keyButton("⏎", "Once more", this.hands.again, "ew-main")], null);
    }
    const step = /** @type {Step} */ (wall.levels.find((one) => one.value === card.level));
    this.#show(step, "A picture on one of the two levels");
    const title = make("h3", "ew-sheet-title", `${card.lower} or ${card.upper}?`);
    const choices = [card.upper, card.lower].map((level) => this.#choice(wall, card, deck.said, level));
    const said = deck.said === null ? [] : this.#answer(wall, card, deck.said, step);
    const next = deck.said === null ? [] : [keyButton("⏎", "Next card", this.hands.turn, "ew-main")];
    this.#fill(wall, [title, ...choices, ...said, tally], next, step);
  }

  /** @param {Wall} wall @param {import("./exemplar_cards.js").Card} card @param {number | null} said @param {number} level */
  #choice(wall, card, said, level) {
    const step = /** @type {Step} */ (wall.levels.find((one) => one.value === level));
    const button = make("button", "ew-choice");
    button.type = "button";
    button.append(levelName(step.value, step.name), described(step.pieces, said !== null && level === card.level));
    button.setAttribute("aria-pressed", String(said === level));
    button.classList.toggle("ew-right", said !== null && level === card.level);
    button.disabled = said !== null;
    button.addEventListener("click", () => this.hands.answer(level));
    return button;
  }

  /** @param {Wall} wall @param {import("./exemplar_cards.js").Card} card @param {number} said @param {Step} step */
  #answer(wall, card, said, step) {
    const box = make("div", "ew-sheet-answer");
    box.setAttribute("role", "status");
    const upper = wall.levels.find((one) => one.value === card.upper);
    box.append(make("b", "", outcome(card, said)), make("p", "ew-level-why", step.why), ...this.#notes([upper?.boundary ?? ""].filter(Boolean)));
    return [box];
  }

  /** @param {Step} step @param {string} label */
  #show(step, label) {
    this.pane.show(this.pictures.large(step.picture), this.pictures.large(step.original), label);
    this.el.setAttribute("aria-label", label);
  }

  /** @param {Wall} wall @param {Node[]} inside @param {Node[]} acts @param {Step | null} step */
  #fill(wall, inside, acts, step) {
    const foot = make("div", "ew-sheet-foot");
    foot.append(...acts, keyButton("Esc", "Back to the wall", this.hands.close), ...(step?.original ? [keyHeld()] : []));
    const criterion = wall.criteria.find((one) => one.id === wall.criterion);
    const body = make("div", "ew-sheet-body");
    body.append(make("h2", "ew-sheet-criterion", criterion?.label ?? ""), make("p", "ew-sheet-question", wall.question), ...asked(wall), ...inside);
    this.side.replaceChildren(body, foot);
    this.pane.el.hidden = !step;
  }
}

/** What Space does, in words. */
export function keyHeld() {
  const hint = keyHint("Space", "hold: the original");
  hint.className = "ew-wall-hint";
  return hint;
}
