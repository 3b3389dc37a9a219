// What the lead has asked for: answered once, pressed once, and counted while it is open.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Asks } from "../../src/evalwidgets/widgets/board_asks.js";

/** A part of a board, what it sent, and the board that counts. */
function aPart() {
  const root = { dataset: {} };
  const sent = [];
  const asks = new Asks((content) => sent.push(content), { closest: () => root });
  const answer = (n, done = true) => asks.answered({ type: "answered", n, done });
  return { asks, sent, answer, root };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("an act is told with its number and resolves to whether it was done", async () => {
  const { asks, sent, answer } = aPart();

  const first = asks.act("decide", "gap", "so");
  const second = asks.act("reveal");
  answer(2, false);
  answer(1, true);

  assert.deepEqual(sent, [
    { type: "act", n: 1, act: "decide", said: ["gap", "so"] },
    { type: "act", n: 2, act: "reveal", said: [] },
  ]);
  assert.deepEqual(await Promise.all([first, second]), [true, false]);
});

test("a second press before the answer is a slip, after it an act", async () => {
  const { asks, sent, answer } = aPart();

  asks.act("open_vote");
  assert.equal(await asks.act("open_vote"), false);
  assert.equal(sent.length, 1);
  answer(1);
  asks.act("open_vote");

  assert.equal(sent.length, 2);
});

test("turning twice turns twice", () => {
  const { asks, sent } = aPart();

  for (const by of [1, 1]) asks.act("turn", by);
  for (const again of [0, 1]) asks.act("next_criterion", again);

  assert.equal(sent.length, 4);
});

test("the same act on something else is another act", () => {
  const { asks, sent } = aPart();

  asks.act("confirm", "slip");
  asks.act("confirm", "severity");

  assert.equal(sent.length, 2);
});

test("the board waits until all is answered, and not for its own looking", async () => {
  const { asks, answer, root } = aPart();
  const waits = [];
  const note = () => waits.push(root.dataset.waiting);

  asks.act("look");
  note();
  asks.act("reveal");
  asks.act("turn", 1);
  note();
  answer(2);
  await settled();
  note();
  answer(3, false);
  await settled();
  note();

  assert.deepEqual(waits, [undefined, "2", "1", "0"]);
});

test("looks do not pile up while the kernel is busy", () => {
  const { asks, sent } = aPart();

  for (let beat = 0; beat < 5; beat += 1) asks.act("look");

  assert.equal(sent.length, 1);
});

test("answers to other pages and other words are let go", () => {
  const { asks, answer } = aPart();

  answer(7);
  asks.answered({ type: "else", n: 1 });

  assert.equal(asks.act("reveal") instanceof Promise, true);
});
