// Drawing and changing regions, by mouse or by keys, without a page.
import assert from "node:assert/strict";
import test from "node:test";

import { begunDraft, finished, withCorner, withTip, withoutCorner } from "../../src/evalwidgets/widgets/region_draft.js";
import { RegionPen, pixelsOf } from "../../src/evalwidgets/widgets/region_pen.js";
import { MOST_CORNERS } from "../../src/evalwidgets/widgets/region_shapes.js";

const ALL = ["box", "point", "polygon"];
/** A picture of 300 x 200 pixels at 200 %, on a screen with two device pixels for each CSS pixel. */
const TARGET = { role: "edited", size: [300, 200], rect: { x: 0, y: 0, width: 600, height: 400 }, ratio: 2 };
const RULES = { shapes: ALL, least: [1, 1] };

/** A pen and what it has drawn. */
function aPen(shape = "free") {
  const drawn = [];
  const pen = new RegionPen((region) => drawn.push(region));
  pen.shape = shape;
  return { pen, drawn };
}

test("a drag is a box, a click is a point", () => {
  const { pen, drawn } = aPen();
  pen.begin(TARGET, [50, 60]);
  pen.to([10, 20]);
  assert.ok(pen.finish(TARGET, ALL, false));
  pen.begin(TARGET, [50, 60]);
  assert.ok(pen.finish(TARGET, ALL, true));

  assert.deepEqual([["box", [[10, 20], [50, 60]]], ["point", [[50, 60]]]], drawn.map(({ type, points }) => [type, points]));
  const { type, points, ...said } = drawn[0];
  assert.deepEqual({ id: "", role: "edited", size: [300, 200], label: "", severity: null, cause: "", note: "", picture: "" }, said);
  assert.ok(!pen.isBusy);
});

test("only the shapes that are asked for are drawn", () => {
  const box = withTip(begunDraft("box", "edited", [300, 200], [1, 1]), [50, 60]);

  assert.equal(null, finished(box, { ...RULES, shapes: ["box"] }, true));
  assert.deepEqual("point", finished(box, { ...RULES, shapes: ["point"] }, false)?.type);
  assert.equal(null, finished(box, { ...RULES, shapes: ["polygon"] }, false));
});

test("a box has at least one pixel of the screen in each direction", () => {
  const flat = withTip(begunDraft("box", "edited", [300, 200], [10, 20]), [90, 20]);

  assert.deepEqual([[10, 20], [90, 23]], finished(flat, { ...RULES, least: [3, 3] }, false)?.points);
});

test("a polygon closes on its first corner, or where a corner is set twice", () => {
  for (const last of [[11, 12], [99, 101]]) {
    const { pen, drawn } = aPen("polygon");
    pen.begin(TARGET, [10, 10]);
    for (const corner of [[100, 10], [100, 100], last]) {
      pen.to(corner);
      pen.corner(TARGET, ALL);
    }
    assert.deepEqual([[[10, 10], [100, 10], [100, 100]]], drawn.map(({ points }) => points));
  }
});

test("a corner is not set twice in one place while the polygon cannot close", () => {
  const { pen } = aPen("polygon");
  pen.begin(TARGET, [10, 10]);
  for (const corner of [[10.5, 10], [50, 10], [50.2, 10.2]]) {
    pen.to(corner);
    pen.corner(TARGET, ALL);
  }

  assert.deepEqual([[10, 10], [50, 10]], pen.draft?.corners);
});

test("the last corner can be taken back, and with the first the polygon goes", () => {
  const { pen } = aPen("polygon");
  pen.begin(TARGET, [10, 10]);
  pen.to([50, 10]);
  pen.corner(TARGET, ALL);
  pen.back();
  assert.deepEqual([[10, 10]], pen.draft?.corners);
  pen.back();

  assert.ok(!pen.isBusy);
});

test("a polygon has no more corners than are kept", () => {
  let draft = begunDraft("polygon", "edited", [300, 200], [0, 0]);
  for (let count = 1; count < MOST_CORNERS + 9; count += 1) draft = withCorner(withTip(draft, [count, 0]));

  assert.equal(MOST_CORNERS, draft.corners.length);
  assert.equal(MOST_CORNERS - 1, withoutCorner(draft)?.corners.length);
});

test("a polygon of two corners is nothing yet", () => {
  const line = withCorner(withTip(begunDraft("polygon", "edited", [300, 200], [0, 0]), [9, 9]));

  assert.equal(null, finished(line, RULES, false));
});

const REGION = { id: "r", type: "box", points: [[10, 10], [50, 50]], role: "edited", size: [300, 200], picture: "", label: "halo", severity: 2, cause: "", note: "pale" };

test("what is changed keeps its id and what is said of it", () => {
  const { pen, drawn } = aPen();
  pen.take(REGION, -1);
  pen.shift([5, 6]);
  pen.release();

  assert.deepEqual([{ ...REGION, points: [[15, 16], [55, 56]] }], drawn);
});

test("with the mouse every move counts from where it began", () => {
  const { pen } = aPen();
  pen.take(REGION, 4);
  for (const by of [[50, 50], [-500, 3], [5, -5]]) pen.shift(by);

  assert.deepEqual([[10, 10], [55, 45]], pen.held?.now.points);
});

test("with the keys every step goes on from the last, and each grip from the one before", () => {
  const { pen, drawn } = aPen();
  pen.take(REGION, -1);
  for (let count = 0; count < 3; count += 1) {
    pen.shift([1, 0]);
    pen.settle();
  }
  pen.nextGrip(1);
  pen.shift([-3, -2]);
  pen.settle();
  pen.nextGrip(-1);
  assert.equal(-1, pen.held?.grip);
  pen.nextGrip(-1);
  assert.equal(7, pen.held?.grip);
  pen.release();

  assert.deepEqual([[[10, 8], [53, 50]]], drawn.map(({ points }) => points));
});

test("what did not change, or was let go, is not told", () => {
  const { pen, drawn } = aPen();
  pen.take(REGION, -1);
  pen.release();
  pen.take(REGION, -1);
  pen.shift([9, 9]);
  pen.cancel();
  pen.begin(TARGET, [1, 1]);
  pen.cancel();
  assert.ok(!pen.finish(TARGET, ALL, false));

  assert.deepEqual([], drawn);
});

test("pixels of the screen are told in pixels of the picture", () => {
  assert.deepEqual([8, 8], pixelsOf(TARGET, 8));
});
