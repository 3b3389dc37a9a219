// @ts-check
// Channels of a picture: luminance, saturation and edges, computed from its pixels. Pure arithmetic.
//
// Each is a grey picture in which a difference between two pictures stands out that colour hides.
// Pixels are RGBA bytes in sRGB, as a canvas gives them; alpha stays as it is.

/** @typedef {"colour" | "luminance" | "saturation" | "edges"} Channel */
/** @typedef {{data: Uint8ClampedArray, width: number, height: number}} Pixels */

/** In the order in which a key goes through them. @type {readonly Channel[]} */
export const CHANNELS = ["colour", "luminance", "saturation", "edges"];

const STEPS = 1 << 14; // of linear light: fine enough that every grey level stays itself
/** A step from black to white, seen straight on, has a gradient of 4 * 255; half of it is white already. */
const EDGE_GAIN = 0.5;

/** sRGB (IEC 61966-2-1) to linear light, for each of the 256 levels. */
const LINEAR = Float32Array.from({ length: 256 }, (_, level) => {
  const share = level / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});
/** Linear light to the nearest sRGB level. */
const LEVELS = Uint8Array.from({ length: STEPS + 1 }, (_, step) => {
  const light = step / STEPS;
  return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
});

/**
 * The grey that is as light as a colour: its relative luminance (Rec. 709), as an sRGB level.
 * @param {number} red @param {number} green @param {number} blue  levels, 0 to 255
 */
export function luminanceOf(red, green, blue) {
  return LEVELS[(STEPS * (0.2126 * LINEAR[red] + 0.7152 * LINEAR[green] + 0.0722 * LINEAR[blue]) + 0.5) | 0];
}

/**
 * How far a colour is from grey: its strongest level less its weakest. (Not divided by the strongest,
 * as in HSV: there, black pixels that nobody can tell from grey would be the most saturated ones.)
 * @param {number} red @param {number} green @param {number} blue
 */
export function saturationOf(red, green, blue) {
  return Math.max(red, green, blue) - Math.min(red, green, blue);
}

/**
 * One channel of some rows of a picture.
 * @param {Channel} channel
 * @param {Pixels} pixels  the rows, and for edges a row above and below them where there is one
 * @param {number} top  the first of the rows
 * @param {number} bottom  the row after the last
 * @returns {Uint8ClampedArray} RGBA of these rows
 */
export function channelRows(channel, pixels, top, bottom) {
  const grey = channel === "edges" ? edgeRows(pixels, top, bottom) : levelRows(pixels, top, bottom, channel === "luminance" ? luminanceOf : saturationOf);
  const made = new Uint8ClampedArray(grey.length * 4);
  const alphas = top * pixels.width * 4 + 3;
  for (let at = 0; at < grey.length; at += 1) {
    made[4 * at] = made[4 * at + 1] = made[4 * at + 2] = grey[at];
    made[4 * at + 3] = pixels.data[alphas + 4 * at];
  }
  return made;
}

/**
 * @param {Pixels} pixels @param {number} top @param {number} bottom
 * @param {(red: number, green: number, blue: number) => number} level
 */
function levelRows({ data, width }, top, bottom, level) {
  const made = new Uint8ClampedArray((bottom - top) * width);
  for (let at = 0, from = 4 * top * width; at < made.length; at += 1, from += 4) {
    made[at] = level(data[from], data[from + 1], data[from + 2]);
  }
  return made;
}

/**
 * The strength of Sobel's gradient of the luminance. Beyond the border the picture goes on as it
 * came (linearly), so that the border of a tile looks like any other place.
 * @param {Pixels} pixels @param {number} top @param {number} bottom
 */
function edgeRows(pixels, top, bottom) {
  const { width } = pixels;
  const light = padded(levelRows(pixels, 0, pixels.height, luminanceOf), width, pixels.height);
  const made = new Uint8ClampedArray((bottom - top) * width);
  const step = width + 2;
  for (let row = top; row < bottom; row += 1) {
    for (let column = 0, here = (row + 1) * step + 1; column < width; column += 1, here += 1) {
      const above = here - step;
      const below = here + step;
      const across = light[above + 1] + 2 * light[here + 1] + light[below + 1] - light[above - 1] - 2 * light[here - 1] - light[below - 1];
      const down = light[below - 1] + 2 * light[below] + light[below + 1] - light[above - 1] - 2 * light[above] - light[above + 1];
      made[(row - top) * width + column] = EDGE_GAIN * Math.sqrt(across * across + down * down);
    }
  }
  return made;
}

/**
 * A plane with one more row and column on each side, continued linearly.
 * @param {Uint8ClampedArray} plane @param {number} width @param {number} height
 */
function padded(plane, width, height) {
  const step = width + 2;
  const made = new Int16Array(step * (height + 2));
  for (let row = 0; row < height; row += 1) {
    const start = (row + 1) * step;
    made.set(plane.subarray(row * width, (row + 1) * width), start + 1);
    made[start] = beyond(made[start + 1], made[start + (width > 1 ? 2 : 1)]);
    made[start + width + 1] = beyond(made[start + width], made[start + (width > 1 ? width - 1 : width)]);
  }
  for (let column = 0; column < step; column += 1) {
    const [first, last] = [step + column, height * step + column];
    made[column] = beyond(made[first], made[first + (height > 1 ? step : 0)]);
    made[last + step] = beyond(made[last], made[last - (height > 1 ? step : 0)]);
  }
  return made;
}

/** @param {number} border @param {number} inner */
function beyond(border, inner) {
  return 2 * border - inner;
}
