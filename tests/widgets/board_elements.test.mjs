// Moments and numbers as the board says them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { atTime, counted, fieldTime, lasted, momentOf } from "../../src/evalwidgets/widgets/board_elements.js";

test("a moment of today is a time, of another day a date too", () => {
  const now = new Date(2026, 10, 23, 18);

  assert.equal(atTime(new Date(2026, 10, 23, 17, 5).toISOString(), now), "17:05");
  assert.match(atTime(new Date(2026, 10, 21, 9, 0).toISOString(), now), /21.*09:00$/);
  assert.equal(atTime(null, now), "");
  assert.equal(atTime("", now), "");
});

test("what a date field holds comes back as it was typed, in any zone", () => {
  for (const typed of ["2026-11-23T17:00", "2026-03-29T02:30", "2026-10-25T02:30"]) {
    const moment = momentOf(typed);
    assert.match(moment, /Z$/);
    assert.equal(momentOf(fieldTime(moment)), moment);
  }
  assert.equal(fieldTime(momentOf("2026-11-23T17:00")), "2026-11-23T17:00");
});

test("an emptied date field is no moment", () => {
  assert.equal(momentOf(""), "");
  assert.equal(momentOf("soon"), "");
  assert.equal(fieldTime(""), "");
});

test("durations are short: seconds below a minute and a half, then minutes", () => {
  assert.deepEqual([null, 0, 45.4, 89, 90, 600].map(lasted), ["", "", "45 s", "89 s", "2 min", "10 min"]);
});

test("one task, two tasks", () => {
  assert.deepEqual([0, 1, 2].map((n) => counted(n, "task")), ["0 tasks", "1 task", "2 tasks"]);
});
