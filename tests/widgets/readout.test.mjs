// What the inspector says, and that what lies in a corner keeps clear of the pixel.
import assert from "node:assert/strict";
import test from "node:test";

import { colourWords, cornerAwayFrom, hexOf } from "../../src/evalwidgets/widgets/readout.js";

test("a colour is told by its levels and as hex; what is not opaque says so", () => {
  assert.deepEqual(["212 7 180", "#d407b4"], [colourWords([212, 7, 180, 255]), hexOf([212, 7, 180, 255])]);
  assert.deepEqual(["1 2 3 (50 %)", "transparent"], [colourWords([1, 2, 3, 128]), colourWords([0, 0, 0, 0])]);
});

const AREA = { width: 800, height: 500 };
const CHIP = { width: 220, height: 60 };

for (const [where, points, side, corner] of [
  ["nowhere", [], "left", "bottom-left"],
  ["far away", [{ x: 700, y: 20 }], "left", "bottom-left"],
  ["on the chip", [{ x: 100, y: 460 }], "left", "top-left"],
  ["just beside the chip", [{ x: 250, y: 450 }], "left", "top-left"],
  ["near the chip in the other pane", [{ x: 600, y: 250 }, { x: 120, y: 480 }], "left", "top-left"],
  ["on the map", [{ x: 750, y: 470 }], "right", "top-right"],
]) {
  test(`with the pixel ${where} the chip lies ${corner}`, () => {
    assert.equal(corner, cornerAwayFrom(points, CHIP, AREA, side));
  });
}

test("no pixel is ever covered, wherever it is, as long as the chip takes less than a third of the height", () => {
  for (let x = 0; x <= 800; x += 20) {
    for (let y = 0; y <= 500; y += 20) {
      const corner = cornerAwayFrom([{ x, y }], CHIP, AREA, "left");
      const top = corner.startsWith("bottom") ? 430 : 10;
      assert.ok(!(x >= 10 && x <= 230 && y >= top && y <= top + 60), `${x}, ${y}: ${corner}`);
    }
  }
});
