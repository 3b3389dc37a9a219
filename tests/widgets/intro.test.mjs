// In which order a scene is seen that asks for it, without a page.
import assert from "node:assert/strict";
import test from "node:test";

import { Intro } from "../../src/evalwidgets/widgets/intro.js";

const PICTURES = [{ role: "original", width: 1 }, { role: "edited", width: 1 }];

/** An edit that asks for its intro. */
function edit(key, more = {}) {
  return { key, kind: "edit", pictures: PICTURES, texts: [{ label: "Instruction", text: "Remove it." }], notice: "", intro: true, ...more };
}

/** The roles that are shown. */
const roles = (scene) => scene.pictures.map(({ role }) => role);

test("what was asked, then the original, then everything", () => {
  const intro = new Intro(new Set());
  const scene = edit("k");
  assert.deepEqual([roles(intro.shown(scene)), intro.step, intro.next], [[], "asked", "original"]);
  assert.ok(intro.advance());
  assert.deepEqual([roles(intro.shown(scene)), intro.step, intro.next], [["original"], "original", "all"]);
  assert.ok(intro.advance());
  assert.equal(intro.shown(scene), scene);
  assert.equal(intro.advance(), false);
});

test("it is seen when everything was on the screen, and that is news once", () => {
  const intro = new Intro(new Set());
  intro.shown(edit("k"));
  assert.equal(intro.finish(), false);
  intro.advance();
  intro.advance();
  assert.equal(intro.isSeen, false);
  assert.ok(intro.finish());
  assert.equal(intro.finish(), false);
  assert.ok(intro.isSeen);
});

test("who comes back to a scene that was seen goes through nothing again; another begins anew", () => {
  const seen = new Set();
  const intro = new Intro(seen);
  intro.shown(edit("one"));
  intro.advance();
  intro.advance();
  intro.finish();
  intro.shown(edit("two"));
  assert.equal(intro.step, "asked");
  intro.advance();
  const one = edit("one");
  assert.equal(intro.shown(one), one);
  const other = new Intro(seen); // another view of the same stage
  assert.equal(other.shown(one), one);
});

test("the content note of a sensitive scene comes with the first picture, under its cover", () => {
  const intro = new Intro(new Set());
  const scene = edit("k", { sensitive: { note: "n", seen: 0, pause: "" } });
  assert.equal(intro.shown(scene).sensitive, undefined);
  intro.advance();
  assert.equal(intro.shown(scene).sensitive, scene.sensitive);
});

test("a scene that does not ask for it is shown as it is, and so is none", () => {
  const intro = new Intro(new Set());
  const scene = edit("k", { intro: undefined });
  assert.equal(intro.shown(scene), scene);
  assert.equal(intro.finish(), false);
  assert.equal(intro.shown(null), null);
  assert.equal(intro.advance(), false);
});

test("what there is not has no step", () => {
  const intro = new Intro(new Set());
  const silent = edit("k", { texts: [] });
  assert.deepEqual(roles(intro.shown(silent)), ["original"]);
  const single = edit("j", { kind: "image", pictures: [{ role: "image", width: 1 }] });
  assert.deepEqual([roles(intro.shown(single)), intro.next], [[], "all"]);
});

test("the shown scene is the same object until something changes", () => {
  const intro = new Intro(new Set());
  const scene = edit("k");
  assert.equal(intro.shown(scene), intro.shown(scene));
  const refreshed = edit("k");
  assert.notEqual(intro.shown(scene), intro.shown(refreshed));
});
