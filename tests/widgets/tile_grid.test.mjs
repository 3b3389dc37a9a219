// Which tiles of a big picture are in sight, and where they are drawn: properties of any picture and view.
import assert from "node:assert/strict";
import test from "node:test";

import {
  MOST_TILES, factorFor, isBig, nearestFirst, partRect, pictureOfTile, previewFactor, seenOf, tileAt, tilesIn, wantedTiles,
} from "../../src/evalwidgets/widgets/tile_grid.js";
import { fit, placement, roomFor, screenRect, zoomTo } from "../../src/evalwidgets/widgets/viewport.js";

const PANE = { x: 0, y: 0, width: 1280, height: 640 };

function big(name = "p", width = 6000, height = 4000, factors = [1, 2]) {
  return { role: "image", label: "", picture: name, width, height, tiles: { size: 512, factors } };
}

/** A seeded generator (a linear congruence), so that a failure comes again. */
function seeded(seed) {
  let state = seed >>> 0;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return (low, high) => Math.floor(low + next() * (high - low + 1));
}

test("a picture with tiles is big, unless it may not be seen", () => {
  const { tiles, ...plain } = big();

  assert.deepEqual([true, false, false], [big(), { ...big(), picture: null }, plain].map(isBig));
  assert.deepEqual([4, 2, 1], [previewFactor(big()), previewFactor(big("p", 4000, 3000, [1])), previewFactor(plain)]);
});

for (const [zoom, factor] of [[0.1, null], [0.25, null], [0.26, 2], [0.5, 2], [0.51, 1], [1, 1], [8, 1]]) {
  test(`at ${100 * zoom} % of a preview of a quarter, factor ${factor} is as fine as the screen`, () => {
    assert.equal(factor, factorFor(big(), zoom));
  });
}

test("the tiles of a region cover it without a gap or an overlap, and none lies beside it", () => {
  const random = seeded(4);
  for (let count = 0; count < 300; count += 1) {
    const picture = big("p", random(600, 7000), random(600, 7000));
    const factor = [1, 2][random(0, 1)];
    const x = random(0, picture.width - 1);
    const y = random(0, picture.height - 1);
    const region = { x, y, width: random(1, picture.width - x), height: random(1, picture.height - y) };

    const tiles = tilesIn(picture, factor, region);

    const within = ({ covers }) => Math.max(0, Math.min(covers.x + covers.width, x + region.width) - Math.max(covers.x, x))
      * Math.max(0, Math.min(covers.y + covers.height, y + region.height) - Math.max(covers.y, y));
    assert.ok(tiles.every((tile) => within(tile) > 0));
    assert.equal(region.width * region.height, tiles.reduce((sum, tile) => sum + within(tile), 0));
    assert.equal(tiles.length, new Set(tiles.map(({ name }) => name)).size);
  }
});

test("the last tile of a row ends with the picture, and a tile's name tells its picture", () => {
  const tile = tileAt(big("abc"), 2, 5, 3);

  assert.deepEqual({ name: "abc@2/5/3", factor: 2, covers: { x: 5120, y: 3072, width: 880, height: 928 } }, tile);
  assert.deepEqual(["abc", "abc"], [tile.name, "abc"].map(pictureOfTile));
});

test("nothing of a picture beside the pane is in sight", () => {
  const seen = seenOf({ x: 2000, y: 0, width: 600, height: 400 }, PANE, big());

  assert.deepEqual([], tilesIn(big(), 1, seen));
});

test("the nearest tiles come first", () => {
  const tiles = nearestFirst(tilesIn(big(), 1, { x: 0, y: 0, width: 1536, height: 512 }), { x: 700, y: 100 });

  assert.deepEqual(["p@1/1/0", "p@1/0/0", "p@1/2/0"], tiles.map(({ name }) => name));
});

test("all tiles of the first picture come before those of the others at the same place", () => {
  const pictures = [big("edited"), big("original"), { ...big("small", 900, 600), tiles: undefined }];
  const room = roomFor(pictures[1], PANE, pictures, 8);
  const view = zoomTo(fit(room), 1, { x: 640, y: 320 }, room);

  const wanted = wantedTiles(pictures, pictures[1], view, PANE, { x: 640, y: 320 });

  const half = wanted.length / 2;
  assert.deepEqual(wanted.slice(0, half).map((name) => name.replace("edited", "original")), wanted.slice(half));
  assert.ok(wanted.slice(0, half).every((name) => name.startsWith("edited@1/")));
  assert.ok(half >= 6 && half <= 12, `${half} tiles for a screen of 2.5 by 1.25`);
});

test("of a whole picture in sight nothing but the preview is wanted, and never more than can be kept", () => {
  const one = big();
  const room = roomFor(one, PANE, [one], 8);
  assert.deepEqual([], wantedTiles([one], one, fit(room), PANE, { x: 0, y: 0 }));

  const wall = { x: 0, y: 0, width: 12000, height: 8000 };
  const many = ["a", "b", "c", "d"].map((name) => big(name));
  assert.equal(MOST_TILES, wantedTiles(many, one, { x: 3000, y: 2000, scale: 1, fitted: false }, wall, { x: 0, y: 0 }).length);
});

test("neighbouring tiles share their edge on the screen, and at 1:1 a tile is as large as its pixels", () => {
  const random = seeded(7);
  for (let count = 0; count < 200; count += 1) {
    const picture = big("p", random(3000, 7000), random(3000, 7000));
    const scale = random(26, 3200) / 100;
    const view = { x: random(0, picture.width), y: random(0, picture.height), scale, fitted: false };
    const rect = screenRect(view, PANE, placement(picture, picture));
    const [one, right, below] = [[1, 1], [2, 1], [1, 2]].map(([column, row]) => partRect(rect, picture, tileAt(picture, 1, column, row).covers));

    assert.equal(one.x + one.width, right.x);
    assert.equal(one.y + one.height, below.y);
  }
  const exact = screenRect({ x: 3000.3, y: 2000.7, scale: 1, fitted: false }, PANE, placement(big(), big()));
  const { width, height } = partRect(exact, big(), tileAt(big(), 1, 3, 2).covers);
  assert.deepEqual([512, 512], [width, height]);
});
