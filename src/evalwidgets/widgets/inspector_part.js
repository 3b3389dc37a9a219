// @ts-check
// Looking at single pixels: from 400 % on their grid, and the values of one in every picture of the scene.
//
// The pixel is the one under the pointer, or without one that in the middle, which then has a mark.

import { frameOf } from "./comparison.js";
import { SQUARES } from "./stage_pictures.js";
import { element, say } from "./stage_page.js";
import { pixelAt, placement, screenRect } from "./viewport.js";
import { partRect } from "./tile_grid.js";
import { colourWords, cornerAwayFrom, hexOf } from "./readout.js";

/** @typedef {import("./stage_canvas.js").Stage} InspectedStage */
/** @typedef {import("./stage_canvas.js").Drawing} InspectedDrawing */
/** @typedef {import("./scene_track.js").Picture} InspectedPicture */
/** @typedef {{x: number, y: number}} PixelPoint */

/** The most pictures of one scene: an original and four candidates. */
const ROWS = 5;
const SAID_AFTER_MS = 400;
/** Seen on any colour, light and dark by turns; in full from three times the first zoom on. */
const GRID_DARK = "rgb(0 0 0 / 32%)";
const GRID_LIGHT = "rgb(255 255 255 / 32%)";
const DASH = 3;

export class InspectorPart {
  #stage;
  #chip = element("div", "ew-stage-readout", { "aria-hidden": "true" });
  #head = element("span", "ew-readout-place");
  #rows = Array.from({ length: ROWS }, () => buildRow());
  /** @type {CanvasPattern | null} */
  #pattern = null;
  /** The chip's size, and the number of letters with which it was measured: measuring costs a layout. */
  #size = { width: 0, height: 0, letters: -1 };
  #said = "";
  #saying = 0; // timer

