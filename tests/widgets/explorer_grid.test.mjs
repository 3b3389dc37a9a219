// Where cards lie and what keys lead to, and which small pictures are asked for: for any number of tasks.
import assert from "node:assert/strict";
import test from "node:test";

import { gridOf, inSight, movedBy, placeOf, scrolledTo } from "../../src/evalwidgets/widgets/explorer_grid.js";
import { Thumbs } from "../../src/evalwidgets/widgets/explorer_thumbs.js";

const SEEN = 640;
const grids = [1, 2, 7, 83, 20_000].flatMap((count) => [180, 640, 1258].map((room) => gridOf({ room, count, wanted: 236 })));

test("every card lies inside the sheet, and no two in one place", () => {
  for (const grid of grids) {
    const places = new Set();
    for (let at = 0; at < Math.min(grid.count, 500); at++) {
      const { x, y } = placeOf(grid, at);
      places.add(`${x}/${y}`);
      assert.ok(x >= 0 && y >= 0 && y + grid.height <= grid.total);
    }
    assert.equal(places.size, Math.min(grid.count, 500));
  }
});

test("what is in sight is exactly what overlaps the window", () => {
  for (const grid of grids) {
    for (const top of [0, 37, grid.step, grid.total / 2, Math.max(0, grid.total - SEEN)]) {
      const { first, end } = inSight(grid, top, SEEN);
      assert.ok(end - first <= (Math.ceil(SEEN / grid.step) + 1) * grid.columns);
      for (let at = 0; at < Math.min(grid.count, 500); at++) {
        const { y } = placeOf(grid, at);
        const overlaps = y < top + SEEN && y + grid.height > top;
        assert.ok(!overlaps || (at >= first && at < end), `${at} of ${grid.count} at ${top}`);
      }
    }
  }
});

test("keys lead to a card that exists, there and back", () => {
  for (const grid of grids) {
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", "x"]) {
      for (const at of [0, 1, Math.floor(grid.count / 2), grid.count - 1]) {
        if (at >= grid.count) continue;
        const to = movedBy(grid, at, key, SEEN);
        assert.ok(to >= 0 && to < grid.count);
        const top = scrolledTo(grid, to, 0, SEEN);
        assert.ok(placeOf(grid, to).y >= top && placeOf(grid, to).y + grid.height <= top + Math.max(SEEN, grid.height));
      }
    }
    if (grid.count > 2 * grid.columns) assert.equal(movedBy(grid, movedBy(grid, 0, "ArrowDown", SEEN), "ArrowUp", SEEN), 0);
    assert.equal(movedBy(grid, 0, "ArrowUp", SEEN), 0);
  }
  assert.equal(movedBy(gridOf({ room: 700, count: 0, wanted: 236 }), 0, "End", SEEN), 0);
});

test("down from the row above a short last row leads into it", () => {
  const grid = gridOf({ room: 740, count: 7, wanted: 236 });
  assert.equal(grid.columns, 4);
  assert.equal(movedBy(grid, 3, "ArrowDown", SEEN), 6);
  assert.equal(movedBy(grid, 5, "ArrowDown", SEEN), 5);
});

function thumbs(kept) {
  const said = { asked: [], revoked: [], shown: [] };
  const doors = { ask: (places) => said.asked.push(places), create: (blob) => blob, revoke: (url) => said.revoked.push(url), show: (place) => said.shown.push(place) };
  return { said, thumbs: new Thumbs(doors, kept) };
}

test("what was scrolled past is never asked for", () => {
  const { said, thumbs: some } = thumbs();
  some.want([...Array(60).keys()]);
  some.want([900, 901]);
  assert.deepEqual(said.asked, [[0, 1, 2, 3, 4, 5]]);
  for (let place = 0; place < 6; place++) some.came(place, `url ${place}`);
  assert.deepEqual(said.asked.slice(1), [[900, 901]]);
});

test("pictures out of sight are let go, oldest first; those in sight stay", () => {
  const { said, thumbs: some } = thumbs(4);
  for (const place of [1, 2, 3, 4]) {
    some.want([place]);
    some.came(place, `url ${place}`);
  }
  some.want([1, 9]);
  some.came(9, null);
  assert.deepEqual(said.revoked, ["url 2"]);
  assert.equal(some.of(1), "url 1");
  assert.equal(some.of(9), ""); // cannot be shown, and is not asked for again
  some.want([9]);
  assert.equal(said.asked.at(-1)[0], 9);
  assert.equal(said.asked.length, 5);
});
