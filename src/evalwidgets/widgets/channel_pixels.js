// @ts-check
// Makes channels of decoded pictures a slice at a time, so that no frame waits, and keeps them.

import { channelRows } from "./channels.js";

/** @typedef {import("./channels.js").Channel} MadeChannel */

/** Milliseconds of work before the page gets its turn. */
const SLICE_MS = 8;
/** Pixels that are worked at before the clock is read. */
const BAND = 1 << 15;
/** Pixels to keep: about 192 MB, a dozen previews. What is wanted may exceed it. */
const KEPT = 48e6;

export class ChannelPixels {
  /** @type {Map<string, ImageBitmap>} least recently used first */
  #made = new Map();
  /** @type {{channel: MadeChannel, name: string}[]} */
  #wanted = [];
  #busy = false;
  #source;
  #changed;
  #signal;

  /**
   * @param {(name: string) => ImageBitmap | undefined} source  a decoded picture or tile
   * @param {() => void} changed  one more has been made
   * @param {AbortSignal} signal
   */
  constructor(source, changed, signal) {
    this.#source = source;
    this.#changed = changed;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.clear());
  }

  /** @param {MadeChannel} channel @param {string} name */
  get(channel, name) {
    const key = keyOf({ channel, name });
    const made = this.#made.get(key);
    if (!made) return undefined;
    this.#made.delete(key);
    this.#made.set(key, made);
    return made;
  }

  /**
   * Have these made, and no others.
   * @param {MadeChannel} channel
   * @param {string[]} names  the most urgent first; what is not decoded yet is left out
   */
  want(channel, names) {
    this.#wanted = names.map((name) => ({ channel, name }));
    if (!this.#busy) void this.#work();
  }

  clear() {
    this.#wanted = [];
    for (const made of this.#made.values()) made.close();
    this.#made.clear();
  }

  async #work() {
    this.#busy = true;
    for (let next = this.#next(); next; next = this.#next()) {
      const source = /** @type {ImageBitmap} */ (this.#source(next.name));
      const made = await channelOf(source, next.channel, () => !this.#isWanted(next));
      if (!made) continue;
      if (this.#signal.aborted) made.close();
      else this.#keep(keyOf(next), made);
    }
    this.#busy = false;
  }

  #next() {
    return this.#wanted.find((one) => !this.#made.has(keyOf(one)) && this.#source(one.name));
  }

  /** @param {{channel: MadeChannel, name: string}} one */
  #isWanted(one) {
    return this.#wanted.some((other) => keyOf(other) === keyOf(one));
  }

  /** @param {string} key @param {ImageBitmap} made */
  #keep(key, made) {
    this.#made.set(key, made);
    const wanted = new Set(this.#wanted.map(keyOf));
    let pixels = 0;
    for (const { width, height } of this.#made.values()) pixels += width * height;
    for (const [old, { width, height }] of this.#made) {
      if (pixels <= KEPT) break;
      if (wanted.has(old)) continue;
      pixels -= width * height;
      this.#made.get(old)?.close();
      this.#made.delete(old);
    }
    this.#changed();
  }
}

/** @param {{channel: MadeChannel, name: string}} one */
function keyOf({ channel, name }) {
  return `${channel} ${name}`;
}

/**
 * @param {ImageBitmap} bitmap
 * @param {MadeChannel} channel
 * @param {() => boolean} isMoot  nobody wants it any more
 * @returns {Promise<ImageBitmap | null>} null when it is moot
 */
async function channelOf(bitmap, channel, isMoot) {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  context.drawImage(bitmap, 0, 0); // at once: the cache may free the bitmap meanwhile
  const made = new ImageData(width, height);
  const rows = Math.max(1, Math.floor(BAND / width));
  let begun = performance.now();
  for (let row = 0; row < height; row += rows) {
    const end = Math.min(height, row + rows);
    const [above, below] = [Math.max(0, row - 1), Math.min(height, end + 1)];
    const band = context.getImageData(0, above, width, below - above);
    made.data.set(channelRows(channel, band, row - above, end - above), 4 * row * width);
    if (performance.now() - begun < SLICE_MS) continue;
    await turnOfThePage();
    if (isMoot()) return null;
    begun = performance.now();
  }
  return createImageBitmap(made);
}

/** Let frames and keys come first. @returns {Promise<void>} */
function turnOfThePage() {
  return new Promise((resolve) => setTimeout(resolve));
}
