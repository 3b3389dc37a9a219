// @ts-check
// Draws big pictures: the preview at once, and over it the tiles that are there.

import { Mosaic } from "./mosaic.js";
import { factorFor, partRect, previewFactor, seenOf, tilesIn } from "./tile_grid.js";

/** @typedef {import("./stage_canvas.js").Drawing} BigDrawing */
/** @typedef {(name: string) => ImageBitmap | undefined} PixelsOf  of a preview or a tile, as they are looked at */

/** As many as one scene has pictures, at most. */
const MOSAICS = 5;

export class BigPictures {
  /** @type {Map<string, Mosaic>} by hash of the picture, least recently used first */
  #mosaics = new Map();

  /** Let go of what was laid: another task is shown, or another channel. */
  reset() {
    this.#mosaics.clear();
  }

  /**
   * @param {CanvasRenderingContext2D} context  clipped to the slot, smoothing as it shall be
   * @param {BigDrawing} drawing
   * @param {ImageBitmap} preview
   * @param {PixelsOf} pixelsOf
   */
  paint(context, { picture, rect, pane, zoom }, preview, pixelsOf) {
    const factor = factorFor(picture, zoom);
    const seen = seenOf(rect, pane, picture);
    const pieces = factor === null ? [] : tilesIn(picture, factor, seen).map((tile) => ({ tile, pixels: pixelsOf(tile.name) }));
    if (!pieces.some(({ pixels }) => pixels)) return paintPart(context, rect, picture, { x: 0, y: 0, ...sizeOf(picture) }, preview, previewFactor(picture));
    if (zoom > 1) return this.#paintMosaic(context, { picture, rect }, seen, pieces, preview);
    for (const { tile, pixels } of pieces) {
      paintPart(context, rect, picture, tile.covers, pixels ?? preview, pixels ? tile.factor : previewFactor(picture), pixels ? tile.covers : undefined);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Pick<BigDrawing, "picture" | "rect">} drawing
   * @param {import("./viewport.js").Rect} seen
   * @param {import("./mosaic.js").Piece[]} pieces
   * @param {ImageBitmap} preview
   */
  #paintMosaic(context, { picture, rect }, seen, pieces, preview) {
    const mosaic = this.#mosaicOf(/** @type {string} */ (picture.picture));
    mosaic.lay(pieces, preview, previewFactor(picture));
    const { covers } = mosaic;
    const part = within(seen, covers);
    const across = rect.width / picture.width;
    const down = rect.height / picture.height;
    // Not on whole pixels: its borders are the picture's, or out of sight, and so every square of the
    // magnified picture lies where it would if the picture were drawn in one piece.
    context.drawImage(
      mosaic.canvas, part.x - covers.x, part.y - covers.y, part.width, part.height,
      rect.x + part.x * across, rect.y + part.y * down, part.width * across, part.height * down,
    );
  }

  /** @param {string} picture */
  #mosaicOf(picture) {
    const mosaic = this.#mosaics.get(picture) ?? new Mosaic();
    this.#mosaics.delete(picture);
    this.#mosaics.set(picture, mosaic);
    for (const old of [...this.#mosaics.keys()].slice(0, -MOSAICS)) this.#mosaics.delete(old);
    return mosaic;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./viewport.js").Rect} rect  where the whole picture lies
 * @param {import("./viewport.js").Size} picture
 * @param {import("./viewport.js").Rect} covers  the part to draw
 * @param {ImageBitmap} pixels
 * @param {number} factor  by which these are reduced
 * @param {import("./viewport.js").Point} [from]  where they begin in the picture
 */
function paintPart(context, rect, picture, covers, pixels, factor, from = { x: 0, y: 0 }) {
  const place = partRect(rect, picture, covers);
  context.drawImage(
    pixels, (covers.x - from.x) / factor, (covers.y - from.y) / factor, covers.width / factor, covers.height / factor,
    place.x, place.y, place.width, place.height,
  );
}

/** @param {import("./viewport.js").Size} picture */
function sizeOf({ width, height }) {
  return { width, height };
}

/**
 * The whole pixels of a region and two around it, as far as they exist: smoothing looks that far.
 * @param {import("./viewport.js").Rect} seen
 * @param {import("./viewport.js").Rect} covers
 */
function within(seen, covers) {
  const x = Math.max(covers.x, Math.floor(seen.x) - 2);
  const y = Math.max(covers.y, Math.floor(seen.y) - 2);
  const right = Math.min(covers.x + covers.width, Math.ceil(seen.x + seen.width) + 2);
  const bottom = Math.min(covers.y + covers.height, Math.ceil(seen.y + seen.height) + 2);
  return { x, y, width: right - x, height: bottom - y };
}
