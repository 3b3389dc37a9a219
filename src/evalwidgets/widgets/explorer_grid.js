// @ts-check
// Where the cards of a contact sheet lie: pure geometry, the same for ten tasks and for a hundred thousand.

/**
 * @typedef {{columns: number, rows: number, count: number, width: number, height: number, step: number, total: number}} Grid
 * `width` and `height` are those of a card, `step` is from one row to the next, `total` the height of all.
 */

export const GAP = 10;
const CAPTION = 26;
const PICTURE_SHARE = 0.75; // a card's picture is 4 : 3
/** The widest a card gets, small to large. */
export const CARD_SIZES = [168, 236, 330, 470];

/** @param {{room: number, count: number, wanted: number}} told  the width there is, how many cards, how wide each should be @returns {Grid} */
export function gridOf({ room, count, wanted }) {
  const columns = Math.max(1, Math.ceil((room + GAP) / (wanted + GAP)));
  const width = Math.max(1, Math.floor((room - GAP * (columns - 1)) / columns));
  const height = Math.round(width * PICTURE_SHARE) + CAPTION;
  const rows = Math.ceil(count / columns);
  const step = height + GAP;
  return { columns, rows, count, width, height, step, total: Math.max(0, rows * step - GAP) };
}

/** Where a card lies. @param {Grid} grid @param {number} at */
export function placeOf(grid, at) {
  return { x: (at % grid.columns) * (grid.width + GAP), y: Math.floor(at / grid.columns) * grid.step };
}

/**
 * The cards in sight, and `over` rows above and below: from `first` up to but not including `end`.
 * @param {Grid} grid @param {number} top @param {number} seen @param {number} [over]
 */
export function inSight(grid, top, seen, over = 0) {
  const firstRow = Math.max(0, Math.floor(top / grid.step) - over);
  const endRow = Math.min(grid.rows, Math.floor(Math.max(0, top + seen - 1) / grid.step) + 1 + over);
  const first = Math.min(grid.count, firstRow * grid.columns);
  return { first, end: Math.max(first, Math.min(grid.count, endRow * grid.columns)) };
}

/**
 * Which card a key leads to; the same one where there is none.
 * @param {Grid} grid @param {number} at @param {string} key @param {number} seen  the height that is seen
 */
export function movedBy(grid, at, key, seen) {
  if (!grid.count) return 0;
  const page = Math.max(1, Math.floor(seen / grid.step)) * grid.columns;
  /** @type {Record<string, number>} */
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -grid.columns, ArrowDown: grid.columns, PageUp: -page, PageDown: page, Home: -Infinity, End: Infinity };
  const to = at + (steps[key] ?? 0);
  const last = grid.count - 1;
  if (to > last && key === "ArrowDown") return Math.floor(at / grid.columns) < grid.rows - 1 ? last : at;
  if (to < 0 && key === "ArrowUp") return at;
  if (key === "PageUp" && to < 0) return at % grid.columns;
  return Math.max(0, Math.min(to, last));
}

/** How far to scroll so that a card is wholly in sight, and no further. @param {Grid} grid @param {number} at @param {number} top @param {number} seen */
export function scrolledTo(grid, at, top, seen) {
  const { y } = placeOf(grid, at);
  if (y < top) return y;
  if (y + grid.height > top + seen) return Math.min(y, y + grid.height - seen);
  return top;
}
