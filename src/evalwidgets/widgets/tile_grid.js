// @ts-check
// The tiles of a big picture: which of them are in sight, and where they lie. Pure geometry.
//
// A picture too big to send whole comes as a *preview*, reduced by a power of two, and as square tiles
// at the powers of two below that. A tile at factor f is a block of the picture reduced by f; the last
// one of a row or a column is what is left, rounded up to whole pixels of its own.

import { pictureZoom, placement, screenRect } from "./viewport.js";

/** @typedef {import("./scene_track.js").Picture} TiledPicture */
/** @typedef {import("./viewport.js").Point} TilePoint */
/** @typedef {import("./viewport.js").Rect} TileRect */
/**
 * @typedef {object} Tile
 * @property {string} name  under which the kernel gives it
 * @property {number} factor  pixels of the picture for each of its own, in each direction
 * @property {TileRect} covers  what of the picture it shows, in pixels of the picture
 */

/** The most tiles asked for at once, of all pictures: 42 megapixels. */
export const MOST_TILES = 160;

/** @param {TiledPicture} picture */
export function isBig({ picture, tiles }) {
  return picture !== null && Boolean(tiles?.factors.length);
}

/** By how much the preview is reduced: the next power of two after the coarsest tiles. @param {TiledPicture} picture */
export function previewFactor({ tiles }) {
  return tiles ? 2 * Math.max(...tiles.factors) : 1;
}

/**
 * The coarsest level that needs no magnifying: more would cost bytes and show nothing.
 * @param {TiledPicture} picture
 * @param {number} zoom  device pixels for each pixel of the picture
 * @returns {number | null} its factor; null when the preview is fine enough
 */
export function factorFor(picture, zoom) {
  const suits = (/** @type {number} */ factor) => factor * zoom <= 1 + 1e-6;
  if (!picture.tiles || suits(previewFactor(picture))) return null;
  return Math.max(...picture.tiles.factors.filter(suits), Math.min(...picture.tiles.factors));
}

/**
 * What of a picture is seen in a pane, in pixels of the picture.
 * @param {TileRect} rect  where the whole picture lies on the screen
 * @param {TileRect} pane
 * @param {import("./viewport.js").Size} picture
 * @returns {TileRect} of no width or height when nothing is
 */
export function seenOf(rect, pane, picture) {
  const across = picture.width / rect.width;
  const down = picture.height / rect.height;
  const left = Math.max(0, (pane.x - rect.x) * across);
  const top = Math.max(0, (pane.y - rect.y) * down);
  const right = Math.min(picture.width, (pane.x + pane.width - rect.x) * across);
  const bottom = Math.min(picture.height, (pane.y + pane.height - rect.y) * down);
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

/**
 * The tiles of one level that have a part in a region.
 * @param {TiledPicture} picture
 * @param {number} factor
 * @param {TileRect} region  in pixels of the picture
 * @returns {Tile[]} row by row
 */
export function tilesIn(picture, factor, region) {
  if (!picture.tiles || region.width <= 0 || region.height <= 0) return [];
  const side = picture.tiles.size * factor;
  const tiles = [];
  for (let row = Math.floor(region.y / side); row * side < region.y + region.height; row += 1) {
    for (let column = Math.floor(region.x / side); column * side < region.x + region.width; column += 1) {
      tiles.push(tileAt(picture, factor, column, row));
    }
  }
  return tiles;
}

/** @param {TiledPicture} picture @param {number} factor @param {number} column @param {number} row @returns {Tile} */
export function tileAt({ picture, width, height, tiles }, factor, column, row) {
  const side = (tiles?.size ?? 0) * factor;
  const [x, y] = [column * side, row * side];
  const covers = { x, y, width: Math.min(side, width - x), height: Math.min(side, height - y) };
  return { name: `${picture}@${factor}/${column}/${row}`, factor, covers };
}

/** The picture that a tile is of; of a picture, itself. @param {string} name */
export function pictureOfTile(name) {
  return name.split("@", 1)[0];
}

/**
 * In the order in which they are wanted.
 * @param {Tile[]} tiles
 * @param {TilePoint} point  where the person looks, in pixels of the picture
 */
export function nearestFirst(tiles, point) {
  const distance = (/** @type {Tile} */ { covers }) => Math.hypot(covers.x + covers.width / 2 - point.x, covers.y + covers.height / 2 - point.y);
  return tiles.toSorted((one, other) => distance(one) - distance(other));
}

/**
 * The tiles to fetch for what is seen in a pane: of the first picture, then of the others at the same
 * place, so that another one put there is sharp at once.
 * @param {TiledPicture[]} pictures  the most urgent first
 * @param {import("./viewport.js").Size} frame
 * @param {import("./viewport.js").View} view
 * @param {TileRect} pane
 * @param {TilePoint} point  where the person looks, on the screen
 * @returns {string[]} their names
 */
export function wantedTiles(pictures, frame, view, pane, point) {
  const names = pictures.filter(isBig).flatMap((picture) => {
    const rect = screenRect(view, pane, placement(picture, frame));
    const factor = factorFor(picture, pictureZoom(view, picture, frame));
    if (factor === null) return [];
    const at = { x: ((point.x - rect.x) * picture.width) / rect.width, y: ((point.y - rect.y) * picture.height) / rect.height };
    return nearestFirst(tilesIn(picture, factor, seenOf(rect, pane, picture)), at).map(({ name }) => name);
  });
  return [...new Set(names)].slice(0, MOST_TILES);
}

/**
 * Where a part of a picture is drawn, on whole device pixels: neighbours share their edge, so that
 * no seam can show.
 * @param {TileRect} rect  where the whole picture lies
 * @param {import("./viewport.js").Size} picture
 * @param {TileRect} covers  the part, in pixels of the picture
 * @returns {TileRect}
 */
export function partRect(rect, picture, covers) {
  const across = (/** @type {number} */ x) => Math.round(rect.x + (x * rect.width) / picture.width);
  const down = (/** @type {number} */ y) => Math.round(rect.y + (y * rect.height) / picture.height);
  const [x, y] = [across(covers.x), down(covers.y)];
  return { x, y, width: across(covers.x + covers.width) - x, height: down(covers.y + covers.height) - y };
}
