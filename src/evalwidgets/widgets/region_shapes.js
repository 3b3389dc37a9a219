// @ts-check
// Marked places of a picture: pure geometry, with no page in sight.
//
// A region's points are pixels of a picture of the size `region.size`. On the screen it lies where its
// picture lies (`rect`, in device pixels). Everything scales by that size, so a region is right
// whatever size the copy has that is drawn. Reach and least sides are device pixels too: what a hand
// can do depends on the screen and not on the zoom.

import { clamp } from "./viewport.js";

/** @typedef {import("./viewport.js").Point} At  on the screen */
/** @typedef {import("./viewport.js").Rect} PictureRect  where a whole picture lies on the screen */
/** @typedef {[number, number]} Pixel  in a picture */
/** @typedef {"box" | "point" | "polygon"} Shape */
/**
 * As the kernel keeps it (`core/region.py`).
 * @typedef {object} Region
 * @property {string} id
 * @property {Shape} type
 * @property {Pixel[]} points
 * @property {string} role
 * @property {Pixel} size  width and height of the picture
 * @property {string} picture
 * @property {string} label
 * @property {number | null} severity
 * @property {"edit" | "original" | "unsure" | ""} cause
 * @property {string} note
 */

/** The corners that a polygon may have. */
export const MOST_CORNERS = 200;
/** The side that a box has at the least, in pixels: points are kept to a hundredth. */
const LEAST_SIDE = 0.02;

/** @param {Pixel} point @param {PictureRect} rect @param {Pixel} size @returns {At} */
export function onScreen([x, y], rect, [width, height]) {
  return { x: rect.x + (x / width) * rect.width, y: rect.y + (y / height) * rect.height };
}

/** The pixel under a point of the screen; beside the picture, the nearest one. @param {At} at @param {PictureRect} rect @param {Pixel} size @returns {Pixel} */
export function inPicture(at, rect, [width, height]) {
  const x = ((at.x - rect.x) / rect.width) * width;
  const y = ((at.y - rect.y) / rect.height) * height;
  return [clamp(x, 0, width), clamp(y, 0, height)];
}

/** @param {At} at @param {PictureRect} rect */
export function isOnPicture(at, rect) {
  return at.x >= rect.x && at.x <= rect.x + rect.width && at.y >= rect.y && at.y <= rect.y + rect.height;
}

/** As exact as the kernel keeps them. @param {Pixel[]} points @returns {Pixel[]} */
export function rounded(points) {
  return points.map(([x, y]) => [Math.round(x * 100) / 100, Math.round(y * 100) / 100]);
}

/** The smallest box around points. @param {Pixel[]} points @returns {[Pixel, Pixel]} */
export function boxAround(points) {
  const across = points.map(([x]) => x);
  const down = points.map(([, y]) => y);
  return [[Math.min(...across), Math.min(...down)], [Math.max(...across), Math.max(...down)]];
}

/**
 * The box between two corners, in whatever order they were set; a side that is shorter than `least`
 * grows to it, inside the picture.
 * @param {Pixel} one
 * @param {Pixel} other
 * @param {Pixel} size
 * @param {Pixel} least  in pixels
 * @returns {[Pixel, Pixel]}
 */
export function boxBetween(one, other, size, least = [LEAST_SIDE, LEAST_SIDE]) {
  const sides = [0, 1].map((axis) => {
    const shortest = clamp(least[axis], LEAST_SIDE, size[axis]);
    const low = clamp(Math.min(one[axis], other[axis]), 0, size[axis] - shortest);
    return [low, clamp(Math.max(one[axis], other[axis]), low + shortest, size[axis])];
  });
  return [[sides[0][0], sides[1][0]], [sides[0][1], sides[1][1]]];
}

/** The line that is drawn around a region; a point has none. @param {Region} region @returns {Pixel[]} */
export function outline({ type, points }) {
  if (type !== "box") return type === "polygon" ? points : [];
  const [[left, top], [right, bottom]] = points;
  return [[left, top], [right, top], [right, bottom], [left, bottom]];
}

/**
 * Where a region can be taken to reshape it: the corners and sides of a box, clockwise from the top
 * left, or the corners of a polygon.
 * @param {Region} region
 * @returns {Pixel[]}
 */
export function gripsOf(region) {
  const corners = outline(region);
  if (region.type !== "box") return corners;
  return corners.flatMap((corner, at) => {
    const next = corners[(at + 1) % 4];
    return [corner, [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2]];
  });
}

/**
 * The grip within reach, the nearest one; -1 for none. Of a box too small for eight, the corners.
 * @param {Region} region @param {PictureRect} rect @param {At} at @param {number} reach
 */
