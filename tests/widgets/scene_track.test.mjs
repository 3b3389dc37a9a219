// Which scene is shown while browser and kernel move at different speed.
import assert from "node:assert/strict";
import test from "node:test";

import { SceneTrack, hashesOf, sceneOf } from "../../src/evalwidgets/widgets/scene_track.js";

const scene = (key, more = {}) => sceneOf({ key, kind: "edit", ...more });
const queue = ["k2", "k3", "k4", "k5", "k6", "k7"].map((key) => scene(key));

/** A track that shows k1, by the kernel's word. */
function atFirst() {
  const track = new SceneTrack();
  track.told(scene("k1"));
  return track;
}

test("an empty trait is no scene, and a short one is completed", () => {
  assert.equal(null, sceneOf({}));
  assert.deepEqual({ key: "k", kind: "image", pictures: [], texts: [], notice: "" }, sceneOf({ key: "k" }));
});

test("only pictures that can be shown are needed", () => {
  assert.deepEqual(["h"], hashesOf(sceneOf({ key: "k", pictures: [{ picture: "h" }, { picture: null }] })));
  assert.deepEqual([], hashesOf(null));
});

test("a step ahead shows the queued scene at once, and its confirmation changes nothing", () => {
  const track = atFirst();

  assert.equal("shown", track.step("k2", queue));
  assert.equal("kept", track.told(scene("k2")));
  assert.equal("k2", track.shown.key);
});

test("two quick steps do not flicker back when the first is confirmed late", () => {
  const track = atFirst();
  track.step("k2", queue);
  track.step("k3", queue);

  assert.equal("kept", track.told(scene("k2")));
  assert.equal("k3", track.shown.key);
  assert.equal("kept", track.told(scene("k3")));
});

test("a scene that the page did not step to wins over all steps", () => {
  const track = atFirst();
  track.step("k2", queue);
  track.step("k3", queue);

  assert.equal("shown", track.told(scene("k9")));
  assert.equal("k9", track.shown.key);
  assert.equal("shown", track.told(scene("k2")));
});

test("a recall returns to the kernel's scene although the kernel's scene never changed", () => {
  const track = atFirst();
  track.step("k2", queue);

  assert.equal("shown", track.recalled(scene("k1")));
  assert.equal("k1", track.shown.key);
  assert.equal("shown", track.step("k2", queue));
});

/** A track that stepped on through five tasks, to k6. */
function afterFive() {
  const track = atFirst();
  for (const { key } of queue.slice(0, 5)) track.step(key, queue);
  return track;
}

test("a step back finds the last four scenes without the queue, and no older one", () => {
  for (const [key, found] of [["k5", "k5"], ["k2", "k2"], ["k1", undefined]]) {
    const track = afterFive();

    track.step(key, []);

    assert.equal(found, track.shown?.key);
  }
});

test("an unknown scene leaves the stage empty until the kernel sends it", () => {
  const track = atFirst();

  assert.equal("shown", track.step("k8", queue));
  assert.deepEqual([null, "k8"], [track.shown, track.key]);
  assert.equal("shown", track.told(scene("k8")));
  assert.equal("k8", track.shown.key);
});

test("new content under the same key is a refresh, the same content is nothing", () => {
  const track = atFirst();

  assert.equal("kept", track.told(scene("k1")));
  assert.equal("refreshed", track.told(scene("k1", { notice: "too large" })));
});

test("stepping to what is shown is nothing", () => {
  assert.equal("kept", atFirst().step("k1", queue));
});

test("the kernel can empty the stage", () => {
  const track = atFirst();

  assert.equal("shown", track.told(null));
  assert.deepEqual([null, null], [track.shown, track.key]);
});
