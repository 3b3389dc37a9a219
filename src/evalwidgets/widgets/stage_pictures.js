// @ts-check
// The pictures of a scene as they are drawn: which are needed, which are there, and their pixels.

import { hashesOf } from "./scene_track.js";
import { hasSize } from "./comparison.js";

/** @typedef {import("./stage_canvas.js").Drawing} PictureDrawing */
/** @typedef {import("./scene_track.js").Scene} PictureScene */

/** From this zoom on, a picture's own pixels are shown as squares. */
export const SQUARES = 4;

export class StagePictures {
  #cache;

  /** @param {import("./picture_cache.js").PictureCache<ImageBitmap>} cache */
  constructor(cache) {
    this.#cache = cache;
  }

  /**
   * Keep what is shown and what comes next, the most urgent first.
   * @param {object} who
   * @param {PictureScene | null} shown
   * @param {(PictureScene | null)[]} next
   */
  hold(who, shown, next) {
    this.#cache.hold(who, [...hashesOf(shown), ...next.flatMap(hashesOf)]);
  }

  /** All pictures of a scene appear together, so that holding a key never finds one missing. @param {PictureScene} scene */
  isReady(scene) {
    return hashesOf(scene).every((hash) => this.#cache.get(hash) || this.#cache.isUnreadable(hash));
  }

  /** @param {string | null} picture */
  isUnreadable(picture) {
    return picture !== null && this.#cache.isUnreadable(picture);
  }

  /**
   * Draw a picture in its place; the context is clipped to its slot.
   * @param {CanvasRenderingContext2D} context
   * @param {PictureDrawing} drawing
   */
  paint(context, { picture, rect, zoom }) {
    const bitmap = picture.picture && hasSize(picture) && this.#cache.get(picture.picture);
    if (!bitmap) return;
    context.imageSmoothingEnabled = zoom < SQUARES;
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, rect.x, rect.y, rect.width, rect.height);
  }
}
