// Channels of a picture: reference values, and that slices and tiles give what the whole gives.
import assert from "node:assert/strict";
import test from "node:test";

import { channelRows, luminanceOf, saturationOf } from "../../src/evalwidgets/widgets/channels.js";

function picture(width, height, colour) {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < width * height; at += 1) data.set(colour(at % width, Math.floor(at / width)), 4 * at);
  return { data, width, height };
}

/** The first of each pixel's four bytes. */
function levels(rgba) {
  return Array.from({ length: rgba.length / 4 }, (_, at) => rgba[4 * at]);
}

function noise(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
}

test("every grey is its own luminance and has no saturation", () => {
  for (let level = 0; level < 256; level += 1) {
    assert.deepEqual([level, 0], [luminanceOf(level, level, level), saturationOf(level, level, level)]);
  }
});

// By hand from IEC 61966-2-1 and Rec. 709: red has 21.26 % of white's light, which as sRGB is level 127.
for (const [name, colour, luminance, saturation] of [
  ["red", [255, 0, 0], 127, 255],
  ["green", [0, 255, 0], 220, 255],
  ["blue", [0, 0, 255], 76, 255],
  ["yellow", [255, 255, 0], 247, 255],
  ["a skin tone", [224, 172, 105], 181, 119],
  ["nearly black", [3, 0, 0], 1, 3],
]) {
  test(`${name} has the luminance ${luminance} and the saturation ${saturation}`, () => {
    assert.deepEqual([luminance, saturation], [luminanceOf(...colour), saturationOf(...colour)]);
  });
}

test("edges are Sobel's gradient: a step of 40 levels is 160 on both of its sides, flat places are 0", () => {
  const step = picture(6, 4, (x) => (x < 3 ? [60, 60, 60, 255] : [100, 100, 100, 255]));

  const rows = levels(channelRows("edges", step, 1, 2));

  assert.deepEqual([0, 0, 160, 160, 0, 0], rows);
});

test("a slanted gradient counts in both directions, and a strong edge is white", () => {
  const slope = picture(5, 5, (x, y) => [3 * x + 4 * y, 3 * x + 4 * y, 3 * x + 4 * y, 255]);
  const step = picture(4, 3, (x) => (x < 2 ? [0, 0, 0, 255] : [255, 255, 255, 255]));

  assert.equal(40, levels(channelRows("edges", slope, 2, 3))[2]); // 8 * hypot(3, 4)
  assert.equal(255, levels(channelRows("edges", step, 1, 2))[1]);
});

for (const channel of ["luminance", "saturation", "edges"]) {
  test(`${channel} made in slices is ${channel} of the whole, and alpha stays`, () => {
    const random = noise(5);
    const whole = picture(23, 17, () => [random(), random(), random(), random()]);
    const expected = channelRows(channel, whole, 0, 17);

    for (let row = 0; row < 17; row += 4) {
      const end = Math.min(17, row + 4);
      const [above, below] = [Math.max(0, row - 1), Math.min(17, end + 1)];
      const band = { width: 23, height: below - above, data: whole.data.slice(4 * 23 * above, 4 * 23 * below) };

      assert.deepEqual(expected.slice(4 * 23 * row, 4 * 23 * end), channelRows(channel, band, row - above, end - above));
    }
    for (let at = 3; at < expected.length; at += 4) assert.equal(whole.data[at], expected[at]);
  });
}

test("a picture of one pixel has no edge", () => {
  assert.deepEqual([0], levels(channelRows("edges", picture(1, 1, () => [200, 10, 10, 255]), 0, 1)));
});
