// @ts-check
// The pictures of a scene as they are drawn: which are needed, which are there, and their pixels.

import { hashesOf } from "./scene_track.js";
import { hasSize } from "./comparison.js";
import { softened } from "./softened.js";
import { BigPictures } from "./big_pictures.js";
import { ChannelPixels } from "./channel_pixels.js";
import { isBig, tileAt } from "./tile_grid.js";

/** @typedef {import("./stage_canvas.js").Drawing} PictureDrawing */
/** @typedef {import("./scene_track.js").Scene} PictureScene */
/** @typedef {import("./scene_track.js").Picture} ScenePicture */
/** @typedef {import("./channels.js").Channel} PictureChannel */

/** From this zoom on, a picture's own pixels are shown as squares. */
export const SQUARES = 4;

export class StagePictures {
  /** What is needed: by whom, for the scene that is shown, of it what is in sight, and for the next. */
  #needs = { who: /** @type {object} */ (this), shown: /** @type {PictureScene | null} */ (null), next: /** @type {(PictureScene | null)[]} */ ([]) };
  /** @type {string[]} tiles in sight, the most urgent first */
  #tiles = [];
  /** @type {PictureChannel} */
  #channel = "colour";
  #big = new BigPictures();
  /** @type {WeakMap<ImageBitmap, Partial<Record<"blurred" | "grey", HTMLCanvasElement | null>>>} */
  #softened = new WeakMap();
  /** @type {OffscreenCanvasRenderingContext2D | null} one pixel, to be read */
  #probe = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  /** @type {() => void} */
  #channelMade = () => {};
  #cache;
  #channels;

  /**
   * @param {import("./picture_cache.js").PictureCache<ImageBitmap>} cache
   * @param {() => void} redraw  there are pixels that were not there when it was drawn
   * @param {AbortSignal} signal
   */
  constructor(cache, redraw, signal) {
    this.#cache = cache;
    this.#channels = new ChannelPixels((name) => cache.get(name), () => {
      this.#channelMade();
      redraw();
    }, signal);
    cache.onArrival((name) => {
      if (this.#tiles.includes(name)) redraw();
    }, signal);
  }

  /**
   * Keep what is shown and what comes next, the most urgent first.
   * @param {object} who
   * @param {PictureScene | null} shown
   * @param {(PictureScene | null)[]} next
   */
  hold(who, shown, next) {
    this.#needs = { who, shown, next };
    this.#holdAll();
  }

  /**
   * Of big pictures, have these tiles, and no others.
   * @param {string[]} tiles  the most urgent first
   * @returns {boolean} whether all of them are there
   */
  lookAt(tiles) {
    this.#tiles = tiles;
    this.#holdAll();
    return tiles.every((tile) => this.#cache.get(tile) || this.#cache.isUnreadable(tile));
  }

  #holdAll() {
    const { who, shown, next } = this.#needs;
    this.#cache.hold(who, [...hashesOf(shown), ...this.#tiles, ...next.flatMap(hashesOf)]);
  }

  /** Another task is shown. */
  reset() {
    this.#tiles = [];
    this.#big.reset();
  }

  /** The channel in which all pictures are drawn. */
  get channel() {
    return this.#channel;
  }

  /**
   * Have a channel made of these pictures, and of the tiles in sight; draw in it once all of these
   * pictures are made, and until then as before.
   * @param {PictureChannel} channel
   * @param {string[]} pictures
   * @param {() => void} made  called when there is one more
   * @returns {boolean} whether it is drawn in now
   */
  drawIn(channel, pictures, made) {
    this.#channelMade = made;
    const there = pictures.filter((picture) => this.#cache.get(picture));
    this.#channels.want(channel, channel === "colour" ? [] : [...there, ...this.#tiles]);
    if (this.#channel === channel) return true;
    if (channel !== "colour" && !there.every((picture) => this.#channels.get(channel, picture))) return false;
    this.#channel = channel;
    this.#big.reset();
    return true;
  }

  /**
   * The pixels of a picture or a tile, as it is looked at now.
   * @param {string} name
   * @returns {ImageBitmap | undefined}
   */
  pixelsOf(name) {
    return this.#channel === "colour" ? this.#cache.get(name) : this.#channels.get(this.#channel, name);
  }

  /**
   * The colour of one pixel of a picture, whatever channel is drawn.
   * @param {ScenePicture} picture
   * @param {{x: number, y: number}} pixel
   * @returns {Uint8ClampedArray | null} sRGB and alpha; null when the pixel itself is not there (yet)
   */
  colourAt(picture, { x, y }) {
    if (picture.picture === null) return null;
    const side = picture.tiles?.size ?? 0;
    const tile = isBig(picture) ? tileAt(picture, 1, Math.floor(x / side), Math.floor(y / side)) : null;
    const bitmap = this.#cache.get(tile?.name ?? picture.picture);
    if (!bitmap || !this.#probe) return null;
    this.#probe.clearRect(0, 0, 1, 1);
    this.#probe.drawImage(bitmap, x - (tile?.covers.x ?? 0), y - (tile?.covers.y ?? 0), 1, 1, 0, 0, 1, 1);
    return this.#probe.getImageData(0, 0, 1, 1).data;
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
  paint(context, drawing) {
    const { picture, rect, zoom, moving } = drawing;
    if (!hasSize(picture)) return;
    const bitmap = picture.picture ? this.pixelsOf(picture.picture) : undefined;
    const pixels = bitmap ?? this.#veil(picture);
    if (!pixels) return;
    context.imageSmoothingEnabled = pixels !== bitmap || zoom < SQUARES;
    context.imageSmoothingQuality = moving ? quickQuality(zoom) : "high";
    if (bitmap && isBig(picture)) this.#big.paint(context, drawing, bitmap, (name) => this.pixelsOf(name));
    else context.drawImage(pixels, rect.x, rect.y, rect.width, rect.height);
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

/** While the picture moves, what takes a quarter of the time and is hardly seen. @param {number} zoom @returns {ImageSmoothingQuality} */
function quickQuality(zoom) {
  return zoom < 0.5 ? "medium" : "low";
}
