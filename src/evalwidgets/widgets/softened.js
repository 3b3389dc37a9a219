// @ts-check
// Softer copies of a picture: blurred or grey, by nothing but scaling and adding up.
//
// No filter of the canvas is used: where a browser lacks one it silently draws the sharp picture.
// Whatever goes wrong here gives no copy, and then the cover stays.

/** @typedef {{width: number, height: number}} Measured */
/** @typedef {HTMLCanvasElement} Copy */

/** The longest side of each copy, in pixels: little enough to blur, enough to judge by, quick to make. */
const LONGEST = { blurred: 40, grey: 1600 };

/**
 * @param {Measured} size
 * @param {number} longest
 * @returns {Measured} the same shape, at most so long
 */
export function sizeWithin({ width, height }, longest) {
  const share = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/**
 * The sizes of halving a picture step by step: each step averages, so that nothing fine is left over.
 * @param {Measured} size
 * @param {Measured} target
 * @returns {Measured[]} the last is the target
 */
export function halvings(size, target) {
  const steps = [];
  let { width, height } = size;
  while (width > 2 * target.width || height > 2 * target.height) {
    width = Math.max(target.width, Math.ceil(width / 2));
    height = Math.max(target.height, Math.ceil(height / 2));
    steps.push({ width, height });
  }
  return [...steps, target];
}

/** Replace colours by their luma, in place. @param {Uint8ClampedArray} rgba */
export function toGrey(rgba) {
  for (let at = 0; at < rgba.length; at += 4) {
    const luma = 0.2126 * rgba[at] + 0.7152 * rgba[at + 1] + 0.0722 * rgba[at + 2];
    rgba[at] = rgba[at + 1] = rgba[at + 2] = luma;
  }
  return rgba;
}

/**
 * @param {ImageBitmap} bitmap
 * @param {"blurred" | "grey"} look
 * @returns {Copy | null} null if it could not be made
 */
export function softened(bitmap, look) {
  try {
    const copy = reduced(bitmap, LONGEST[look]);
    if (look === "grey") {
      const context = contextOf(copy);
      const pixels = context.getImageData(0, 0, copy.width, copy.height);
      toGrey(pixels.data);
      context.putImageData(pixels, 0, 0);
    }
    return copy;
  } catch {
    return null;
  }
}

/** @param {ImageBitmap} bitmap @param {number} longest */
function reduced(bitmap, longest) {
  /** @type {ImageBitmap | Copy} */
  let from = bitmap;
  for (const { width, height } of halvings(bitmap, sizeWithin(bitmap, longest))) {
    const copy = document.createElement("canvas");
    copy.width = width;
    copy.height = height;
    contextOf(copy).drawImage(from, 0, 0, width, height);
    from = copy;
  }
  return /** @type {Copy} */ (from);
}

/** @param {Copy} canvas */
function contextOf(canvas) {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser gives no canvas.");
  return context;
}
