// @ts-check
// A region while it is drawn: corners set so far, and where the next one would be. With no page in sight.

import { MOST_CORNERS, boxBetween, distance, onScreen, rounded } from "./region_shapes.js";

/** @typedef {import("./region_shapes.js").Pixel} DraftPixel */
/** @typedef {import("./region_shapes.js").Shape} DraftShape */
/**
 * @typedef {object} Draft
 * @property {"box" | "polygon"} shape  a box whose corners coincide is a point
 * @property {string} role  of the picture
 * @property {DraftPixel} size  of the picture
 * @property {DraftPixel[]} corners  that are set
 * @property {DraftPixel} tip  where the next corner would be
 */
/** What may be drawn, and how small. @typedef {{shapes: DraftShape[], least: DraftPixel}} DraftRules */

/**
 * @param {"box" | "polygon"} shape @param {string} role @param {DraftPixel} size @param {DraftPixel} at
 * @returns {Draft} with its first corner set
 */
export function begunDraft(shape, role, size, at) {
  return { shape, role, size, corners: [at], tip: at };
}

/** @param {Draft} draft @param {DraftPixel} tip @returns {Draft} */
export function withTip(draft, tip) {
  return { ...draft, tip };
}

/** A polygon with one corner more, unless it stands there already. @param {Draft} draft @returns {Draft} */
export function withCorner(draft) {
  const [x, y] = /** @type {DraftPixel} */ (draft.corners.at(-1));
  const again = x === draft.tip[0] && y === draft.tip[1];
  return again || draft.corners.length >= MOST_CORNERS ? draft : { ...draft, corners: [...draft.corners, draft.tip] };
}

/** The draft without its last corner; null without the first. @param {Draft} draft @returns {Draft | null} */
export function withoutCorner(draft) {
  return draft.corners.length > 1 ? { ...draft, corners: draft.corners.slice(0, -1) } : null;
}

/**
 * Whether a corner set here would close the polygon: on the first one, or again on the last one.
 * @param {Draft} draft
 * @param {import("./viewport.js").Rect} rect  where the picture lies
 * @param {number} reach  in device pixels
 */
export function closesDraft({ corners, tip, size }, rect, reach) {
  if (corners.length < 3) return false;
  const at = onScreen(tip, rect, size);
  return [corners[0], corners[corners.length - 1]].some((corner) => distance(onScreen(corner, rect, size), at) <= reach);
}

/**
 * What the draft becomes when it is finished now; null when it is nothing yet.
 *
 * Two corners that lie together are a click, which makes a point where points are allowed.
 * @param {Draft} draft
 * @param {DraftRules} rules
 * @param {boolean} clicked  whether the two corners of a box count as one place
 * @returns {{type: DraftShape, points: DraftPixel[]} | null}
 */
export function finished({ shape, corners, tip, size }, { shapes, least }, clicked) {
  if (shape === "polygon") return corners.length < 3 ? null : { type: "polygon", points: rounded(corners) };
  if (shapes.includes("box") && !clicked) return { type: "box", points: rounded(boxBetween(corners[0], tip, size, least)) };
  return shapes.includes("point") ? { type: "point", points: rounded([tip]) } : null;
}
