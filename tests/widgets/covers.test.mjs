// What may be seen of sensitive pictures: covers, reveals, peeks, and ways of looking.
import assert from "node:assert/strict";
import test from "node:test";

import { picturesOf, describe, frameOf } from "../../src/evalwidgets/widgets/comparison.js";
import { Covers, LOOKS, meantBy, revealedOf } from "../../src/evalwidgets/widgets/covers.js";
import { hashesOf } from "../../src/evalwidgets/widgets/scene_track.js";

const picture = (role, hash = `sharp-${role}`) => ({ role, label: role.toUpperCase(), picture: hash, width: 100, height: 80, cover: `cover-${role}` });
const sceneWith = (kind, pictures, key = "k1") => ({ key, kind, pictures, texts: [], notice: "", sensitive: { note: "a fall", seen: 0, pause: "" } });
const edit = sceneWith("edit", [picture("original"), picture("edited")]);
const sharp = (scene) => scene.pictures.map((one) => one.picture);
const looks = (scene) => scene.pictures.map(({ veil }) => veil.look);

/** Covers whose pictures are looked at in full, so that a reveal shows in the hash. */
const coversInFull = () => new Covers({ look: "full" });

test("a scene that is not sensitive is left as it is", () => {
  const scene = { ...edit, sensitive: undefined };

  assert.equal(scene, new Covers({ look: "full" }).seen(scene));
  assert.equal(null, new Covers({ look: "full" }).seen(null));
});

test("at first everything is covered and no hash of a picture is left", () => {
  const seen = coversInFull().seen(edit);

  assert.deepEqual(["covered", "covered"], looks(seen));
  assert.ok(!JSON.stringify(seen).includes("sharp-"));
});

test("each picture is revealed, and covered again, on its own", () => {
  const covers = coversInFull();

  assert.equal(true, covers.toggle(edit, "edited"));
  assert.deepEqual([null, "sharp-edited"], sharp(covers.seen(edit)));
  assert.equal(true, covers.toggle(edit, "original"));
  assert.equal(false, covers.toggle(edit, "edited"));
  assert.deepEqual(["sharp-original", null], sharp(covers.seen(edit)));
});

test("a peek lasts until it ends, and only one at a time begins", () => {
  const covers = coversInFull();

  assert.equal(true, covers.peek(edit, "edited"));
  assert.equal(false, covers.peek(edit, "edited"));
  assert.equal(false, covers.peek(edit, "original"));
  assert.deepEqual([null, "sharp-edited"], sharp(covers.seen(edit)));
  assert.equal(true, covers.unpeek());
  assert.equal(false, covers.unpeek());
  assert.deepEqual([null, null], sharp(covers.seen(edit)));
});

test("what is revealed cannot be peeked at, and stays when a hold ends", () => {
  const covers = coversInFull();
  covers.toggle(edit, "edited");

  assert.equal(false, covers.peek(edit, "edited"));
  assert.equal(false, covers.unpeek());
  assert.deepEqual([null, "sharp-edited"], sharp(covers.seen(edit)));
});

test("a picture that is looked at blurred or grey has no sharp hash for any part", () => {
  for (const look of ["blurred", "grey"]) {
    const covers = new Covers({ look });
    covers.toggle(edit, "edited");
    const seen = covers.seen(edit);

    assert.deepEqual([null, null], sharp(seen));
    assert.deepEqual(["covered", look], looks(seen));
    assert.deepEqual(["sharp-edited"], revealedOf(seen));
  }
});

test("the way of looking is shared by all views and begins with the mildest", () => {
  const choice = { look: LOOKS[0] };
  const [one, other] = [new Covers(choice), new Covers(choice)];
  one.toggle(edit, "edited");
  other.toggle(edit, "edited");

  assert.deepEqual(["covered", "blurred"], looks(other.seen(edit)));
  one.look = "grey";
  assert.deepEqual(["covered", "grey"], looks(other.seen(edit)));
});

test("the next task's pictures of the same roles are covered, whether or not it was reset", () => {
  const covers = coversInFull();
  covers.toggle(edit, "edited");
  covers.peek(edit, "original");
  const next = { ...edit, key: "k2" };

  assert.deepEqual([null, null], sharp(covers.seen(next)));
  covers.reset();
  assert.deepEqual([null, null], sharp(covers.seen(edit)));
});

test("a reveal shows nothing sharp until the kernel has given the picture", () => {
  const covers = coversInFull();
  const ungiven = sceneWith("edit", [picture("original", null), picture("edited", null)]);
  covers.toggle(ungiven, "edited");

  assert.deepEqual([null, null], sharp(covers.seen(ungiven)));
  assert.deepEqual([], revealedOf(covers.seen(ungiven)));
  assert.deepEqual([null, "sharp-edited"], sharp(covers.seen(edit)));
});

test("holding Space on an edit shows the original's cover, in every mode", () => {
  const covers = coversInFull();
  covers.toggle(edit, "edited");

  for (const mode of ["flip", "side", "wipe"]) {
    const held = picturesOf(covers.seen(edit), { mode, turn: 0, peek: "original" });
    assert.deepEqual(new Set(["covered"]), new Set(held.map(({ veil }) => veil.look)));
  }
});

test("the scene that is seen stays the same object while nothing changes", () => {
  const covers = coversInFull();
  const first = covers.seen(edit);

  assert.equal(first, covers.seen(edit));
  covers.toggle(edit, "edited");
  assert.notEqual(first, covers.seen(edit));
});

test("a sensitive scene asks for nothing but its covers, even where its hashes are known", () => {
  assert.deepEqual(["cover-original", "cover-edited"], hashesOf(edit));
  assert.deepEqual([], hashesOf(sceneWith("image", [{ ...picture("image"), cover: "" }])));
});

test("a covered picture has its place, and is said to be covered", () => {
  const seen = coversInFull().seen(edit);

  assert.deepEqual({ width: 100, height: 80 }, frameOf(seen));
  assert.equal("EDITED, covered", describe(picturesOf(seen, { mode: "flip", turn: 0, peek: null }), "flip"));
});

test("a key means the picture under the pointer, else the main one; never one that cannot be shown", () => {
  const slots = coversInFull().seen(edit).pictures;

  assert.equal("edited", meantBy(slots, null).role);
  assert.equal("original", meantBy(slots, "original").role);
  assert.equal("original", meantBy([slots[0], { ...slots[1], width: 0 }], "edited").role);
  assert.equal(undefined, meantBy([picture("image")], null));
});
