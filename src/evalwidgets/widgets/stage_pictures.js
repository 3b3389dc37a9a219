// @ts-check
// The pictures of a scene as they are drawn: which are needed, which are there, and their pixels.

import { hashesOf } from "./scene_track.js";
import { hasSize } from "./comparison.js";
import { softened } from "./softened.js";

/** @typedef {import("./stage_canvas.js").Drawing} PictureDrawing */
/** @typedef {import("./scene_track.js").Scene} PictureScene */
/** @typedef {import("./scene_track.js").Picture} ScenePicture */

/** From this zoom on, a picture's own pixels are shown as squares. */
export const SQUARES = 4;

export class StagePictures {
  #cache;
  /** @type {WeakMap<ImageBitmap, Partial<Record<"blurred" | "grey", HTMLCanvasElement | null>>>} */
  #softened = new WeakMap();

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

  /** @param {ScenePicture} picture */
  isUnreadable(picture) {
    const hash = hashOf(picture);
    return hash !== null && this.#cache.isUnreadable(hash);
  }

  /** Whether a picture is revealed and not there yet; its cover stands for it. @param {ScenePicture} picture */
  isAwaited(picture) {
    const hash = hashOf(picture);
    if (!picture.veil || picture.veil.look === "covered") return false;
    return hash === null || !(this.#cache.get(hash) || this.#cache.isUnreadable(hash));
  }

  /**
   * Draw a picture in its place; the context is clipped to its slot.
   * @param {CanvasRenderingContext2D} context
   * @param {PictureDrawing} drawing
   */
  paint(context, { picture, rect, zoom }) {
    if (!hasSize(picture)) return;
    const bitmap = picture.picture && this.#cache.get(picture.picture);
    const pixels = bitmap || this.#veil(picture);
    if (!pixels) return;
    context.imageSmoothingEnabled = pixels !== bitmap || zoom < SQUARES;
    context.imageSmoothingQuality = "high";
    context.drawImage(pixels, rect.x, rect.y, rect.width, rect.height);
  }

  /** A softer copy of a sensitive picture if it is looked at in that way, else its cover. @param {ScenePicture} picture */
  #veil({ veil }) {
    return veil && (this.#softer(veil) ?? this.#cache.get(veil.cover));
  }

  /** @param {import("./covers.js").Veil} veil */
  #softer({ look, behind }) {
    const bitmap = behind && this.#cache.get(behind);
    if (!bitmap || (look !== "blurred" && look !== "grey")) return null;
    const made = this.#softened.get(bitmap) ?? {};
    this.#softened.set(bitmap, made);
    if (made[look] === undefined) made[look] = softened(bitmap, look);
    return made[look] ?? null;
  }
}

/** @param {ScenePicture} picture @returns {string | null} */
function hashOf({ picture, veil }) {
  return veil ? veil.behind : picture;
}
