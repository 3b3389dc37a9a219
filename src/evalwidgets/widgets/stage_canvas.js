// @ts-check
// The canvas of the stage: draws the pictures of one look through one view, and moves that view.

import { actualScale, clamp, fit, isScale, pan, pictureZoom, placement, reseat, roomFor, screenRect, slotAt, slotsOf, toggleActual, zoomTo } from "./viewport.js";
import { hasSize } from "./comparison.js";

/** @typedef {import("./scene_track.js").Picture} DrawnPicture */
/**
 * What is looked at: the picture of each slot, all pictures of the scene, the size they share.
 * @typedef {object} Look
 * @property {"flip" | "side" | "wipe"} mode
 * @property {DrawnPicture[]} pictures
 * @property {DrawnPicture[]} all
 * @property {import("./viewport.js").Size} frame
 */

/** CSS pixels around a fitted picture, so that its edges can be judged, and between two panes. */
const MARGIN = 8;
const GAP = 8;
/** From this zoom on, a picture's own pixels are shown as squares. */
const SQUARES = 4;
const WHEEL_UNITS = [1, 16, 400];

/**
 * @param {WheelEvent} event
 * @returns {number} the factor of one wheel step or pinch, within reason
 */
function wheelFactor({ deltaY, deltaMode, ctrlKey }) {
  const speed = ctrlKey ? 0.01 : 0.0015;
  return Math.exp(clamp(-deltaY * WHEEL_UNITS[deltaMode] * speed, -0.4, 0.4));
}

/**
 * The browser's own count of device pixels knows where the element begins between two of them; an
 * emulated screen reports CSS pixels instead.
 * @param {number} length  in CSS pixels
 * @param {number} [exact]
 */
function devicePixels(length, exact = 0) {
  const near = length * devicePixelRatio;
  return Math.abs(exact - near) <= 1 ? exact : Math.round(near);
}

