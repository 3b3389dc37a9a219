// The steps of the tour, without a page: they go on when a person does what they say.
import assert from "node:assert/strict";
import test from "node:test";

import { TOUR_STEPS, Tour } from "../../src/evalwidgets/widgets/tour_steps.js";

/** A tour at a step, from 1. */
function tourAt(step) {
  const tour = new Tour();
  tour.begin();
  while (tour.at < step - 1) tour.next();
  return tour;
}

/** A key that was pressed. */
const pressed = (code, more = {}) => ({ what: "keydown", code, shift: false, levels: true, rowAsks: true, ...more });

test("doing what each step says leads to the end", () => {
  const tour = tourAt(1);
  const done = [
    [{ what: "seen" }],
    [{ what: "keyup", code: "Space", shift: false }],
    [pressed("KeyX"), pressed("KeyX")],
    [pressed("KeyZ"), { what: "wheel" }],
    [{ what: "answered", levels: true }],
    [pressed("Digit4", { shift: true })],
    [{ what: "written" }],
    [pressed("Numpad2", { rowAsks: false })],
  ];
  done.forEach((gestures, index) => {
    assert.equal(tour.at, index);
    const led = gestures.map((gesture) => tour.hear(gesture));
    assert.deepEqual(led, gestures.map((_, at) => at === gestures.length - 1));
  });
  assert.ok(tour.isLast);
  assert.equal(tour.next(), false);
});

test("other keys lead nowhere", () => {
  for (let step = 1; step <= TOUR_STEPS.length; step++) {
    const tour = tourAt(step);
    assert.equal(tour.hear(pressed("KeyQ")), false);
    assert.equal(tour.at, step - 1);
  }
});

test("an answer to a gate is not yet the first level", () => {
  assert.equal(tourAt(5).hear({ what: "answered", levels: false }), false);
});

test("a level is no confidence, and a plain digit no second level", () => {
  assert.equal(tourAt(8).hear(pressed("Digit2")), false);
  assert.equal(tourAt(6).hear(pressed("Digit2")), false);
});

test("a tour that does not run hears nothing, and one that begins anew begins at the first step", () => {
  const tour = new Tour();
  assert.equal(tour.hear({ what: "seen" }), false);
  assert.equal(tour.next(), false);
  tour.begin();
  tour.hear({ what: "seen" });
  tour.end();
  assert.equal(tour.step, undefined);
  tour.begin();
  assert.equal(tour.at, 0);
});

test("there are seven to nine steps, each says something in a breath", () => {
  assert.ok(TOUR_STEPS.length >= 7 && TOUR_STEPS.length <= 9);
  for (const { say } of TOUR_STEPS) assert.ok(say.split(" ").length <= 24, say);
});
