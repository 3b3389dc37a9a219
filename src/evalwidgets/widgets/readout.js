// @ts-check
// What the pixel inspector says, and the corner in which something lies out of the way. Pure.

/** @typedef {import("./viewport.js").Point} CornerPoint */
/** @typedef {import("./viewport.js").Size} CornerSize */

/** CSS pixels between a corner and what lies in it, and from that to a point that it must not cover. */
const INSET = 10;
const CLEARANCE = 32;

/** The levels of a colour; what is not opaque says so. @param {Iterable<number>} rgba */
export function colourWords([red, green, blue, alpha]) {
  if (alpha === 0) return "transparent";
  const share = alpha < 255 ? ` (${Math.round((100 * alpha) / 255)} %)` : "";
  return `${red} ${green} ${blue}${share}`;
}

/** @param {Iterable<number>} rgba */
export function hexOf([red, green, blue]) {
  return `#${[red, green, blue].map((level) => level.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * The corner at one side that keeps clear of all points: the lower one if it does, else the upper
 * one; when neither does, the one whose nearest point is further.
 * @param {CornerPoint[]} points  in the area
 * @param {CornerSize} size  of what lies in the corner
 * @param {CornerSize} area
 * @param {"left" | "right"} side
 * @returns {"bottom-left" | "top-left" | "bottom-right" | "top-right"}
 */
export function cornerAwayFrom(points, size, area, side) {
  const left = side === "left" ? INSET : area.width - INSET - size.width;
  const distance = (/** @type {number} */ top) => Math.min(Infinity, ...points.map((point) => gapTo(point, { x: left, y: top, ...size })));
  const bottom = distance(area.height - INSET - size.height);
  return bottom >= CLEARANCE || bottom >= distance(INSET) ? `bottom-${side}` : `top-${side}`;
}

/** @param {CornerPoint} point @param {import("./viewport.js").Rect} box */
function gapTo({ x, y }, box) {
  const across = Math.max(box.x - x, x - box.x - box.width, 0);
  const down = Math.max(box.y - y, y - box.y - box.height, 0);
  return Math.hypot(across, down);
}
