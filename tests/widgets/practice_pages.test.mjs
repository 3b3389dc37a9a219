// The pages of practice, as far as they decide: keys, rates, columns.

import assert from "node:assert/strict";
import { test } from "node:test";

import { percent, placeOf, rangeInWords, rateInWords } from "../../src/evalwidgets/widgets/interval_bar.js";
import { MASTERY_STATES, columnsOf } from "../../src/evalwidgets/widgets/mastery_grid.js";
import { doorOf, nextDoor } from "../../src/evalwidgets/widgets/practice_home.js";
import { linkOf } from "../../src/evalwidgets/widgets/practice_result.js";

const door = (what, state, key) => ({ what, state, key });

test("Enter opens the recommended door, a key its own, a locked one never", () => {
  const doors = [door("tour", "done", "1"), door("wall", "open", "W"), door("practice", "next", "3"), door("exam", "locked", "4")];

  assert.equal(doorOf(doors, "Enter").what, "practice");
  assert.equal(doorOf(doors, "w").what, "wall");
  assert.equal(doorOf(doors, "1").what, "tour");
  assert.equal(doorOf(doors, "4"), null);
  assert.equal(doorOf(doors, "x"), null);
});

test("without a recommended door Enter opens the first that is open, else none", () => {
  assert.equal(nextDoor([door("tour", "done", "1"), door("wall", "open", "2")]).what, "wall");
  assert.equal(nextDoor([door("exam", "locked", "")]), null);
  assert.equal(doorOf([door("exam", "open", "")], ""), null);
});

test("links open by number, the first by Enter too", () => {
  const links = [{ label: "a", what: "a" }, { label: "b", what: "b" }];

  assert.deepEqual(["Enter", "1", "2", "3", "x"].map((key) => linkOf(links, key)?.what), ["a", "a", "b", undefined, undefined]);
  assert.equal(linkOf([], "Enter"), null);
});

test("a rate is placed on the bar and said in words, with what is known of it", () => {
  const rate = { value: 0.84, low: 0.765, high: 0.9, target: 0.88 };

  assert.equal(rateInWords(rate), "84 % · 77 to 90 %, target 88 %");
  assert.equal(rangeInWords({ ...rate, target: null }), "77 to 90 %");
  assert.equal(rateInWords({ value: 1, low: null, high: null, target: null }), "100 %");
  assert.equal(rateInWords({ ...rate, value: null }), "no answer to go by");
  assert.deepEqual([-0.1, 0.5, 1.2].map(placeOf), ["0.00%", "50.00%", "100.00%"]);
  assert.equal(percent(0.005), "1 %");
});

test("the map's columns are the boundaries that any criterion has, and no two states share a sign", () => {
  const rows = [{ cells: [{ lower: 2 }, { lower: 1 }] }, { cells: [{ lower: 10 }, { lower: 2 }] }];

  assert.deepEqual(columnsOf({ rows }), [1, 2, 10]);
  const signs = Object.values(MASTERY_STATES).map((state) => state.sign);
  assert.equal(new Set(signs).size, signs.length);
});
