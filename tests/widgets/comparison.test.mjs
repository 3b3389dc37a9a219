// Which picture appears where, for every kind, mode and held key.
import assert from "node:assert/strict";
import test from "node:test";

import { describe, frameOf, isComparison, isMoved, peeksOf, picturesOf } from "../../src/evalwidgets/widgets/comparison.js";

const picture = (role, width = 100, height = 80) => ({ role, label: role.toUpperCase(), picture: `hash-${role}`, width, height });
const sceneWith = (kind, ...roles) => ({ key: "k", kind, pictures: roles.map((role) => picture(role)), texts: [], notice: "" });
const edit = sceneWith("edit", "original", "edited");
const pair = sceneWith("pair", "a", "b");
const pairOfEdits = sceneWith("pair", "a", "b", "original");
const three = sceneWith("pair", "a", "b", "c", "original");
const four = sceneWith("pair", "a", "b", "c", "d");
const pictures = (scene, mode, peek, turn = 0) => picturesOf(scene, { mode, turn, peek });
const roles = (scene, mode, peek, turn) => pictures(scene, mode, peek, turn).map(({ role }) => role);

test("an edit shows the edited picture, or the original left of it", () => {
  assert.deepEqual(["edited"], roles(edit, "flip", null));
  assert.deepEqual(["original", "edited"], roles(edit, "side", null));
  assert.deepEqual(["original", "edited"], roles(edit, "wipe", null));
});

test("holding puts the original in place of everything, in every mode", () => {
  for (const scene of [edit, pairOfEdits]) {
    assert.deepEqual(["original"], roles(scene, "flip", "original"));
    assert.deepEqual(["original", "original"], roles(scene, "side", "original"));
    assert.deepEqual(["original", "original"], roles(scene, "wipe", "original"));
  }
});

test("swapping puts A and B in each other's place", () => {
  assert.deepEqual(["a", "b"], roles(pair, "side", null));
  assert.deepEqual(["b", "a"], roles(pair, "side", "swap"));
  assert.deepEqual(["a"], roles(pair, "flip", null));
  assert.deepEqual(["b"], roles(pair, "flip", "swap"));
});

test("a turn puts the next picture in place, and after the last the first", () => {
  assert.deepEqual([["edited"], ["original"], ["edited"]], [0, 1, 2].map((turn) => roles(edit, "flip", null, turn)));
  assert.deepEqual([["a"], ["b"], ["c"], ["a"]], [0, 1, 2, 3].map((turn) => roles(three, "flip", null, turn)));
  assert.deepEqual(["edited", "original"], roles(edit, "side", null, 1));
  assert.deepEqual(["edited", "original"], roles(edit, "wipe", null, 1));
  assert.deepEqual(["b", "c", "a"], roles(three, "side", null, 1));
});

test("all candidates stand in one row; a wipe is the one whose turn it is against the next", () => {
  assert.deepEqual(["a", "b", "c", "d"], roles(four, "side", null));
  assert.deepEqual([["a", "b"], ["b", "c"], ["c", "d"], ["d", "a"]], [0, 1, 2, 3].map((turn) => roles(four, "wipe", null, turn)));
});

test("holding works on top of every turn, in every mode", () => {
  for (const mode of ["flip", "side", "wipe"]) {
    for (const turn of [0, 1, 2, 3]) {
      assert.deepEqual(new Set(["original"]), new Set(roles(three, mode, "original", turn)));
      assert.deepEqual(roles(four, mode, null, turn + 1), roles(four, mode, "swap", turn));
      assert.equal(roles(three, mode, null, turn).length, roles(three, mode, "original", turn).length);
    }
  }
});

test("candidates that are not in their usual places are known as moved", () => {
  const way = (turn, peek = null) => ({ mode: "side", turn, peek });
  assert.deepEqual([false, true, false], [0, 1, 2].map((turn) => isMoved(pair, way(turn))));
  assert.deepEqual([true, false], [0, 1].map((turn) => isMoved(pair, way(turn, "swap"))));
  assert.equal(false, isMoved(edit, way(1)));
});

test("Space holds the original where there is one, else the other candidate", () => {
  assert.deepEqual(["original"], peeksOf(edit));
  assert.deepEqual(["swap"], peeksOf(pair));
  assert.deepEqual(["original", "swap"], peeksOf(pairOfEdits));
});

test("one picture is no comparison", () => {
  for (const scene of [sceneWith("image", "image"), sceneWith("prompt", "image"), sceneWith("edit", "edited"), null]) {
    assert.equal(false, isComparison(scene));
    assert.deepEqual([], peeksOf(scene));
  }
  assert.deepEqual(["image"], roles(sceneWith("image", "image"), "flip", null));
});

test("the frame is the original's size, else the size of the first picture that has one", () => {
  const sized = { ...pairOfEdits, pictures: [picture("a", 10, 10), picture("b", 20, 20), picture("original", 30, 30)] };
  const broken = { ...edit, pictures: [{ ...picture("original", 0, 0), picture: null }, picture("edited", 5, 4)] };

  assert.deepEqual({ width: 30, height: 30 }, frameOf(sized));
  assert.deepEqual({ width: 5, height: 4 }, frameOf(broken));
  assert.equal(undefined, frameOf({ ...edit, pictures: [] }));
});

test("a screen reader hears what is shown and where", () => {
  assert.equal("EDITED", describe(pictures(edit, "flip", null), "flip"));
  assert.equal("A and B, side by side", describe(pictures(pair, "side", null), "side"));
  assert.equal("ORIGINAL left of the divider, EDITED right of it", describe(pictures(edit, "wipe", null), "wipe"));
  assert.equal("ORIGINAL, in both places", describe(pictures(pairOfEdits, "side", "original"), "side"));
  assert.equal("A, B, C and D, side by side", describe(pictures(four, "side", null), "side"));
  assert.equal("ORIGINAL, in all places", describe(pictures(three, "side", "original"), "side"));
  assert.equal("No picture", describe([], "flip"));
});