  /** @param {InspectedStage} stage */
  constructor(stage) {
    this.#stage = stage;
    this.#chip.append(this.#head, ...this.#rows.flatMap(({ cells }) => cells));
    this.#chip.hidden = true;
    stage.area.append(this.#chip);
    stage.signal.addEventListener("abort", () => clearTimeout(this.#saying));
  }

  reset() {
    this.#said = "";
    clearTimeout(this.#saying);
  }

  hover() {
    if (this.#isClose(this.#stage.canvas.drawings)) this.#stage.canvas.redraw();
  }

  /** @param {CanvasRenderingContext2D} context @param {InspectedDrawing} drawing */
  paint(context, drawing) {
    if (!this.#isClose([drawing])) return;
    this.#paintGrid(context, drawing);
    const pixel = pixelAt(drawing.rect, drawing.picture, this.#pointIn(drawing.pane));
    if (pixel) paintMark(context, drawing, pixel, this.#stage.canvas.pointer === null);
  }

  /** @param {InspectedDrawing[]} drawings */
  write(drawings) {
    const close = this.#isClose(drawings);
    this.#chip.hidden = !close;
    if (!close) return;
    const pointer = this.#stage.canvas.pointer;
    const main = (pointer && this.#stage.canvas.drawingAt(pointer)) ?? drawings[drawings.length - 1];
    this.#read(main);
    this.#place(drawings);
  }

  /** @param {InspectedDrawing[]} drawings */
  #isClose(drawings) {
    return drawings.some(({ picture, zoom }) => zoom > SQUARES && picture.picture !== null);
  }

  /** The point that is inspected, as it lies in a pane: the same place of the frame in each. @param {import("./viewport.js").Rect} pane */
  #pointIn(pane) {
    const { canvas } = this.#stage;
    const under = canvas.pointer && canvas.drawingAt(canvas.pointer);
    if (!canvas.pointer || !under) return { x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 };
    return { x: pane.x + canvas.pointer.x - under.pane.x, y: pane.y + canvas.pointer.y - under.pane.y };
  }

  /** Write the values of all pictures of the scene at the place inspected. @param {InspectedDrawing} main */
  #read({ picture, rect, pane }) {
    const { scene, canvas, pixels } = this.#stage;
    const point = this.#pointIn(pane);
    const pixel = pixelAt(rect, picture, point);
    const frame = scene && frameOf(scene);
    say(this.#head, pixel ? `column ${pixel.x}, row ${pixel.y}` : "beside the picture");
    const seen = (scene?.pictures ?? []).filter((one) => one.picture !== null && one.width > 0);
    const words = this.#rows.map((row, index) => {
      const one = seen[index];
      for (const cell of row.cells) cell.hidden = !one;
      if (!one || !frame) return "";
      const there = pixelAt(screenRect(canvas.view, pane, placement(one, frame)), one, point);
      const colour = there && pixels.colourAt(one, there);
      const elsewhere = there && pixel && (there.x !== pixel.x || there.y !== pixel.y) ? ` (${there.x}, ${there.y})` : "";
      return showRow(row, one.label + elsewhere, colour, there !== null);
    });
    this.#sayLater([this.#head.textContent ?? "", ...words].filter(Boolean).join("; "));
  }

  /** Tell a screen reader what the keys have come to, when they rest. @param {string} words */
  #sayLater(words) {
    if (words === this.#said || this.#stage.canvas.pointer) return;
    this.#said = words;
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      if (!this.#chip.hidden) this.#stage.announce([words]);
    }, SAID_AFTER_MS);
  }

  /** In the lower left corner, or the upper one when the pixel is near, in any pane. @param {InspectedDrawing[]} drawings */
  #place(drawings) {
    const points = drawings.map(({ pane, ratio }) => {
      const { x, y } = this.#pointIn(pane);
      return { x: x / ratio, y: y / ratio };
    });
    const [{ ratio }] = drawings;
    const { width, height } = this.#stage.canvas.size;
    const letters = this.#chip.textContent?.length ?? 0;
    if (letters !== this.#size.letters) this.#size = { width: this.#chip.offsetWidth, height: this.#chip.offsetHeight, letters };
    this.#chip.dataset.corner = cornerAwayFrom(points, this.#size, { width: width / ratio, height: height / ratio }, "left");
  }

  /** @param {CanvasRenderingContext2D} context @param {InspectedDrawing} drawing */
  #paintGrid(context, { picture, rect, clip, zoom }) {
    const pattern = (this.#pattern ??= gridPattern(context));
    if (!pattern) return;
    pattern.setTransform(new DOMMatrix().translate(rect.x, rect.y));
    context.globalAlpha = Math.min(1, zoom / SQUARES / 3);
    context.fillStyle = pattern;
    const [left, top] = [Math.max(rect.x, clip.x), Math.max(rect.y, clip.y)];
    const right = Math.min(rect.x + rect.width, clip.x + clip.width);
    const bottom = Math.min(rect.y + rect.height, clip.y + clip.height);
    const across = rect.width / picture.width;
    const down = rect.height / picture.height;
    for (let column = Math.ceil((left - rect.x) / across); rect.x + column * across < right; column += 1) {
      context.fillRect(Math.round(rect.x + column * across), top, 1, bottom - top);
    }
    for (let row = Math.ceil((top - rect.y) / down); rect.y + row * down < bottom; row += 1) {
      context.fillRect(left, Math.round(rect.y + row * down), right - left, 1);
    }
    context.globalAlpha = 1;
  }
}

/** Short dashes, dark and light by turns. @param {CanvasRenderingContext2D} context */
function gridPattern(context) {
  const tile = new OffscreenCanvas(2 * DASH, 2 * DASH);
  const paint = tile.getContext("2d");
  if (!paint) return null;
  for (const [x, y] of [[0, 0], [DASH, 0], [0, DASH], [DASH, DASH]]) {
    paint.fillStyle = x === y ? GRID_DARK : GRID_LIGHT;
    paint.fillRect(x, y, DASH, DASH);
  }
  return context.createPattern(tile, "repeat");
}

/**
 * A frame around a pixel, never on it; with lines that lead to it when no pointer does.
 * @param {CanvasRenderingContext2D} context
 * @param {InspectedDrawing} drawing
 * @param {PixelPoint} pixel
 * @param {boolean} crossed
 */
function paintMark(context, { picture, rect, ratio }, pixel, crossed) {
  const { x, y, width, height } = partRect(rect, picture, { ...pixel, width: 1, height: 1 });
  const line = Math.max(1, Math.round(ratio));
  const arm = 12 * line;
  const [middle, centre] = [Math.round(x + (width - line) / 2), Math.round(y + (height - line) / 2)];
  const arms = [[x - line - arm, centre, arm, line], [x + width + line, centre, arm, line], [middle, y - line - arm, line, arm], [middle, y + height + line, line, arm]];
  for (const [colour, edge] of /** @type {const} */ ([["rgb(0 0 0 / 70%)", line], ["#ffffff", 0]])) {
    context.fillStyle = colour;
    context.beginPath();
    context.rect(x - line - edge, y - line - edge, width + 2 * (line + edge), height + 2 * (line + edge));
    context.rect(x, y, width, height);
    context.fill("evenodd");
    if (crossed) for (const [left, top, across, down] of arms) context.fillRect(left - edge, top - edge, across + 2 * edge, down + 2 * edge);
  }
}

function buildRow() {
  const swatch = element("span", "ew-readout-swatch");
  const [label, values, hex] = ["label", "values", "hex"].map((name) => element("span", `ew-readout-${name}`));
  return { swatch, label, values, hex, cells: [swatch, label, values, hex] };
}

/**
 * @param {ReturnType<typeof buildRow>} row
 * @param {string} name
 * @param {Uint8ClampedArray | null} colour
 * @param {boolean} inside  whether the picture goes so far
 * @returns {string} what it says
 */
function showRow({ swatch, label, values, hex }, name, colour, inside) {
  const words = colour ? colourWords(colour) : inside ? "loading …" : "beside it";
  say(label, name);
  say(values, words);
  say(hex, colour ? hexOf(colour) : "");
  swatch.style.background = colour ? hexOf(colour) : "none";
  return `${name} ${words}`;
}
