// Blinking keeps its pace on any frames, and is never faster than it says.
import assert from "node:assert/strict";
import test from "node:test";

import { BLINK_RATES, Blink, nextRate } from "../../src/evalwidgets/widgets/blink.js";

/** Animation frames that come when the test says so. */
class StubFrames {
  #callbacks = new Map();
  #id = 0;

  request = (callback) => {
    this.#callbacks.set(++this.#id, callback);
    return this.#id;
  };

  cancel = (id) => this.#callbacks.delete(id);

  get waiting() {
    return this.#callbacks.size;
  }

  at(now) {
    const due = [...this.#callbacks.values()];
    this.#callbacks.clear();
    for (const callback of due) callback(now);
  }
}

/** Blink at a rate through frames at these times; returns when it turned. */
function turnsAt(rate, times) {
  const frames = new StubFrames();
  const turns = [];
  let now = 0;
  const blink = new Blink(() => rate, () => turns.push(now), frames);
  blink.start();
  for (now of times) frames.at(now);
  return turns;
}

const steady = (seconds) => Array.from({ length: seconds * 60 + 1 }, (_, frame) => (frame * 1000) / 60);

test("it turns at its pace, to a frame", () => {
  for (const rate of BLINK_RATES) {
    const turns = turnsAt(rate, steady(10));
    turns.forEach((turn, index) => assert.ok(turn - (turns[index - 1] ?? 0) <= 1000 / rate + 17));
    assert.ok(turns.at(-1) > 9000);
  }
});

test("the first picture is seen for a whole period, too", () => {
  assert.deepEqual([1000, 1500, 2000], turnsAt(2, [500, 999, 1000, 1499, 1500, 2000]));
});

test("it is never faster than its rate, however late and uneven the frames are", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (const rate of BLINK_RATES) {
    let now = 0;
    const times = Array.from({ length: 2000 }, () => (now += random() < 0.02 ? 900 * random() : 33 * random()));
    const turns = turnsAt(rate, times);
    assert.ok(turns.length > 10);
    turns.slice(1).forEach((turn, index) => assert.ok(turn - turns[index] >= 1000 / rate));
  }
});

test("a stopped one asks for no frame and turns no more", () => {
  const frames = new StubFrames();
  let turns = 0;
  const blink = new Blink(() => 3, () => turns++, frames);

  blink.start();
  blink.start();
  assert.equal(1, frames.waiting);
  frames.at(0);
  blink.stop();
  frames.at(1000);

  assert.deepEqual([false, 0, 0], [blink.on, frames.waiting, turns]);
});

test("a turn may stop it", () => {
  const frames = new StubFrames();
  const blink = new Blink(() => 1, () => blink.stop(), frames);

  blink.start();
  for (const now of [0, 1000, 2000]) frames.at(now);

  assert.deepEqual([false, 0], [blink.on, frames.waiting]);
});

test("the rate steps through all and begins anew", () => {
  assert.deepEqual([2, 3, 1], BLINK_RATES.map(nextRate));
});
