// @ts-check
// Where pictures lie on the screen: pure geometry, with no page in sight.
//
// Three spaces. *Picture* pixels are a file's own. The *frame* has the size of the scene's reference
// picture; every picture of the scene is laid into it, so that one scene point is one frame point
// whatever size the pictures came in. *Screen* is the canvas, in device pixels (never CSS pixels:
// 100 % has to mean one picture pixel on one device pixel). A view maps the frame to a pane of the
// screen, and all panes share one view: that is what links them.

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {{x: number, y: number, width: number, height: number}} Rect */
/**
 * `x`, `y`: the frame point in the middle of the pane; `scale`: device pixels per frame pixel;
 * `fitted`: follow the pane's size instead of keeping the scale.
 * @typedef {{x: number, y: number, scale: number, fitted: boolean}} View
 */
/**
 * What a view may do: the frame, the pane it is seen in, the margin kept around a fitted frame,
 * the smallest and the largest scale.
 * @typedef {{frame: Size, pane: Size, margin: number, least: number, most: number}} Room
 */
/** @typedef {{pane: Rect, clip: Rect}} Slot */

/** Sides whose ratio differs by less than this come from rounding to a model's block size. */
const SAME_SHAPE = 0.02;
/** The largest magnification of a picture's own pixels. */
const MOST_ZOOM = 32;

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/**
 * Where a picture lies in the frame.
 *
 * Of the same shape: on the whole frame, so that points coincide. Of another shape: whole and
 * undistorted in the middle, which is also where the points of a centred crop coincide.
 * @param {Size} picture
 * @param {Size} frame
 * @returns {Rect}
 */
export function placement(picture, frame) {
  const across = frame.width / picture.width;
  const down = frame.height / picture.height;
  if (Math.abs(across / down - 1) < SAME_SHAPE) return { x: 0, y: 0, ...frame };
  const scale = Math.min(across, down);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (frame.width - width) / 2, y: (frame.height - height) / 2, width, height };
}

/**
 * The view scale at which a picture's own pixels are device pixels.
 * @param {Size} picture
 * @param {Size} frame
 */
export function actualScale(picture, frame) {
  return picture.width / placement(picture, frame).width;
}

/**
 * Device pixels per pixel of the picture itself: 1 is 100 %.
 * @param {View} view
 * @param {Size} picture
 * @param {Size} frame
 */
export function pictureZoom(view, picture, frame) {
  return view.scale / actualScale(picture, frame);
}

/**
 * @param {Size} frame
 * @param {Size} pane
 * @param {number} margin
 */
function fitScale(frame, pane, margin) {
  const width = Math.max(pane.width - 2 * margin, 1);
  const height = Math.max(pane.height - 2 * margin, 1);
  return Math.min(width / frame.width, height / frame.height);
}

/**
 * The room of a scene: from the whole frame (or 1:1, if that is smaller) up to 32 times 1:1.
 * @param {Size} frame
 * @param {Size} pane
 * @param {Size[]} pictures
 * @param {number} margin
 * @returns {Room}
 */
export function roomFor(frame, pane, pictures, margin) {
  const fit = fitScale(frame, pane, margin);
  const actual = pictures.map((picture) => actualScale(picture, frame));
  const least = Math.min(fit, ...actual);
  return { frame, pane, margin, least, most: Math.max(fit, MOST_ZOOM * Math.max(1, ...actual)) };
}

/** @param {Room} room @returns {View} */
export function fit({ frame, pane, margin }) {
  const scale = fitScale(frame, pane, margin);
  return { x: frame.width / 2, y: frame.height / 2, scale, fitted: true };
}

/**
 * Bring a view into its room.
 *
 * A frame that is wholly visible stands in the middle. A larger one may be moved until its edge
 * reaches the middle of the pane: corners can be looked at in the centre, nothing can get lost,
 * and zooming in at a point of the frame never has to move that point.
 * @param {View} view
 * @param {Room} room
 * @returns {View}
 */
export function clampView(view, room) {
  const whole = fit(room);
  const scale = clamp(view.scale, room.least, room.most);
  const wholly = scale <= whole.scale * (1 + 1e-9);
  if (wholly) return { ...whole, scale, fitted: scale >= whole.scale * (1 - 1e-9) };
  const x = clamp(view.x, 0, room.frame.width);
  const y = clamp(view.y, 0, room.frame.height);
  return { x, y, scale, fitted: false };
}

/**
 * The same view after its room changed: a fitted one fits again, another keeps place and scale.
 * @param {View} view
 * @param {Room} room
 */
export function reseat(view, room) {
  return view.fitted ? fit(room) : clampView(view, room);
}

/**
 * Set the scale; the frame point under `at` (relative to the pane's corner) stays there.
 * @param {View} view
 * @param {number} scale
 * @param {Point} at
 * @param {Room} room
 */
export function zoomTo(view, scale, at, room) {
  const next = clamp(scale, room.least, room.most);
  const dx = at.x - room.pane.width / 2;
  const dy = at.y - room.pane.height / 2;
  const shift = 1 / view.scale - 1 / next;
  const moved = { x: view.x + dx * shift, y: view.y + dy * shift, scale: next, fitted: false };
  return clampView(moved, room);
}

/**
 * Move the picture by a distance on the screen.
 * @param {View} view
 * @param {number} dx
 * @param {number} dy
 * @param {Room} room
 */
export function pan(view, dx, dy, room) {
  return clampView({ ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale }, room);
}

