// What a part needs beside the scene: held, asked for again, and looked at once it is there.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { PartPictures } from "../../src/evalwidgets/widgets/part_pictures.js";

mock.timers.enable({ apis: ["setInterval"] });

/** A stage whose cache notes what is held, and has what is put into `there`. */
function stageWithCache() {
  const did = { held: [], released: 0, looks: 0 };
  const there = new Set();
  const end = new AbortController();
  let arrived = () => {};
  const cache = {
    get: (picture) => (there.has(picture) ? { picture } : undefined),
    hold: (_who, pictures) => did.held.push(pictures),
    release: () => did.released++,
    onArrival: (listener) => (arrived = listener),
  };
  const stage = { cache, signal: end.signal, look: () => did.looks++ };
  const arrive = (picture) => (there.add(picture), arrived());
  return { pictures: new PartPictures(stage), did, arrive, end };
}

let at;
beforeEach(() => (at = stageWithCache()));

test("what is wanted is held once, until something else is wanted", () => {
  at.pictures.want(["a"]);
  at.pictures.want(["a"]);
  at.pictures.want(["b", "a"]);
  at.pictures.want([]);

  assert.deepEqual([["a"], ["b", "a"], []], at.did.held);
});

test("what does not come is asked for again, and no more once it is there", () => {
  at.pictures.want(["a"]);
  mock.timers.tick(5000);
  assert.equal(2, at.did.held.length);
  at.arrive("a");
  mock.timers.tick(20_000);

  assert.equal(2, at.did.held.length);
  assert.deepEqual({ picture: "a" }, at.pictures.get("a"));
});

test("an arrival is looked at while something is wanted, and not otherwise", () => {
  at.arrive("a");
  assert.equal(0, at.did.looks);
  at.pictures.want(["b"]);
  at.arrive("b");

  assert.equal(1, at.did.looks);
});

test("with the view goes what it held, and the asking", () => {
  at.pictures.want(["a"]);
  at.end.abort();
  mock.timers.tick(20_000);

  assert.equal(1, at.did.released);
  assert.equal(1, at.did.held.length);
});
