// Marked places: properties that hold for any picture, wherever it lies on the screen.
import assert from "node:assert/strict";
import test from "node:test";

import {
  areaOf, boxAround, boxBetween, gripAt, gripsOf, inPicture, isInside, isOnLine, moved, onScreen, outline, placeInWords, reshaped, resized,
} from "../../src/evalwidgets/widgets/region_shapes.js";

/** A small seeded generator (a linear congruence), so that a failure comes again. */
function seeded(seed) {
  let state = seed >>> 0;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return { between: (low, high) => low + next() * (high - low), whole: (low, high) => Math.floor(low + next() * (high - low + 1)) };
}

const region = (type, points, more = {}) => ({
  id: "r", type, points, role: "edited", size: [300, 200], picture: "", label: "", severity: null, cause: "", note: "", ...more,
});
const BOX = region("box", [[60, 40], [120, 100]]);
/** One screen pixel for each pixel, away from the corner. */
const PLAIN = { x: 10, y: 20, width: 300, height: 200 };

/** Call `property` with 300 regions of any shape, and where their pictures lie. */
function forAnyRegion(property) {
  const random = seeded(20261128);
  for (let count = 0; count < 300; count += 1) {
    const size = [random.whole(2, 6000), random.whole(2, 6000)];
    const rect = { x: random.between(-4000, 900), y: random.between(-4000, 900), width: random.between(20, 9000), height: random.between(20, 9000) };
    const point = () => [random.between(0, size[0]), random.between(0, size[1])];
    const type = ["box", "point", "polygon"][count % 3];
    const points = { box: () => boxBetween(point(), point(), size), point: () => [point()], polygon: () => Array.from({ length: random.whole(3, 9) }, point) }[type]();
    property(region(type, points, { size }), rect, random);
  }
}

/** Whether a region is one that the kernel takes: inside its picture, a box with two sides. */
function assertKept({ type, points, size }, message) {
  for (const [x, y] of points) assert.ok(x >= 0 && y >= 0 && x <= size[0] && y <= size[1], `${message}: ${x}, ${y} lies outside ${size}`);
  if (type === "box") assert.ok(points[0][0] < points[1][0] && points[0][1] < points[1][1], `${message}: ${points} is no box`);
}

test("a pixel is found again where it is drawn, at every zoom", () => {
  forAnyRegion(({ points, size }, rect) => {
    for (const point of points) {
      const [x, y] = inPicture(onScreen(point, rect, size), rect, size);
      assert.ok(Math.abs(x - point[0]) < 1e-6 * size[0] && Math.abs(y - point[1]) < 1e-6 * size[1]);
    }
  });
});

test("beside the picture, the pixel at its edge is meant", () => {
  assert.deepEqual([0, 200], inPicture({ x: -50, y: 900 }, PLAIN, [300, 200]));
});

test("a box is the same in whatever order its corners are set, and never without a side", () => {
  assert.deepEqual([[10, 20], [30, 60]], boxBetween([30, 20], [10, 60], [300, 200]));
  assert.deepEqual([[298, 50], [300, 51]], boxBetween([300, 50], [300, 50], [300, 200], [2, 1]));
  forAnyRegion((one, _, random) => {
    const corner = () => [random.between(-9, one.size[0] + 9), random.between(-9, one.size[1] + 9)];
    assertKept({ ...one, type: "box", points: boxBetween(corner(), corner(), one.size) }, "between any two");
  });
});

test("what is moved keeps its shape and stays in the picture", () => {
  assert.deepEqual([[240, 0], [300, 60]], moved(BOX, 999, -999).points);
  forAnyRegion((one, _, random) => {
    const there = moved(one, random.between(-9000, 9000), random.between(-9000, 9000));
    assertKept(there, "moved");
    const [before, after] = [one, there].map(({ points }) => boxAround(points));
    for (const axis of [0, 1]) assert.ok(Math.abs(before[1][axis] - before[0][axis] - (after[1][axis] - after[0][axis])) < 0.021);
  });
});

test("a grip takes along what it belongs to, and nothing else", () => {
  assert.deepEqual([[50, 30], [120, 100]], reshaped(BOX, 0, [50, 30]).points);
  assert.deepEqual([[60, 30], [120, 100]], reshaped(BOX, 1, [999, 30]).points);
  assert.deepEqual([[60, 40], [150, 100]], reshaped(BOX, 3, [150, 0]).points);
  assert.deepEqual([[60, 40], [150, 130]], reshaped(BOX, 4, [150, 130]).points);
  assert.deepEqual([[20, 40], [120, 100]], reshaped(BOX, 7, [20, 0]).points);
  const triangle = region("polygon", [[0, 0], [10, 0], [0, 10]]);
  assert.deepEqual([[0, 0], [15, 5], [0, 10]], reshaped(triangle, 1, [15, 5]).points);
});

