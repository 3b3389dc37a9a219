// When a waiting page asks the kernel for news, and when it leaves the kernel alone.
import assert from "node:assert/strict";
import test from "node:test";

import { Pulse } from "../../src/evalwidgets/widgets/pulse.js";

/** A browser whose page and timers a test holds in its hands, and a pulse that counts. */
function room({ visible = true, beat = () => {} } = {}) {
  const page = new EventTarget();
  page.visibilityState = visible ? "visible" : "hidden";
  const timers = new Map();
  const browser = { page, every: (act, ms) => timers.set(act, ms) && act, stop: (timer) => timers.delete(timer) };
  const closing = new AbortController();
  const told = { beats: 0 };
  const pulse = new Pulse(() => { told.beats += 1; beat(); }, closing.signal, browser);
  const show = (state) => { page.visibilityState = state; page.dispatchEvent(new Event("visibilitychange")); };
  const tick = () => [...timers.keys()].forEach((act) => act());
  return { pulse, timers, told, show, tick, close: () => closing.abort() };
}

test("a pulse that nobody wants does not beat", () => {
  const { timers, told } = room();
  assert.equal(timers.size, 0);
  assert.equal(told.beats, 0);
});

test("it beats at once and then every three seconds, with one timer however often it is wanted", () => {
  const { pulse, timers, told, tick } = room();
  pulse.follow(true);
  pulse.follow(true);
  tick();
  assert.deepEqual([...timers.values()], [3000]);
  assert.equal(told.beats, 2);
});

test("it ends when it is wanted no more", () => {
  const { pulse, timers } = room();
  pulse.follow(true);
  pulse.follow(false);
  assert.equal(timers.size, 0);
});

test("a hidden page is silent, and hears the news as soon as it is seen again", () => {
  const { pulse, timers, told, show } = room({ visible: false });
  pulse.follow(true);
  assert.equal(told.beats, 0);
  show("visible");
  assert.equal(told.beats, 1);
  show("hidden");
  assert.equal(timers.size, 0);
});

test("a view that was closed never beats again", () => {
  const { pulse, timers, told, close, show } = room();
  pulse.follow(true);
  close();
  show("visible");
  pulse.follow(true);
  assert.equal(timers.size, 0);
  assert.equal(told.beats, 1);
});

test("it falls silent when the kernel is gone", () => {
  const gone = () => { throw new Error("Cannot send"); };
  const { pulse, timers } = room({ beat: gone });
  pulse.follow(true);
  assert.equal(timers.size, 0);
});
