// Softer copies: sizes, steps, grey; and nothing at all where something is lacking.
import assert from "node:assert/strict";
import test from "node:test";

import { halvings, sizeWithin, softened, toGrey } from "../../src/evalwidgets/widgets/softened.js";

test("a copy keeps its shape, is never larger than the picture, and never empty", () => {
  assert.deepEqual({ width: 56, height: 28 }, sizeWithin({ width: 2000, height: 1000 }, 56));
  assert.deepEqual({ width: 20, height: 10 }, sizeWithin({ width: 20, height: 10 }, 56));
  assert.deepEqual({ width: 56, height: 1 }, sizeWithin({ width: 9000, height: 3 }, 56));
});

test("no step leaves out a pixel: each is at least half as long as the one before", () => {
  for (const size of [{ width: 6000, height: 4000 }, { width: 57, height: 31 }, { width: 9000, height: 3 }]) {
    const target = sizeWithin(size, 56);
    const steps = [size, ...halvings(size, target)];

    assert.deepEqual(target, steps.at(-1));
    steps.slice(1).forEach(({ width, height }, index) => {
      assert.ok(2 * width >= steps[index].width && 2 * height >= steps[index].height);
    });
  }
});

test("grey has the luma of the colour and keeps the opacity", () => {
  const pixels = new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 128, 90, 90, 90, 0]);

  assert.deepEqual([54, 54, 54, 255, 182, 182, 182, 128, 90, 90, 90, 0], [...toGrey(pixels)]);
});

test("where the browser gives no canvas there is no copy, and so nothing sharp", () => {
  const page = (context) => ({ createElement: () => ({ getContext: () => context }) });
  const blocked = { drawImage() {}, getImageData() { throw new Error("blocked"); } };

  for (const context of [null, blocked]) {
    globalThis.document = page(context);
    assert.equal(null, softened({ width: 400, height: 300 }, "grey"));
  }
  delete globalThis.document;
});
