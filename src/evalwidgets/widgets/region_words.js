// @ts-check
// What the stage says about regions: what hands and keys can do now, and what the region under the
// pointer is.

import { boxAround, onScreen } from "./region_shapes.js";
import { say } from "./stage_page.js";

/** @typedef {import("./region_paint.js").Mark} ToldMark */
/** @typedef {import("./stage_canvas.js").Drawing} ToldDrawing */
/** @typedef {import("./region_shapes.js").Shape} ToldShape */

export class RegionWords {
  #hint = document.createElement("p");
  #tip = document.createElement("div");
  #title = document.createElement("b");
  #note = document.createElement("span");
  #area;
  #marks;
  #pen;

  /**
   * @param {HTMLElement} area  over the canvas
   * @param {import("./region_marks.js").RegionMarks} marks
   * @param {import("./region_pen.js").RegionPen} pen
   */
  constructor(area, marks, pen) {
    this.#area = area;
    this.#marks = marks;
    this.#pen = pen;
    this.#hint.className = "ew-region-hint";
    this.#tip.className = "ew-region-tip";
    this.#note.className = "ew-region-tip-note";
    this.#note.dir = "auto";
    this.#hint.hidden = this.#tip.hidden = true;
    this.#tip.append(this.#title, this.#note);
    area.append(this.#hint, this.#tip);
  }

  /**
   * Bring the words up to date, in the frame that was drawn.
   * @param {ToldMark | null} tipped  the region to tell of
   * @param {ToldDrawing[]} drawings
   */
  write(tipped, drawings) {
    this.#hint.hidden = !this.#marks.isMarking || drawings.length === 0;
    if (!this.#hint.hidden) say(this.#hint, hintFor(this.#pen, this.#marks.told.shapes, this.#marks.selected !== undefined));
    this.#tip.hidden = tipped === null || this.#marks.hidden;
    if (tipped && !this.#tip.hidden) this.#tell(tipped, drawings);
  }

  /** @param {ToldMark} mark @param {ToldDrawing[]} drawings */
  #tell({ region, label, title }, drawings) {
    say(this.#title, [label, title].filter(Boolean).join("  "));
    say(this.#note, region.note);
    this.#note.hidden = region.note === "";
    const pane = drawings.find(({ picture }) => picture.role === region.role) ?? drawings[0];
    const target = pane && this.#marks.target(pane, region.role);
    if (!target) return;
    const [least, most] = boxAround(region.points).map((corner) => onScreen(corner, target.rect, region.size));
    const { clientWidth, clientHeight } = this.#area;
    const { offsetWidth, offsetHeight } = this.#tip;
    const below = most.y / pane.ratio + 12;
    const above = least.y / pane.ratio - 26 - offsetHeight;
    const top = below + offsetHeight <= clientHeight - 4 || above < 4 ? Math.min(below, clientHeight - offsetHeight - 4) : above;
    this.#tip.style.top = `${top}px`;
    this.#tip.style.left = `${Math.max(4, Math.min(least.x / pane.ratio, clientWidth - offsetWidth - 4))}px`;
  }
}

/**
 * What hands and keys can do now.
 * @param {import("./region_pen.js").RegionPen} pen
 * @param {ToldShape[]} shapes
 * @param {boolean} selected
 */
export function hintFor(pen, shapes, selected) {
  if (pen.held && pen.byKeys) return "Arrows move · Tab: corners · Enter keeps · Esc leaves it";
  if (pen.draft?.shape === "polygon" && !pen.byKeys) return "Click corners · Enter or the first corner closes · Backspace takes one back · Esc ends";
  if (pen.shape === "polygon" && pen.isBusy) return "Arrows move · Enter sets a corner, again there closes · Backspace takes one back · Esc ends";
  if (pen.draft || pen.cross) return pen.byKeys ? "Arrows move, with Shift finely · Enter sets a corner · Esc ends" : "Esc ends";
  const free = [shapes.includes("box") && "Drag a box", shapes.includes("point") && "click a point"].filter(Boolean).join(", ");
  const draws = pen.shape === "polygon" ? "Click the corners of a polygon" : free[0]?.toUpperCase() + free.slice(1);
  return [draws, selected ? "Enter: move by keys" : "Enter: draw by keys", "Alt drag, middle drag: move the picture"].join(" · ");
}
