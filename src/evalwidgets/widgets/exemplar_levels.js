// @ts-check
// What an exemplar wall is made of: a picture with its original behind it, a level's words, a button with its key.

import { make } from "./form_elements.js";

/**
 * @typedef {{text: string, deciding: boolean}} Piece
 * @typedef {{value: number, name: string, pieces: Piece[], boundary: string, why: string, picture: string, original: string}} Step
 * @typedef {{rubric: string, criterion: string, criteria: {id: string, label: string}[], question: string, help: string, texts: {label: string, text: string}[], levels: Step[], cards: import("./exemplar_cards.js").Card[]}} Wall
 */

/**
 * A picture and its original in one place: turning from one to the other is a matter of what is
 * visible, so nothing is ever blank.
 */
export class Pane {
  constructor() {
    this.el = make("span", "ew-pane");
    this.judged = this.#image("ew-pane-judged");
    this.original = this.#image("ew-pane-original");
    this.missing = make("span", "ew-pane-missing", "This picture cannot be shown.");
    this.el.append(this.judged, this.original, this.missing);
  }

  /** @param {string} className */
  #image(className) {
    const image = make("img", className);
    image.decoding = "sync";
    image.draggable = false;
    return image;
  }

  /** @param {string} judged @param {string} original @param {string} label */
  show(judged, original, label) {
    for (const [image, url] of /** @type {const} */ ([[this.judged, judged], [this.original, original]])) {
      image.hidden = !url;
      if (url && image.src !== url) image.src = url;
      if (!url) image.removeAttribute("src");
    }
    this.judged.alt = label;
    this.original.alt = "The original";
    this.missing.hidden = Boolean(judged);
    this.el.classList.toggle("ew-has-original", Boolean(original));
  }
}

/** A descriptor, its deciding phrase marked. @param {Piece[]} pieces @param {boolean} [marked] */
export function described(pieces, marked = true) {
  const line = make("p", "ew-level-words");
  for (const piece of pieces) line.append(marked && piece.deciding ? make("mark", "ew-deciding", piece.text) : piece.text);
  return line;
}

/** @param {number} value @param {string} name */
export function levelName(value, name) {
  const line = make("span", "ew-level-name");
  line.append(make("b", "ew-level-value", String(value)), make("span", "", name));
  return line;
}

/** @param {string} key @param {string} label @param {() => void} act @param {string} [className] */
export function keyButton(key, label, act, className = "") {
  const button = make("button", `ew-wall-button ${className}`.trim());
  button.type = "button";
  if (key) button.append(make("kbd", "ew-key", key));
  button.append(make("span", "", label));
  button.addEventListener("click", act);
  return button;
}

/** What is asked for: the instruction, prompt or guideline. @param {Wall} wall */
export function asked(wall) {
  return wall.texts.map(({ label, text }) => {
    const line = make("span", "ew-wall-text");
    line.append(make("span", "ew-wall-label", label), make("span", "", text));
    return line;
  });
}

/** What separates a level from the one below it, and from the one above. @param {Wall} wall @param {number} value */
export function borders(wall, value) {
  const note = (/** @type {number} */ one) => wall.levels.find((step) => step.value === one)?.boundary ?? "";
  const lowest = Math.min(...wall.levels.map((step) => step.value));
  // The lowest level has nothing below it; its note says when the next one fits better.
  const below = value === lowest ? [] : [note(value)];
  return [note(value + 1), ...(value === lowest ? [note(value)] : below)].filter(Boolean);
}
