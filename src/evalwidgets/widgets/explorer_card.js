// @ts-check
// One card of the contact sheet: the picture, which task, and what is remarkable about it.

import { piece } from "./board_elements.js";

/**
 * What the sheet knows of all tasks, column by column.
 * @typedef {{ids: string[], spread: number[], reviews: number[], flags: number[], suspect: number[], sensitive: number[]}} SheetTold
 */

export class Card {
  constructor() {
    this.image = piece("img", "ew-print-picture");
    this.image.decoding = "async";
    this.image.alt = "";
    this.image.draggable = false;
    this.name = piece("span", "ew-print-name");
    this.marks = piece("span", "ew-print-marks");
    this.cover = piece("span", "ew-print-cover", "Sensitive");
    this.tick = piece("span", "ew-print-tick", "✓");
    this.el = piece("div", "ew-print", piece("div", "ew-print-frame", this.image, this.cover, this.tick), piece("div", "ew-print-caption", this.name, this.marks));
    this.el.setAttribute("role", "gridcell");
    this.place = -1;
  }

  /** Show another task. @param {number} place @param {SheetTold} told */
  turn(place, told) {
    this.place = place;
    this.el.id = `ew-print-${place}`;
    this.el.dataset.task = told.ids[place];
    this.name.textContent = told.ids[place];
    this.cover.hidden = !told.sensitive[place];
    const marks = marksOf(place, told);
    this.marks.replaceChildren(...marks.map(({ text, kind, title }) => Object.assign(piece("span", `ew-print-mark ew-${kind}`, text), { title })));
    this.el.setAttribute("aria-label", [told.ids[place], ...marks.map(({ title }) => title)].join(", "));
  }

  /** @param {string | undefined} url  undefined until it has come, "" when it cannot be shown */
  picture(url) {
    this.el.classList.toggle("ew-waits", url === undefined);
    this.el.classList.toggle("ew-blank", url === "");
    if (url) this.image.src = url;
    else this.image.removeAttribute("src");
  }

  /** @param {boolean} focused @param {boolean} marked */
  state(focused, marked) {
    this.el.classList.toggle("ew-here", focused);
    this.el.classList.toggle("ew-marked", marked);
    this.el.setAttribute("aria-selected", String(marked));
  }

  /** @param {{x: number, y: number}} at @param {import("./explorer_grid.js").Grid} grid */
  lay({ x, y }, grid) {
    this.el.style.transform = `translate(${x}px, ${y}px)`;
    this.el.style.width = `${grid.width}px`;
    this.el.style.height = `${grid.height}px`;
  }
}

/** What is remarkable about a task, in a few characters each. @param {number} place @param {SheetTold} told */
export function marksOf(place, told) {
  const spread = told.spread[place];
  const flags = told.flags[place];
  const found = [];
  if (told.suspect[place]) found.push({ text: "gold?", kind: "suspect", title: "Reviewers agree against its gold" });
  if (flags) found.push({ text: `⚑ ${flags}`, kind: "flags", title: `Flagged ${flags === 1 ? "once" : `${flags} times`}` });
  if (spread >= 0) found.push({ text: `${spread}%`, kind: spread >= 25 ? "apart" : "near", title: `Reviewers lie ${spread} % of the scale apart; ${told.reviews[place]} reviews` });
  return found;
}