test("a box that is drawn through itself turns over", () => {
  assert.deepEqual([[120, 40], [180, 100]], reshaped(BOX, 7, [180, 0]).points);
  forAnyRegion((one, _, random) => {
    if (one.type === "point") return;
    const grip = random.whole(0, gripsOf(one).length - 1);
    assertKept(reshaped(one, grip, [random.between(0, one.size[0]), random.between(0, one.size[1])]), "reshaped");
  });
});

test("every grip can be taken within reach, at every zoom, and none from further away", () => {
  forAnyRegion((one, rect) => {
    gripsOf(one).forEach((grip, index) => {
      const at = onScreen(grip, rect, one.size);
      const found = gripAt(one, rect, { x: at.x + 5, y: at.y - 5 }, 8);
      const small = one.type === "box" && index % 2 === 1 && found !== index; // beside a corner, or none where there is no room
      if (small) return;
      assert.ok(found >= 0);
      const there = onScreen(gripsOf(one)[found], rect, one.size);
      assert.ok(Math.hypot(there.x - at.x - 5, there.y - at.y + 5) <= Math.hypot(5, 5) + 1e-6);
    });
  });
  assert.equal(-1, gripAt(BOX, PLAIN, { x: 70 + 9, y: 60 + 9 }, 8));
});

test("a line is taken on the line and not inside", () => {
  assert.ok(isOnLine(BOX, PLAIN, { x: 70 + 4, y: 90 }, 6));
  assert.ok(isOnLine(BOX, PLAIN, { x: 90, y: 60 - 5 }, 6));
  assert.ok(!isOnLine(BOX, PLAIN, { x: 100, y: 90 }, 6));
  assert.ok(!isOnLine(BOX, PLAIN, { x: 100, y: 40 }, 6));
  assert.ok(isOnLine(region("point", [[100, 50]]), PLAIN, { x: 113, y: 73 }, 6));
});

test("a region holds its middle, when it is a box, and nothing beside it", () => {
  forAnyRegion((one, rect) => {
    if (one.type !== "box") return;
    const [[left, top], [right, bottom]] = one.points;
    assert.ok(isInside(one, rect, onScreen([(left + right) / 2, (top + bottom) / 2], rect, one.size)));
    assert.ok(!isInside(one, rect, onScreen([left - 1, top - 1], rect, one.size)));
  });
  const bent = region("polygon", [[0, 0], [100, 0], [100, 100], [50, 10], [0, 100]]);
  assert.ok(isInside(bent, PLAIN, { x: 10 + 10, y: 20 + 50 }));
  assert.ok(!isInside(bent, PLAIN, { x: 10 + 50, y: 20 + 50 }));
  assert.ok(!isInside(region("point", [[5, 5]]), PLAIN, { x: 15, y: 25 }));
});

test("area and outline are those of the shape", () => {
  assert.equal(3600, areaOf(BOX));
  assert.equal(50, areaOf(region("polygon", [[0, 0], [0, 10], [10, 0]])));
  assert.equal(0, areaOf(region("point", [[5, 5]])));
  assert.deepEqual([[60, 40], [120, 40], [120, 100], [60, 100]], outline(BOX));
});

test("a region on a copy of another size is at the same place", () => {
  forAnyRegion((one, rect, random) => {
    const size = [random.whole(2, 6000), random.whole(2, 6000)];
    const there = resized(one, size);
    one.points.forEach((point, index) => {
      const [here, copied] = [onScreen(point, rect, one.size), onScreen(there.points[index], rect, size)];
      assert.ok(Math.abs(here.x - copied.x) <= (0.01 * rect.width) / size[0] + 1e-6);
      assert.ok(Math.abs(here.y - copied.y) <= (0.01 * rect.height) / size[1] + 1e-6);
    });
  });
});

test("where it lies can be said in words", () => {
  const places = [[10, 10], [150, 100], [300, 100], [150, 200]].map((middle) => placeInWords(region("point", [middle])));
  assert.deepEqual(["upper left", "centre", "right", "lower"], places);
});
