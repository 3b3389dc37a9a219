// @ts-check
// The canvas of the stage: draws the pictures of one look through one view, and moves that view.
//
// Whatever else the stage can do is a *part* in a file of its own: it brings tools, paints over the
// pictures, writes to the page in the frame that was drawn, or takes the pointer before it pans.

import { actualScale, clamp, isScale, pan, pictureZoom, placement, reseat, roomFor, screenRect, slotAt, slotsOf, toggleActual, zoomTo } from "./viewport.js";
import { hasSize } from "./comparison.js";

/** @typedef {import("./scene_track.js").Picture} DrawnPicture */
/** @typedef {import("./viewport.js").Point} ScreenPoint */
/**
 * A picture in its slot, in device pixels of the canvas.
 * @typedef {object} Drawing
 * @property {DrawnPicture} picture
 * @property {number} index  of the slot
 * @property {import("./viewport.js").Rect} rect  where the whole picture lies, on whole pixels
 * @property {import("./viewport.js").Rect} pane
 * @property {import("./viewport.js").Rect} clip  what of the screen this slot may paint
 * @property {number} zoom  device pixels for each pixel of the picture
 * @property {number} ratio  device pixels for each CSS pixel
 * @property {boolean} moving  whether the view is on the move, so that speed counts more than polish
 */
/**
 * What a part may use of the stage it belongs to.
 * @typedef {object} Stage
 * @property {any} model  the widget's model (traits, messages)
 * @property {HTMLElement} root  the stage's own element
 * @property {HTMLElement} keys  where keys and events of the whole panel are heard
 * @property {HTMLElement} area  the element over the canvas, in which parts may place their own
 * @property {StageCanvas} canvas
 * @property {import("./stage_pictures.js").StagePictures} pixels  of the pictures, as they are drawn
 * @property {import("./picture_cache.js").PictureCache<ImageBitmap>} cache
 * @property {import("./scene_track.js").Scene | null} scene  what is shown
 * @property {DrawnPicture[]} pictures  the picture of each slot
 * @property {AbortSignal} signal  aborted when the view goes
 * @property {() => void} look  have the scene drawn and written anew in the next frame
 * @property {(words: string[]) => void} announce  tell a screen reader, each word once
 * @property {(message: {type: string, key: string} & Record<string, string>) => void} tell  the kernel of something about the scene with this key, once it is at that scene too
 */
/**
 * Something the stage can do. All members are optional.
 * @typedef {object} StagePart
 * @property {import("./stage_tools.js").Tool[]} [tools]
 * @property {HTMLElement} [element]  its own on the page; a mouse press on it leaves the focus where keys are heard
 * @property {() => void} [start]  the stage is in the page: keys and events can be listened to
 * @property {() => string} [described]  what the canvas shows beside the pictures' names, for a screen reader; may be empty
 * @property {() => void} [reset]  another task is shown: nothing of the one before stays
 * @property {(context: CanvasRenderingContext2D, drawing: Drawing) => void} [paint]  over one picture, clipped to its slot
 * @property {(drawings: Drawing[]) => void} [write]  to the page, in the frame that was drawn
 * @property {(event: PointerEvent, at: ScreenPoint, drawing: Drawing | null) => Drag | null} [grab]  take a press of the pointer; null leaves it to others
 * @property {(at: ScreenPoint | null, drawing: Drawing | null) => void} [hover]  the pointer moved without a press, or left (null)
 */