export class StageCanvas {
  /** @type {Look | null} */
  #look = null;
  #view = { x: 0, y: 0, scale: 1, fitted: true };
  #divider = 0.5;
  #frame = 0; // the animation frame that will draw
  /** @type {import("./viewport.js").Point | null} where the pointer is on the canvas */
  #pointer = null;
  #canvas;
  #context;
  #bitmapOf;
  #drawn;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {(picture: string) => ImageBitmap | undefined} bitmapOf
   * @param {() => void} drawn  called in the frame in which the canvas was drawn
   * @param {AbortSignal} signal
   */
  constructor(canvas, bitmapOf, drawn, signal) {
    this.#canvas = canvas;
    this.#bitmapOf = bitmapOf;
    this.#drawn = drawn;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.#listen(signal);
    const observer = new ResizeObserver(([entry]) => this.#resize(entry));
    observer.observe(canvas, "devicePixelContentBoxSize" in ResizeObserverEntry.prototype ? { box: "device-pixel-content-box" } : {});
    signal.addEventListener("abort", () => {
      observer.disconnect();
      cancelAnimationFrame(this.#frame);
    });
  }

  /** @param {Look | null} look  null: nothing, the plain surround */
  show(look) {
    this.#look = look;
    this.#reseat();
    this.#redraw();
  }

  /** The whole picture again, the divider in the middle. */
  reset() {
    this.#view = { ...this.#view, fitted: true };
    this.#divider = 0.5;
  }

  /** The zoom of each slot's picture; 1 is one of its pixels on one device pixel. */
  get zooms() {
    const { pictures, frame } = this.#look ?? { pictures: [], frame: { width: 1, height: 1 } };
    return pictures.filter(hasSize).map((picture) => pictureZoom(this.#view, picture, frame));
  }

  get isActual() {
    return this.#look !== null && isScale(this.#view, this.#actual());
  }

  /** Share of the width left of the wipe's divider. */
  get divider() {
    return this.#divider;
  }

  set divider(share) {
    this.#divider = clamp(share, 0, 1);
    this.#redraw();
  }

  /** @param {number} factor @param {import("./viewport.js").Point | null} at  on the screen */
  zoomBy(factor, at = null) {
    if (!this.#look) return;
    this.#view = zoomTo(this.#view, this.#view.scale * factor, this.#inPane(at), this.#room());
    this.#redraw();
  }

  /** 1:1 at the pointer, or in the middle if it is elsewhere; from 1:1 back to the whole picture. */
  toggleActual() {
    if (!this.#look) return;
    this.#view = toggleActual(this.#view, this.#actual(), this.#inPane(this.#pointer), this.#room());
    this.#redraw();
  }

  /** Device pixels per CSS pixel. */
  get #ratio() {
    return this.#canvas.clientWidth ? this.#canvas.width / this.#canvas.clientWidth : 1;
  }

  #slots() {
    return slotsOf(this.#look?.mode ?? "flip", this.#canvas, Math.round(GAP * this.#ratio), this.#divider);
  }

  #room() {
    const { frame, all } = this.#look ?? { frame: { width: 1, height: 1 }, all: [] };
    return roomFor(frame, this.#slots()[0].pane, all.filter(hasSize), MARGIN * this.#ratio);
  }

  /** The view scale at which the main picture, the last of the slots, is 1:1. */
  #actual() {
    const main = this.#look?.pictures.findLast(hasSize);
    return main && this.#look ? actualScale(main, this.#look.frame) : 1;
  }

  /** A point of the screen relative to its pane; the middle of the pane if there is none. */
  #inPane(/** @type {import("./viewport.js").Point | null} */ at) {
    const { pane } = at ? slotAt(this.#slots(), at) : this.#slots()[0];
    return at ? { x: at.x - pane.x, y: at.y - pane.y } : { x: pane.width / 2, y: pane.height / 2 };
  }

  #reseat() {
    if (this.#look && this.#canvas.width) this.#view = reseat(this.#view, this.#room());
  }

  #redraw() {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!this.#canvas.clientWidth) return; // not in sight: drawn as soon as it has a size
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    const slots = this.#slots();
    this.#look?.pictures.forEach((picture, index) => this.#paint(picture, slots[index], this.#look?.frame));
    this.#drawn();
  }

  /**
   * @param {DrawnPicture} picture
   * @param {import("./viewport.js").Slot} slot
   * @param {import("./viewport.js").Size} [frame]
   */
  #paint(picture, { pane, clip }, frame) {
    const bitmap = picture.picture && hasSize(picture) && this.#bitmapOf(picture.picture);
    if (!bitmap || !frame) return;
    const context = this.#context;
    const { x, y, width, height } = screenRect(this.#view, pane, placement(picture, frame));
    context.save();
    context.beginPath();
    context.rect(clip.x, clip.y, clip.width, clip.height);
    context.clip();
    context.imageSmoothingEnabled = pictureZoom(this.#view, picture, frame) < SQUARES;
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, x, y, width, height);
    context.restore();
  }

  /** A new size empties the canvas, so it is drawn at once, before the browser shows it. @param {ResizeObserverEntry} entry */
  #resize({ contentRect, devicePixelContentBoxSize }) {
    const exact = devicePixelContentBoxSize?.[0];
    const width = devicePixels(contentRect.width, exact?.inlineSize);
    const height = devicePixels(contentRect.height, exact?.blockSize);
    if (!width || !height) return; // scrolled out of a windowed notebook: keep the place
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#reseat();
    this.#draw();
  }

  /** @param {MouseEvent} event @returns {import("./viewport.js").Point} */
  #at({ clientX, clientY }) {
    const box = this.#canvas.getBoundingClientRect();
    return { x: (clientX - box.left) * this.#ratio, y: (clientY - box.top) * this.#ratio };
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const canvas = this.#canvas;
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault(); // neither the notebook nor the page scrolls or zooms
      event.stopPropagation();
      this.zoomBy(wheelFactor(event), this.#at(event));
    }, { passive: false, signal });
    canvas.addEventListener("pointerdown", (event) => {
      this.#pointer = this.#at(event);
      if (event.button <= 1) canvas.setPointerCapture(event.pointerId);
    }, { signal });
    canvas.addEventListener("pointermove", (event) => this.#moved(event), { signal });
    canvas.addEventListener("pointerleave", () => (this.#pointer = null), { signal });
    canvas.addEventListener("dblclick", () => this.toggleActual(), { signal });
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    const at = this.#at(event);
    const before = this.#pointer;
    this.#pointer = at;
    if (!before || !this.#look || !this.#canvas.hasPointerCapture(event.pointerId)) return;
    this.#view = pan(this.#view, at.x - before.x, at.y - before.y, this.#room());
    this.#redraw();
  }
}
