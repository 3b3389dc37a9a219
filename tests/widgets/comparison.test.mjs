// Which picture appears where, for every kind, mode and held key.
import assert from "node:assert/strict";
import test from "node:test";

import { describe, frameOf, isComparison, peeksOf, picturesOf } from "../../src/evalwidgets/widgets/comparison.js";

const picture = (role, width = 100, height = 80) => ({ role, label: role.toUpperCase(), picture: `hash-${role}`, width, height });
const sceneWith = (kind, ...roles) => ({ key: "k", kind, pictures: roles.map((role) => picture(role)), texts: [], notice: "" });
const edit = sceneWith("edit", "original", "edited");
const pair = sceneWith("pair", "a", "b");
const pairOfEdits = sceneWith("pair", "a", "b", "original");
const roles = (scene, mode, held) => picturesOf(scene, mode, held).map(({ role }) => role);

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
  assert.equal("EDITED", describe(picturesOf(edit, "flip", null), "flip"));
  assert.equal("A and B, side by side", describe(picturesOf(pair, "side", null), "side"));
  assert.equal("ORIGINAL left of the divider, EDITED right of it", describe(picturesOf(edit, "wipe", null), "wipe"));
  assert.equal("ORIGINAL, in both places", describe(picturesOf(pairOfEdits, "side", "original"), "side"));
  assert.equal("No picture", describe([], "flip"));
});
