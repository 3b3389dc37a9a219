// @ts-check
// Tiles laid together before they are magnified: between two drawn one by one, each smoothed to its
// own border, a seam would show.

/** @typedef {import("./tile_grid.js").Tile} MosaicTile */
/** @typedef {import("./viewport.js").Rect} MosaicRect */
/** @typedef {{tile: MosaicTile, pixels: ImageBitmap | undefined}} Piece */

export class Mosaic {
  /** What of the picture it shows, in pixels of the picture, which are its own. @type {MosaicRect} */
  covers = { x: 0, y: 0, width: 0, height: 0 };
  canvas = new OffscreenCanvas(1, 1);
  #context = /** @type {OffscreenCanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
  /** @type {Map<string, ImageBitmap | undefined>} what was laid for each tile */
  #laid = new Map();

  /**
   * Lay tiles of full resolution; where one is lacking, the preview stands in.
   * @param {Piece[]} pieces  all tiles of a block, row by row
   * @param {ImageBitmap} preview
   * @param {number} factor  by which the preview is reduced
   */
  lay(pieces, preview, factor) {
    const block = blockOf(pieces);
    if (String(Object.values(block)) !== String(Object.values(this.covers))) this.#begin(block);
    for (const { tile, pixels } of pieces) {
      if (this.#laid.has(tile.name) && this.#laid.get(tile.name) === pixels) continue;
      this.#laid.set(tile.name, pixels);
      this.#put(tile.covers, pixels ?? preview, pixels ? null : factor);
    }
  }

  /** @param {MosaicRect} block */
  #begin(block) {
    this.covers = block;
    this.#laid.clear();
    this.canvas.width = block.width;
    this.canvas.height = block.height;
  }

  /**
   * @param {MosaicRect} covers
   * @param {ImageBitmap} pixels
   * @param {number | null} factor  of a preview, of which only this part is drawn
   */
  #put({ x, y, width, height }, pixels, factor) {
    const [left, top] = [x - this.covers.x, y - this.covers.y];
    this.#context.clearRect(left, top, width, height);
    if (factor === null) this.#context.drawImage(pixels, left, top);
    else this.#context.drawImage(pixels, x / factor, y / factor, width / factor, height / factor, left, top, width, height);
  }
}

/** @param {Piece[]} pieces  at least one @returns {MosaicRect} */
function blockOf(pieces) {
  const [{ tile: { covers: first } }] = pieces;
  const { covers: last } = pieces[pieces.length - 1].tile;
  return { x: first.x, y: first.y, width: last.x + last.width - first.x, height: last.y + last.height - first.y };
}
