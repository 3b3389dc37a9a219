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
/** A step from black to white has a gradient of 4 * 255: one of a quarter of that is white already. */
const EDGE_GAIN = 1;

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
 * The strength of Sobel's gradient of the luminance. Beyond the border the picture repeats its last
 * row or column: noise is as strong there as anywhere, so that the border of a tile does not show.
 * @param {Pixels} pixels @param {number} top @param {number} bottom
 */
function edgeRows(pixels, top, bottom) {
  const { width, height } = pixels;
  const light = levelRows(pixels, 0, height, luminanceOf);
  const made = new Uint8ClampedArray((bottom - top) * width);
  for (let row = top, at = 0; row < bottom; row += 1) {
    const here = row * width;
    const above = Math.max(0, row - 1) * width;
    const below = Math.min(height - 1, row + 1) * width;
    for (let column = 0; column < width; column += 1, at += 1) {
      const left = column && column - 1;
      const right = column + 1 < width ? column + 1 : column;
      const across = light[above + right] + 2 * light[here + right] + light[below + right] - light[above + left] - 2 * light[here + left] - light[below + left];
      const down = light[below + left] + 2 * light[below + column] + light[below + right] - light[above + left] - 2 * light[above + column] - light[above + right];
      made[at] = EDGE_GAIN * Math.sqrt(across * across + down * down);
    }
  }
  return made;
}
