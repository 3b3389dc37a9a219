// @ts-check
// Keeps decoded pictures and tiles by name: bounded by pixels, tells what is lacking, decodes ahead.

import { pictureOfTile } from "./tile_grid.js";

/** @typedef {{width: number, height: number, close(): void}} Decoded  what the cache counts and frees */
/**
 * @template {Decoded} D
 * @typedef {object} CacheOptions
 * @property {(pictures: string[]) => void} ask  have these fetched, and no others; told again while they lack
 * @property {(bytes: DataView, mediaType: string) => Promise<D>} decode
 * @property {number} [budget]  pixels to keep; what somebody holds may exceed it
 */

/** A decoded pixel takes 4 bytes: about 256 MB, some forty pictures of 1.5 megapixels. */
const BUDGET = 64e6;

/**
 * Decode a picture off the main thread. EXIF orientation is applied by the browser.
 * @param {DataView} bytes
 * @param {string} mediaType
 */
export function decodePicture(bytes, mediaType) {
  return createImageBitmap(new Blob([/** @type {DataView<ArrayBuffer>} */ (bytes)], { type: mediaType }));
}

/** @template {Decoded} D */
export class PictureCache {
  /** @type {Map<string, D>} least recently used first */
  #pictures = new Map();
  /** @type {Set<string>} */
  #decoding = new Set();
  /** @type {Set<string>} */
  #unreadable = new Set();
  /** @type {Map<object, readonly string[]>} pictures that must stay, by who needs them */
  #held = new Map();
  /** @type {Set<(picture: string) => void>} */
  #listeners = new Set();
  #ask;
  #decode;
  #budget;

  /** @param {CacheOptions<D>} options */
  constructor({ ask, decode, budget = BUDGET }) {
    this.#ask = ask;
    this.#decode = decode;
    this.#budget = budget;
  }

  /** Pixels kept now. */
  get pixels() {
    let sum = 0;
    for (const { width, height } of this.#pictures.values()) sum += width * height;
    return sum;
  }

  /**
   * Tell what somebody needs, the most urgent first. It is kept until they need something else,
   * and what is lacking is asked for, in this order; what nobody needs any more no longer is.
   * @param {object} who
   * @param {readonly string[]} pictures
   */
  hold(who, pictures) {
    this.#held.delete(who);
    this.#held.set(who, pictures);
    for (const picture of pictures) this.get(picture);
    this.#askForLacking();
    this.#evict();
  }

  /** @param {object} who  who needs nothing any more */
  release(who) {
    this.#held.delete(who);
    this.#askForLacking();
    this.#evict();
  }

  /**
   * @param {string} picture
   * @returns {D | undefined} the decoded picture, now the most recently used
   */
  get(picture) {
    const decoded = this.#pictures.get(picture);
    if (!decoded) return undefined;
    this.#pictures.delete(picture);
    this.#pictures.set(picture, decoded);
    return decoded;
  }

  /** @param {string} picture */
  isUnreadable(picture) {
    return this.#unreadable.has(picture);
  }

  /**
   * Take the bytes of a picture; resolves when it is decoded, or known to be unreadable.
   * @param {string} picture
   * @param {DataView} bytes
   * @param {string} mediaType
   */
  async receive(picture, bytes, mediaType) {
    if (this.#pictures.has(picture) || this.#decoding.has(picture)) return;
    this.#decoding.add(picture);
    try {
      this.#pictures.set(picture, await this.#decode(bytes, mediaType));
      this.#unreadable.delete(picture);
    } catch {
      this.#unreadable.add(picture); // the stage says so in the picture's place
    }
    this.#decoding.delete(picture);
    this.#evict();
    for (const listener of this.#listeners) listener(picture);
  }

  /**
   * Call back whenever a picture was decoded, or is known to be unreadable.
   * @param {(picture: string) => void} listener
   * @param {AbortSignal} signal
   */
  onArrival(listener, signal) {
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener));
  }

  /** Free everything. */
  clear() {
    this.#held.clear();
    for (const decoded of this.#pictures.values()) decoded.close();
    this.#pictures.clear();
  }

  /** @param {string} picture */
  #isLacking(picture) {
    return ![this.#pictures, this.#decoding, this.#unreadable].some((known) => known.has(picture));
  }

  /** Whoever spoke last comes first. */
  #askForLacking() {
    const needed = new Set([...this.#held.values()].reverse().flat());
    this.#ask([...needed].filter((picture) => this.#isLacking(picture)));
  }

  /** Tiles of pictures that nobody needs go first, then whatever was used longest ago. */
  #evict() {
    const held = new Set([...this.#held.values()].flat());
    const free = [...this.#pictures.keys()].filter((picture) => !held.has(picture));
    const isLeft = (/** @type {string} */ picture) => pictureOfTile(picture) !== picture && !held.has(pictureOfTile(picture));
    let pixels = this.pixels;
    for (const picture of [...free.filter(isLeft), ...free.filter((picture) => !isLeft(picture))]) {
      if (pixels <= this.#budget) return;
      const decoded = /** @type {D} */ (this.#pictures.get(picture));
      pixels -= decoded.width * decoded.height;
      this.#pictures.delete(picture);
      decoded.close();
    }
  }
}
