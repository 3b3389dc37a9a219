// @ts-check
// How marked places look on the canvas: light lines with a dark edge, seen on any picture, and never
// filled, since what is marked must stay visible. How bad it is shows in the weight of the line; green
// and red would judge.

import { gripsOf, isSmall, onScreen, outline } from "./region_shapes.js";

/** @typedef {import("./region_shapes.js").Region} PaintedRegion */
/** @typedef {import("./viewport.js").Rect} PaintRect */
/** @typedef {import("./viewport.js").Point} PaintPoint */
/**
 * A region as it is shown.
 * @typedef {object} Mark
 * @property {PaintedRegion} region
 * @property {string} label  in its badge: a number, or whose it is
 * @property {string} title  what it is, in words
 * @property {"mine" | "gold" | "other" | "found" | "missed" | "extra"} look  the last three after a
 *   review: an expert's place that was found, or was not, and one of the reviewer's that no expert has
 * @property {boolean} lacking  whether something about it is still to be said
 */
/**
 * @typedef {object} MarkStyle
 * @property {number} ratio  device pixels for each CSS pixel
 * @property {string} accent
 * @property {boolean} selected
 * @property {boolean} hovered
 * @property {boolean} ghost  whether the picture is another one than that which is marked
 */

const EDGE = "rgb(0 0 0 / 65%)";
const LIGHT = "#ffffff";
const GOLD = "#ffd75e";
const BADGE = "rgb(24 24 24 / 88%)";
/** Whose lines are the expert's. @type {ReadonlySet<Mark["look"]>} */
const EXPERTS = new Set(["gold", "found", "missed"]);
/** What was found, missed and extra differs by stroke, so that nobody needs the colour: dash and gap in CSS pixels. @type {Readonly<Record<string, readonly number[]>>} */
const DASHES = { missed: [8, 5], extra: [0.1, 5] };
/** CSS pixels that the line of such a place has at least. */
const LEAST_TOLD = 2.25;
/** CSS pixels of the line, by severity; 0 is not said. */
const WEIGHTS = [1.5, 1.25, 2.25, 3.25];
/** CSS pixels: of a grip's side, of a point's ring, and of a badge's height. */
const GRIP = 7;
const RING = 7;
const BADGE_HEIGHT = 15;

/**
 * The lines of a region.
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 * @param {PaintRect} rect  where the picture lies that is marked
 * @param {MarkStyle} style
 */
export function paintRegion(context, { region, look, lacking }, rect, { ratio, accent, selected, hovered, ghost }) {
  const least = look === "found" || look in DASHES ? LEAST_TOLD : 0;
  const weight = ghost ? 1 : Math.max(WEIGHTS[region.severity ?? 0], least) + (hovered || selected ? 0.75 : 0);
  context.save();
  context.globalAlpha = ghost && !selected ? 0.6 : 1;
  trace(context, region, rect, ratio);
  stroke(context, selected ? LIGHT : EDGE, (weight + (selected ? 2 : 1.5)) * ratio);
  const dash = DASHES[look] ?? (lacking && !selected ? [5, 4] : []);
  context.setLineDash(dash.map((length) => length * ratio));
  if (look === "extra") context.lineCap = "round"; // a dash of no length is a dot
  stroke(context, selected ? accent : EXPERTS.has(look) ? GOLD : LIGHT, weight * ratio);
  context.restore();
}

/** Where a selected region can be taken. @param {CanvasRenderingContext2D} context @param {PaintedRegion} region @param {PaintRect} rect @param {number} ratio @param {number} held  the grip that the keys move, or -1 */
export function paintGrips(context, region, rect, ratio, held) {
  const small = region.type === "box" && isSmall(region, rect, 3 * 8 * ratio);
  gripsOf(region).forEach((grip, index) => {
    if (small && index % 2) return;
    const { x, y } = onScreen(grip, rect, region.size);
    const half = ((index === held ? GRIP + 4 : GRIP) / 2) * ratio;
    context.fillStyle = LIGHT;
    context.strokeStyle = EDGE;
    context.lineWidth = ratio;
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
    context.strokeRect(x - half, y - half, 2 * half, 2 * half);
  });
}

