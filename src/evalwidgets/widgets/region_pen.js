// @ts-check
// What a hand is doing to the regions just now: drawing one, or changing one. The mouse and the keys
// move the same pen; nothing is said to the form before it is done.

import { begunDraft, closesDraft, finished, withCorner, withTip, withoutCorner } from "./region_draft.js";
import { distance, gripsOf, moved, onScreen, reshaped } from "./region_shapes.js";
import { clamp } from "./viewport.js";

/** @typedef {import("./region_shapes.js").Region} PenRegion */
/** @typedef {import("./region_shapes.js").Pixel} PenPixel */
/** @typedef {import("./region_shapes.js").Shape} PenShape */
/**
 * The picture that is marked, as it lies in one pane.
 * @typedef {object} Target
 * @property {string} role
 * @property {PenPixel} size  of the copy that is drawn
 * @property {import("./viewport.js").Rect} rect
 * @property {number} ratio  device pixels for each CSS pixel
 */

/** CSS pixels: how near a hand must come, and how far it may move within a click. */
export const REACH = 8;
export const CLICK = 4;
/** Corners of a polygon that are nearer than this are one. */
const SAME_CORNER = 3;

export class RegionPen {
  /** The shape of what is drawn next: a box or a point by what the hand does, or a polygon. @type {"free" | "polygon"} */
  shape = "free";
  /** @type {import("./region_draft.js").Draft | null} */
  draft = null;
  /** Where the keys will set the first corner. @type {{role: string, at: PenPixel} | null} */
  cross = null;
  /** A region that is changed, and by which grip; -1 moves it whole. @type {{taken: PenRegion, from: PenRegion, now: PenRegion, grip: number} | null} */
  held = null;
  /** Whether keys draw, and so the cross is seen. */
  byKeys = false;
  #done;

  /** @param {(region: PenRegion) => void} done  hears of each region that is drawn or changed */
  constructor(done) {
    this.#done = done;
  }

  get isBusy() {
    return this.draft !== null || this.cross !== null || this.held !== null;
  }

  /** Let go of whatever is not finished. */
  cancel() {
    this.draft = this.cross = this.held = null;
    this.byKeys = false;
  }

  /** Set the first corner. @param {Target} target @param {PenPixel} at */
  begin({ role, size }, at) {
    this.cross = null;
    this.draft = begunDraft(this.shape === "polygon" ? "polygon" : "box", role, size, at);
  }

  /** Move what is being done to another pixel. @param {PenPixel} at  of the held region's picture, or of the target */
  to(at) {
    if (this.draft) this.draft = withTip(this.draft, at);
    else if (this.cross) this.cross = { ...this.cross, at };
  }

  /** Set one more corner of a polygon, or close it. @param {Target} target @param {PenShape[]} shapes */
  corner(target, shapes) {
    const { draft } = this;
    if (!draft) return;
    if (this.closes(target)) return void this.finish(target, shapes, false);
    const last = /** @type {PenPixel} */ (draft.corners.at(-1));
    const [there, here] = [last, draft.tip].map((pixel) => onScreen(pixel, target.rect, draft.size));
    if (distance(there, here) > SAME_CORNER * target.ratio) this.draft = withCorner(draft);
  }

  /** Whether the next corner would close the polygon. @param {Target} target */
  closes({ rect, ratio }) {
    return this.draft?.shape === "polygon" && closesDraft(this.draft, rect, REACH * ratio);
  }

  /** Take the last corner back. */
  back() {
    this.draft = this.draft && withoutCorner(this.draft);
    if (!this.draft) this.cancel();
  }

  /**
   * Make the draft a region.
   * @param {Target} target @param {PenShape[]} shapes  that are allowed @param {boolean} clicked
   * @returns {boolean} whether it is one
   */
  finish(target, shapes, clicked) {
    const { draft } = this;
    const done = draft && finished(draft, { shapes, least: pixelsOf(target, 1) }, clicked);
    this.cancel();
    if (!draft || !done) return false;
    this.#done({ id: "", ...done, role: draft.role, size: draft.size, picture: "", label: "", severity: null, cause: "", note: "" });
    return true;
  }

  /** Take a region, by a grip or whole. @param {PenRegion} region @param {number} grip */
  take(region, grip) {
    this.cancel();
    this.held = { taken: region, from: region, now: region, grip };
  }

  /** Move what is held by pixels of its picture, from where it was settled last. @param {PenPixel} by @param {PenPixel} [least]  sides of a box */
  shift([dx, dy], least) {
    if (!this.held) return;
    const { from, grip } = this.held;
    const at = gripsOf(from)[grip];
    const [width, height] = from.size;
    const now = at ? reshaped(from, grip, [clamp(at[0] + dx, 0, width), clamp(at[1] + dy, 0, height)], least) : moved(from, dx, dy);
    this.held = { ...this.held, now };
  }

  /** Go on from what is held as it is now, by the same grip or by another. */
  settle(grip = this.held?.grip ?? -1) {
    if (this.held) this.held = { ...this.held, from: this.held.now, grip };
  }

  /** The next grip of what is held; after the last one the whole. @param {1 | -1} step */
  nextGrip(step) {
    if (!this.held) return;
    const places = gripsOf(this.held.now).length + 1;
    this.settle(((this.held.grip + 1 + step + places) % places) - 1);
  }

  /** The change is done. */
  release() {
    const { held } = this;
    this.cancel();
    if (held && JSON.stringify(held.now.points) !== JSON.stringify(held.taken.points)) this.#done(held.now);
  }
}

/** How many pixels of the picture CSS pixels of the screen are, across and down. @param {Target} target @param {number} length @returns {PenPixel} */
export function pixelsOf({ size, rect, ratio }, length) {
  return [(length * ratio * size[0]) / rect.width, (length * ratio * size[1]) / rect.height];
}