/**
 * A press of the pointer that a part has taken; it ends with `end`, or `cancel` when it was cut off.
 * @typedef {{move: (event: PointerEvent, at: ScreenPoint) => void, end: (event: PointerEvent, at: ScreenPoint) => void, cancel: () => void}} Drag
 */
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
/** After this long without a move the view rests. */
const REST_MS = 100;
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
  #moving = false;
  #rest = 0; // timer: the view has come to rest
  #frame = 0; // the animation frame that will draw
  /** @type {import("./viewport.js").Point | null} where the pointer is on the canvas */
  #pointer = null;
  /** @type {Drag | null} the press that a part has taken */
  #drag = null;
  /** @type {Drawing[]} what was drawn last */
  #drawings = [];
  /** @type {StagePart[]} */
  #parts = [];
  #canvas;
  #context;
  #pictures;
  #drawn;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import("./stage_pictures.js").StagePictures} pictures
   * @param {(drawings: Drawing[]) => void} drawn  called in the frame in which the canvas was drawn
   * @param {AbortSignal} signal
   */
  constructor(canvas, pictures, drawn, signal) {
    this.#canvas = canvas;
    this.#pictures = pictures;
    this.#drawn = drawn;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.#listen(signal);
    const observer = new ResizeObserver(([entry]) => this.#resize(entry));
    observer.observe(canvas, "devicePixelContentBoxSize" in ResizeObserverEntry.prototype ? { box: "device-pixel-content-box" } : {});
    signal.addEventListener("abort", () => {
      observer.disconnect();
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#rest);
    });
  }

  /** What paints over the pictures and may take the pointer, the first one first. @param {StagePart[]} parts */
  use(parts) {
    this.#parts = parts;
  }

  /** @param {Look | null} look  null: nothing, the plain surround */
  show(look) {
    this.#look = look;
    this.#reseat();
    this.redraw();
  }

  /** What was drawn last: the picture of each slot, and where. */
  get drawings() {
    return this.#drawings;
  }

  /** The frame point in the middle of each pane and device pixels for each frame pixel: what all panes share. */
  get view() {
    return { ...this.#view };
  }

  /** Of the whole canvas, in device pixels; asking costs no layout. */
  get size() {
    return { width: this.#canvas.width, height: this.#canvas.height };
  }

  /** Where the pointer is on the canvas; null when it is elsewhere. */
  get pointer() {
    return this.#pointer;
  }

  /** The slot under a point of the screen, as it was drawn last. @param {ScreenPoint} at @returns {Drawing | null} */
  drawingAt(at) {
    return this.#drawings.find(({ clip }) => at.x >= clip.x && at.x < clip.x + clip.width && at.y >= clip.y && at.y < clip.y + clip.height) ?? null;
  }

  /** Draw anew in the next frame. */
  redraw() {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  /** The whole picture again, the divider in the middle. */
  reset() {
    this.#moving = false;
    this.#view = { ...this.#view, fitted: true };
    this.#divider = 0.5;
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
    this.redraw();
  }

  /** @param {number} factor @param {import("./viewport.js").Point | null} at  on the screen */
  zoomBy(factor, at = null) {
    if (!this.#look) return;
    this.#move(zoomTo(this.#view, this.#view.scale * factor, this.#inPane(at), this.#room()));
  }

  /** Move the picture by a distance on the screen. @param {number} dx @param {number} dy */
  panBy(dx, dy) {
    if (!this.#look) return;
    this.#move(pan(this.#view, dx, dy, this.#room()));
  }

  /** Bring a point of the frame into the middle of each pane. @param {import("./viewport.js").Point} point */
  centre({ x, y }) {
    const { scale } = this.#view;
    this.panBy((this.#view.x - x) * scale, (this.#view.y - y) * scale);
  }

  /** 1:1 at the pointer, or in the middle if it is elsewhere; from 1:1 back to the whole picture. */
  toggleActual() {
    if (!this.#look) return;
    this.#move(toggleActual(this.#view, this.#actual(), this.#inPane(this.#pointer), this.#room()));
  }

  /** @param {import("./viewport.js").View} view */
  #move(view) {
    this.#view = view;
    this.#moving = true;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#moving = false;
      this.redraw();
    }, REST_MS);
    this.redraw();
  }

  /** Device pixels per CSS pixel. */
  get #ratio() {
    return this.#canvas.clientWidth ? this.#canvas.width / this.#canvas.clientWidth : 1;
  }

  #slots() {
    const { mode, pictures } = this.#look ?? { mode: /** @type {"flip"} */ ("flip"), pictures: [] };
    return slotsOf(mode, this.#canvas, Math.round(GAP * this.#ratio), this.#divider, pictures.length);
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

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!this.#canvas.clientWidth) return; // not in sight: drawn as soon as it has a size
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#drawings = this.#laid();
    for (const drawing of this.#drawings) this.#paint(drawing);
    this.#drawn(this.#drawings);
  }

  /** @returns {Drawing[]} where each slot's picture lies */
  #laid() {
    const { pictures, frame } = this.#look ?? { pictures: [], frame: { width: 1, height: 1 } };
    const slots = this.#slots();
    return pictures.flatMap((picture, index) => {
      if (!hasSize(picture)) return [];
      const rect = screenRect(this.#view, slots[index].pane, placement(picture, frame));
      return { picture, index, rect, ...slots[index], zoom: pictureZoom(this.#view, picture, frame), ratio: this.#ratio, moving: this.#moving };
    });
  }

  /** @param {Drawing} drawing */
  #paint(drawing) {
    const context = this.#context;
    const { clip } = drawing;
    context.save();
    context.beginPath();
    context.rect(clip.x, clip.y, clip.width, clip.height);
    context.clip();
    this.#pictures.paint(context, drawing);
    for (const part of this.#parts) part.paint?.(context, drawing);
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
    canvas.addEventListener("pointerdown", (event) => this.#pressed(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.#moved(event), { signal });
    canvas.addEventListener("pointerup", (event) => this.#released(event), { signal });
    for (const cut of ["pointercancel", "lostpointercapture"]) canvas.addEventListener(cut, () => this.#cutOff(), { signal });
    canvas.addEventListener("pointerleave", () => {
      this.#pointer = null;
      for (const part of this.#parts) part.hover?.(null, null);
    }, { signal });
    canvas.addEventListener("dblclick", () => this.toggleActual(), { signal });
  }

  /** @param {PointerEvent} event */
  #pressed(event) {
    const at = this.#at(event);
    this.#pointer = at;
    if (event.button > 1) return;
    this.#canvas.setPointerCapture(event.pointerId);
    if (event.button !== 0) return; // the wheel's button always moves the picture
    for (const part of this.#parts) this.#drag ??= part.grab?.(event, at, this.drawingAt(at)) ?? null;
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    const at = this.#at(event);
    const before = this.#pointer;
    this.#pointer = at;
    if (this.#drag) return this.#drag.move(event, at);
    const pressed = this.#canvas.hasPointerCapture(event.pointerId);
    if (!pressed) for (const part of this.#parts) part.hover?.(at, this.drawingAt(at));
    if (!before || !this.#look || !pressed) return;
    this.#move(pan(this.#view, at.x - before.x, at.y - before.y, this.#room()));
  }

  /** @param {PointerEvent} event */
  #released(event) {
    const drag = this.#drag;
    this.#drag = null;
    drag?.end(event, this.#at(event));
  }

  #cutOff() {
    this.#drag?.cancel();
    this.#drag = null;
  }
}