/**
 * The badge stands outside the region, where there is room: above, else below.
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 * @param {PaintRect} rect
 * @param {PaintRect} clip  what of the screen may be painted
 * @param {MarkStyle} style
 */
export function paintBadge(context, mark, rect, clip, { ratio, accent, selected, ghost }) {
  const place = badgeOf(mark, rect, clip, ratio);
  context.save();
  context.globalAlpha = ghost ? 0.6 : 1;
  context.fillStyle = selected ? accent : BADGE;
  context.beginPath();
  context.roundRect(place.x, place.y, place.width, place.height, 3 * ratio);
  context.fill();
  context.font = `600 ${11 * ratio}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = EXPERTS.has(mark.look) ? GOLD : LIGHT;
  context.fillText(mark.label, place.x + place.width / 2, place.y + place.height / 2 + 0.5 * ratio);
  context.restore();
}

/**
 * @param {Mark} mark
 * @param {PaintRect} rect
 * @param {PaintRect} clip
 * @param {number} ratio
 * @returns {PaintRect}
 */
export function badgeOf({ region, label }, rect, clip, ratio) {
  const height = BADGE_HEIGHT * ratio;
  const width = Math.max(height, (7 * label.length + 8) * ratio);
  const room = (region.type === "point" ? RING + 3 : 4) * ratio;
  const corners = region.points.map((point) => onScreen(point, rect, region.size));
  const left = Math.min(...corners.map(({ x }) => x)) - (region.type === "point" ? width / 2 : ratio);
  const top = Math.min(...corners.map(({ y }) => y)) - room - height;
  const bottom = Math.max(...corners.map(({ y }) => y)) + room;
  const above = top >= clip.y || bottom + height > clip.y + clip.height;
  const x = Math.min(Math.max(left, clip.x), clip.x + clip.width - width);
  return { x, y: above ? Math.max(top, clip.y) : bottom, width, height };
}

/**
 * What is being drawn: the corners so far and the line to the next one.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./region_draft.js").Draft} draft
 * @param {PaintRect} rect
 * @param {number} ratio
 * @param {string | null} closing  the colour of the first corner where the next one would close it
 */
export function paintDraft(context, { shape, corners, tip, size }, rect, ratio, closing) {
  const places = [...corners, tip].map((corner) => onScreen(corner, rect, size));
  context.save();
  context.beginPath();
  if (shape === "box") {
    const [one, other] = [places[0], places[places.length - 1]];
    context.rect(one.x, one.y, other.x - one.x, other.y - one.y);
  } else places.forEach(({ x, y }) => context.lineTo(x, y));
  stroke(context, EDGE, 3.5 * ratio);
  stroke(context, LIGHT, 1.75 * ratio);
  if (shape === "polygon") places.slice(0, -1).forEach((place, index) => paintCorner(context, place, (index === 0 && closing) || LIGHT, ratio));
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {PaintPoint} place @param {string} colour @param {number} ratio */
function paintCorner(context, { x, y }, colour, ratio) {
  context.beginPath();
  context.arc(x, y, (colour === LIGHT ? 3 : 5) * ratio, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  stroke(context, EDGE, ratio);
}

/** The cross that the arrow keys move; its middle stays free. @param {CanvasRenderingContext2D} context @param {PaintPoint} at @param {number} ratio */
export function paintCross(context, { x, y }, ratio) {
  context.save();
  context.beginPath();
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    context.moveTo(x + 4 * dx * ratio, y + 4 * dy * ratio);
    context.lineTo(x + 18 * dx * ratio, y + 18 * dy * ratio);
  }
  stroke(context, EDGE, 4 * ratio);
  stroke(context, LIGHT, 2 * ratio);
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {PaintedRegion} region @param {PaintRect} rect @param {number} ratio */
function trace(context, region, rect, ratio) {
  context.beginPath();
  context.lineJoin = "round";
  if (region.type === "point") {
    const { x, y } = onScreen(region.points[0], rect, region.size);
    context.arc(x, y, RING * ratio, 0, 2 * Math.PI);
    return;
  }
  for (const corner of outline(region)) {
    const { x, y } = onScreen(corner, rect, region.size);
    context.lineTo(x, y);
  }
  context.closePath();
}

/** @param {CanvasRenderingContext2D} context @param {string} colour @param {number} width */
function stroke(context, colour, width) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
