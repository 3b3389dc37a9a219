// @ts-check
// Fetches the tiles of big pictures once the view rests, and forgets those that are no longer in sight.

import { frameOf } from "./comparison.js";
import { wantedTiles } from "./tile_grid.js";

/** @typedef {import("./stage_canvas.js").Stage} TileStage */
/** @typedef {import("./stage_canvas.js").Drawing} TileDrawing */

const RESTED_MS = 80;
const ASK_LOST_MS = 5000;

export class TilesPart {
  #look = ""; // what was looked at last
  #timer = 0;
  #stage;

  /** @param {TileStage} stage */
  constructor(stage) {
    this.#stage = stage;
    stage.signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  reset() {
    clearTimeout(this.#timer);
    this.#look = "";
  }

  /** @param {TileDrawing[]} drawings */
  write(drawings) {
    const look = JSON.stringify([this.#pictures.map(({ picture }) => picture), this.#stage.canvas.view, drawings.map(({ pane }) => pane)]);
    if (look === this.#look) return;
    this.#look = look;
    this.#seekAfter(RESTED_MS);
  }

  /** Those in sight, then the others of the scene. */
  get #pictures() {
    const { scene, pictures } = this.#stage;
    return [...new Set([...pictures, ...(scene?.pictures ?? [])])];
  }

  /** @param {number} delay */
  #seekAfter(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#seek(), delay);
  }

  #seek() {
    const { scene, canvas, pixels } = this.#stage;
    const [slot] = canvas.drawings;
    const frame = scene && frameOf(scene);
    const tiles = slot && frame ? wantedTiles(this.#pictures, frame, canvas.view, slot.pane, this.#point(slot)) : [];
    if (!pixels.lookAt(tiles)) this.#seekAfter(ASK_LOST_MS); // for what got lost on the way
  }

  /** Where the person looks, as if it was in the first pane. @param {TileDrawing} first */
  #point({ pane }) {
    const { pointer } = this.#stage.canvas;
    const under = pointer && this.#stage.canvas.drawingAt(pointer);
    if (!under) return { x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 };
    return { x: pane.x + pointer.x - under.pane.x, y: pane.y + pointer.y - under.pane.y };
  }
}
