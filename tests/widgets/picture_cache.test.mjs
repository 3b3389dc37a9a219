// The cache of decoded pictures: what it asks for, keeps and frees.
import assert from "node:assert/strict";
import test from "node:test";

import { PictureCache } from "../../src/evalwidgets/widgets/picture_cache.js";

/** A cache of 10-pixel pictures with room for three, and everything it did. */
function cacheOfThree({ decode } = {}) {
  const did = { asked: [], closed: [], decoded: [] };
  const picture = (name) => ({ name, width: 5, height: 2, close: () => did.closed.push(name) });
  const cache = new PictureCache({
    ask: (pictures) => did.asked.push(pictures),
    decode: decode ?? (async (bytes) => (did.decoded.push(bytes), picture(bytes))),
    budget: 30,
  });
  const receive = async (...names) => {
    for (const name of names) await cache.receive(name, name, "image/jpeg");
  };
  return { cache, did, receive };
}

test("what is lacking is asked for, each picture once, the most urgent first, until it comes", async () => {
  const { cache, did, receive } = cacheOfThree();
  await receive("a");

  cache.hold("stage", ["a", "b", "c", "b"]);
  await receive("b");
  cache.hold("stage", ["d", "c", "b", "a"]);

  assert.deepEqual([["b", "c"], ["d", "c"]], did.asked);
});

test("over the budget the least recently used picture is freed", async () => {
  const { cache, did, receive } = cacheOfThree();
  await receive("a", "b", "c");

  cache.get("a");
  await receive("d");

  assert.deepEqual(["b"], did.closed);
  assert.equal(30, cache.pixels);
});

test("what somebody holds is never freed, even over the budget", async () => {
  const { cache, did, receive } = cacheOfThree();
  cache.hold("stage", ["a", "b"]);
  cache.hold("another view", ["c", "d"]);

  await receive("a", "b", "c", "d", "e");

  assert.deepEqual(["e"], did.closed);
  assert.deepEqual(["a", "b", "c", "d"], ["a", "b", "c", "d"].map((name) => cache.get(name).name));
});

test("once nobody holds it, it is free to go", async () => {
  const { cache, did, receive } = cacheOfThree();
  cache.hold("stage", ["a", "b", "c", "d"]);
  await receive("a", "b", "c", "d");

  cache.release("stage");

  assert.deepEqual(["a"], did.closed);
});

test("bytes that come twice are decoded once", async () => {
  const { cache, did } = cacheOfThree();

  await Promise.all([cache.receive("a", "a", "image/png"), cache.receive("a", "a", "image/png")]);
  await cache.receive("a", "a", "image/png");

  assert.deepEqual(["a"], did.decoded);
});

test("a picture being decoded is not asked for", () => {
  const { cache, did } = cacheOfThree({ decode: () => new Promise(() => {}) });

  cache.receive("a", "a", "image/png");
  cache.hold("stage", ["a"]);

  assert.deepEqual([[]], did.asked);
});

test("a picture that cannot be decoded is known as such, announced, and not asked for for ever", async () => {
  const { cache, did } = cacheOfThree({ decode: async () => { throw new Error("not a picture"); } });
  const arrivals = [];
  cache.onArrival((name) => arrivals.push(name, cache.isUnreadable("a")), new AbortController().signal);
  cache.hold("stage", ["a"]);

  await cache.receive("a", "a", "image/png");
  cache.hold("stage", ["a"]);

  assert.deepEqual(["a", true], arrivals);
  assert.deepEqual([["a"], []], did.asked);
});

test("a view that is gone hears of no arrival", async () => {
  const { cache, receive } = cacheOfThree();
  const view = new AbortController();
  let arrivals = 0;
  cache.onArrival(() => (arrivals += 1), view.signal);

  await receive("a");
  view.abort();
  await receive("b");

  assert.equal(1, arrivals);
});

test("clearing frees every picture", async () => {
  const { cache, did, receive } = cacheOfThree();
  cache.hold("stage", ["a", "b"]);
  await receive("a", "b");

  cache.clear();

  assert.deepEqual(["a", "b"], did.closed);
  assert.equal(0, cache.pixels);
});

test("through any session the budget holds for all that nobody needs", async () => {
  const { cache, receive } = cacheOfThree();
  for (let task = 0; task < 200; task += 1) {
    const needed = [task, task + 1].flatMap((each) => [`${each}-original`, `${each}-edited`]);
    cache.hold("stage", needed);
    await receive(...needed);

    assert.ok(cache.pixels <= 40, `task ${task} keeps ${cache.pixels} pixels`);
    assert.ok(needed.every((name) => cache.get(name)));
  }
});

test("all that anybody needs is asked for, whoever spoke last first, and what nobody needs any more is not", () => {
  const { cache, did } = cacheOfThree();

  cache.hold("stage", ["a", "b"]);
  cache.hold("part", ["c", "a"]);
  cache.hold("stage", ["b"]);
  cache.release("part");

  assert.deepEqual([["a", "b"], ["c", "a", "b"], ["b", "c", "a"], ["b"]], did.asked);
});

test("tiles of a picture that nobody needs are freed first, however recently they were used", async () => {
  const { cache, did, receive } = cacheOfThree();
  cache.hold("stage", ["new", "new@1/0/0"]);
  await receive("old", "old@1/0/0", "new", "new@1/0/0");
  assert.deepEqual(["old@1/0/0"], did.closed);

  cache.hold("stage", ["new"]);
  await receive("new@1/1/0", "new@1/2/0");

  assert.deepEqual(["old@1/0/0", "old", "new@1/0/0"], did.closed);
});

test("tiles in sight are kept while others pass by, and the budget holds", async () => {
  const { cache, receive } = cacheOfThree();
  for (let column = 0; column < 100; column += 1) {
    const tiles = [`p@1/${column}/0`, `p@1/${column + 1}/0`];
    cache.hold("stage", ["p", ...tiles]);
    await receive("p", ...tiles);

    assert.ok(cache.pixels <= 30);
    assert.ok(["p", ...tiles].every((name) => cache.get(name)));
  }
});