/**
 * 1:1 at a point, or back to fit when it is 1:1 already.
 * @param {View} view
 * @param {number} actual  the scale that is 1:1 (see `actualScale`)
 * @param {Point} at
 * @param {Room} room
 */
export function toggleActual(view, actual, at, room) {
  return isScale(view, actual) ? fit(room) : zoomTo(view, actual, at, room);
}

/** @param {View} view @param {number} scale */
export function isScale(view, scale) {
  return Math.abs(view.scale / scale - 1) < 1e-6;
}

/**
 * @param {View} view
 * @param {Rect} pane
 * @param {Point} point  on the screen
 * @returns {Point} in the frame
 */
export function toFrame(view, pane, point) {
  return {
    x: view.x + (point.x - pane.x - pane.width / 2) / view.scale,
    y: view.y + (point.y - pane.y - pane.height / 2) / view.scale,
  };
}

/**
 * @param {View} view
 * @param {Rect} pane
 * @param {Point} point  in the frame
 * @returns {Point} on the screen
 */
export function toScreen(view, pane, point) {
  return {
    x: pane.x + pane.width / 2 + (point.x - view.x) * view.scale,
    y: pane.y + pane.height / 2 + (point.y - view.y) * view.scale,
  };
}

/**
 * Where a picture is drawn on the screen, on whole device pixels: at 1:1 nothing is resampled,
 * and two pictures of one placement get the same rectangle to the pixel.
 * @param {View} view
 * @param {Rect} pane
 * @param {Rect} placed  from `placement`
 * @returns {Rect}
 */
export function screenRect(view, pane, placed) {
  const corner = toScreen(view, pane, placed);
  return {
    x: Math.round(corner.x),
    y: Math.round(corner.y),
    width: Math.max(1, Math.round(placed.width * view.scale)),
    height: Math.max(1, Math.round(placed.height * view.scale)),
  };
}

/**
 * What of the frame is seen in a pane.
 * @param {View} view
 * @param {Rect} pane
 * @param {Size} frame
 * @returns {Rect}
 */
export function sightOf(view, pane, frame) {
  const start = toFrame(view, pane, pane);
  const end = toFrame(view, pane, { x: pane.x + pane.width, y: pane.y + pane.height });
  const [x, y] = [Math.max(0, start.x), Math.max(0, start.y)];
  return { x, y, width: Math.min(frame.width, end.x) - x, height: Math.min(frame.height, end.y) - y };
}

/**
 * A region's place in the frame, in words.
 * @param {Rect} region
 * @param {Size} frame
 * @returns {string} empty when it is the whole frame
 */
export function placeWords(region, frame) {
  if (region.width >= frame.width * 0.999 && region.height >= frame.height * 0.999) return "";
  const third = (/** @type {number} */ middle, /** @type {number} */ length) => clamp(Math.floor((3 * middle) / length), 0, 2);
  const row = third(region.y + region.height / 2, frame.height);
  const column = third(region.x + region.width / 2, frame.width);
  return [
    ["at the upper left", "at the top", "at the upper right"],
    ["at the left", "in the middle", "at the right"],
    ["at the lower left", "at the bottom", "at the lower right"],
  ][row][column];
}

/**
 * The pixel of a picture that is drawn at a point of the screen.
 * @param {Rect} rect  where the whole picture lies
 * @param {Size} picture
 * @param {Point} point
 * @returns {Point | null} column and row, from 0; null beside the picture
 */
export function pixelAt(rect, picture, point) {
  const x = Math.floor(((point.x - rect.x) * picture.width) / rect.width);
  const y = Math.floor(((point.y - rect.y) * picture.height) / rect.height);
  return x >= 0 && y >= 0 && x < picture.width && y < picture.height ? { x, y } : null;
}

/**
 * The panes of a mode, and the part of the screen each may paint.
 *
 * Flip has one slot; side by side panes of equal size in one row; wipe two slots in one pane, cut
 * at the divider.
 * @param {"flip" | "side" | "wipe"} mode
 * @param {Size} screen
 * @param {number} gap  between two panes
 * @param {number} divider  share of the width that is left of the wipe's divider
 * @param {number} [count]  of the panes side by side
 * @returns {Slot[]}
 */
export function slotsOf(mode, { width, height }, gap, divider, count = 2) {
  const whole = { x: 0, y: 0, width, height };
  if (mode === "side") return rowOfPanes(whole, gap, count);
  if (mode === "flip") return [{ pane: whole, clip: whole }];
  const cut = Math.round(width * divider);
  const right = { ...whole, x: cut, width: width - cut };
  return [{ pane: whole, clip: { ...whole, width: cut } }, { pane: whole, clip: right }];
}

/**
 * Panes of equal width; the first and the last end with the screen.
 * @param {Rect} screen
 * @param {number} gap
 * @param {number} count
 */
function rowOfPanes(screen, gap, count) {
  const width = Math.max(1, Math.floor((screen.width - gap * (count - 1)) / count));
  const step = (screen.width - width) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) => {
    const pane = { ...screen, x: Math.round(index * step), width };
    return { pane, clip: pane };
  });
}

/**
 * The slot under a point; beside all of them, the first.
 * @param {Slot[]} slots
 * @param {Point} point
 */
export function slotAt(slots, { x }) {
  return slots.find(({ clip }) => x >= clip.x && x < clip.x + clip.width) ?? slots[0];
}