export function gripAt(region, rect, at, reach) {
  const small = region.type === "box" && isSmall(region, rect, 3 * reach);
  let [found, nearest] = [-1, reach];
  gripsOf(region).forEach((grip, index) => {
    const away = distance(onScreen(grip, rect, region.size), at);
    if (away > nearest || (small && index % 2)) return;
    [found, nearest] = [index, away];
  });
  return found;
}

/** Whether a side of a region is shorter than this on the screen. @param {Region} region @param {PictureRect} rect @param {number} side */
export function isSmall({ points, size }, rect, side) {
  const [least, most] = boxAround(points).map((corner) => onScreen(corner, rect, size));
  return Math.min(most.x - least.x, most.y - least.y) < side;
}

/** Whether a point of the screen is on the line of a region, or on its point. @param {Region} region @param {PictureRect} rect @param {At} at @param {number} reach */
export function isOnLine(region, rect, at, reach) {
  if (region.type === "point") return distance(onScreen(region.points[0], rect, region.size), at) <= reach;
  const corners = outline(region).map((corner) => onScreen(corner, rect, region.size));
  return corners.some((corner, index) => awayFromLine(at, corner, corners[(index + 1) % corners.length]) <= reach);
}

/** Whether a region holds a point of the screen. @param {Region} region @param {PictureRect} rect @param {At} at */
export function isInside(region, rect, at) {
  const corners = outline(region).map((corner) => onScreen(corner, rect, region.size));
  let inside = false;
  corners.forEach((one, index) => {
    const other = corners[(index + 1) % corners.length];
    if (one.y > at.y === other.y > at.y) return;
    if (at.x < one.x + ((at.y - one.y) / (other.y - one.y)) * (other.x - one.x)) inside = !inside;
  });
  return inside;
}

/** Pixels of the picture that a region covers. @param {Region} region */
export function areaOf(region) {
  const corners = outline(region);
  const twice = corners.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/**
 * A region moved by pixels of its picture, as far as it stays inside.
 * @param {Region} region @param {number} dx @param {number} dy
 * @returns {Region}
 */
export function moved(region, dx, dy) {
  const [[left, top], [right, bottom]] = boxAround(region.points);
  const [width, height] = region.size;
  const across = clamp(dx, -left, width - right);
  const down = clamp(dy, -top, height - bottom);
  return { ...region, points: rounded(region.points.map(([x, y]) => [x + across, y + down])) };
}

/**
 * A region with one grip at another place. A box whose sides are drawn past each other turns over.
 * @param {Region} region
 * @param {number} grip
 * @param {Pixel} to
 * @param {Pixel} [least]  sides of a box
 * @returns {Region}
 */
export function reshaped(region, grip, to, least) {
  if (region.type === "polygon") return { ...region, points: rounded(region.points.with(grip, to)) };
  const [[left, top], [right, bottom]] = region.points;
  const [x, y] = to;
  const first = { x: [0, 6, 7].includes(grip) ? x : left, y: [0, 1, 2].includes(grip) ? y : top };
  const last = { x: [2, 3, 4].includes(grip) ? x : right, y: [4, 5, 6].includes(grip) ? y : bottom };
  return { ...region, points: rounded(boxBetween([first.x, first.y], [last.x, last.y], region.size, least)) };
}

/**
 * The same region for a copy of the picture that has another size.
 * @param {Region} region @param {Pixel} size
 * @returns {Region}
 */
export function resized(region, size) {
  const [across, down] = [size[0] / region.size[0], size[1] / region.size[1]];
  return { ...region, size, points: rounded(region.points.map(([x, y]) => [x * across, y * down])) };
}

/** @param {Pixel[]} points */
export function middleOf(points) {
  const [[left, top], [right, bottom]] = boxAround(points);
  return /** @type {Pixel} */ ([(left + right) / 2, (top + bottom) / 2]);
}

/** Where a region lies, in words: "upper left", "centre". @param {Region} region */
export function placeInWords({ points, size }) {
  const [x, y] = middleOf(points);
  const third = (/** @type {number} */ at, /** @type {number} */ length) => Math.min(Math.floor((3 * at) / length), 2);
  const words = [["upper", "", "lower"][third(y, size[1])], ["left", "", "right"][third(x, size[0])]];
  return words.filter(Boolean).join(" ") || "centre";
}

/** @param {At} one @param {At} other */
export function distance(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** @param {At} at @param {At} from @param {At} to */
function awayFromLine(at, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const long = dx * dx + dy * dy;
  const along = long && clamp(((at.x - from.x) * dx + (at.y - from.y) * dy) / long, 0, 1);
  return distance(at, { x: from.x + along * dx, y: from.y + along * dy });
}
