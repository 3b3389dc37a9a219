// Active seconds: what is counted is work, not pauses and not hidden pages.
import assert from "node:assert/strict";
import test from "node:test";

import { ActiveTime } from "../../src/evalwidgets/widgets/active_time.js";

const MINUTE = 60_000;

/** A clock that was started at `start`. */
function started(start = 1000) {
  const clock = new ActiveTime();
  clock.start(start);
  return clock;
}

test("time with signs of life counts in full", () => {
  const clock = started(0);

  for (let now = 5000; now <= 600_000; now += 5000) clock.sign(now, true);

  assert.equal(clock.seconds(600_000), 600);
});

test("looking without moving counts for a minute, and no longer", () => {
  const clock = started(0);

  assert.equal(clock.seconds(30_000), 30);
  assert.equal(clock.seconds(10 * MINUTE), 60);
  clock.sign(10 * MINUTE, true);
  assert.equal(clock.seconds(10 * MINUTE + 5000), 65);
});

test("a hidden page counts nothing", () => {
  const clock = started(0);
  clock.sign(10_000, false);

  clock.sign(50_000, true);

  assert.equal(clock.seconds(55_000), 15);
});

test("starting again begins at zero, wherever the page's clock stands", () => {
  const clock = started(123_456);
  clock.sign(200_000, true);

  clock.start(300_000);

  assert.equal(clock.seconds(300_000), 0);
  assert.equal(clock.seconds(302_340), 2.3);
});

test("asking often changes nothing", () => {
  const seldom = started(0);
  const often = started(0);
  for (let now = 0; now <= 2 * MINUTE; now += 7) often.seconds(now);

  assert.equal(often.seconds(2 * MINUTE), seldom.seconds(2 * MINUTE));
});

test("time never runs backwards", () => {
  const clock = started(10_000);
  clock.sign(20_000, true);
  const before = clock.seconds(20_000);

  clock.sign(15_000, true);

  assert.ok(clock.seconds(15_000) >= before);
  assert.equal(clock.seconds(20_000), before);
});
