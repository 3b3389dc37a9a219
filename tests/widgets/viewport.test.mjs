// The geometry of the image stage: properties that hold for any picture, pane and sequence of moves.
import assert from "node:assert/strict";
import test from "node:test";

import {
  actualScale, fit, isScale, pan, pictureZoom, pixelAt, placeWords, placement, reseat, roomFor, screenRect, sightOf, slotAt, slotsOf,
  toFrame, toggleActual, toScreen, zoomTo,
} from "../../src/evalwidgets/widgets/viewport.js";

/** A small seeded generator (a linear congruence), so that a failure comes again. */
function seeded(seed) {
  let state = seed >>> 0;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return { between: (low, high) => low + next() * (high - low), whole: (low, high) => Math.floor(low + next() * (high - low + 1)) };
}

function close(expected, actual, tolerance, message) {
  assert.ok(Math.abs(expected - actual) <= tolerance, `${message}: expected ${expected}, got ${actual}`);
}

/** Call `property` with 300 rooms of any shape, at device pixel ratios that exist. */
function forAnyRoom(property) {
  const random = seeded(20261121);
  for (let count = 0; count < 300; count += 1) {
    const frame = { width: random.whole(1, 6000), height: random.whole(1, 6000) };
    const other = { width: random.whole(1, 6000), height: random.whole(1, 6000) };
    const pane = { x: random.whole(0, 900), y: 0, width: random.whole(40, 3000), height: random.whole(40, 2000) };
    property(roomFor(frame, pane, [frame, other], 8), pane, random, other);
  }
}

/** A view after some random zooms and pans. */
function wander(room, random) {
  let view = fit(room);
  for (let step = random.whole(0, 8); step > 0; step -= 1) {
    const at = { x: random.between(0, room.pane.width), y: random.between(0, room.pane.height) };
    view = zoomTo(view, view.scale * random.between(0.4, 3), at, room);
    view = pan(view, random.between(-500, 500), random.between(-500, 500), room);
  }
  return view;
}

test("fit shows the whole frame, as large as the margin allows, in the middle", () => {
  forAnyRoom((room, pane) => {
    const box = screenRect(fit(room), pane, { x: 0, y: 0, ...room.frame });

    assert.ok(box.width <= pane.width - 16 + 1 && box.height <= pane.height - 16 + 1);
    const slack = Math.min(pane.width - 16 - box.width, pane.height - 16 - box.height);
    close(0, slack, 1, "one side reaches the margin");
    close(pane.x + pane.width / 2, box.x + box.width / 2, 1, "middle");
  });
});

test("screen and frame points map back and forth", () => {
  forAnyRoom((room, pane, random) => {
    const view = wander(room, random);
    const point = { x: random.between(0, 3000), y: random.between(0, 2000) };

    const back = toScreen(view, pane, toFrame(view, pane, point));

    close(point.x, back.x, 1e-6, "x");
    close(point.y, back.y, 1e-6, "y");
  });
});

test("zooming in keeps the frame point under the cursor", () => {
  forAnyRoom((room, pane, random) => {
    const before = wander(room, random);
    const under = { x: random.between(0, room.frame.width), y: random.between(0, room.frame.height) };
    const at = toScreen(before, { ...pane, x: 0 }, under);

    const after = zoomTo(before, before.scale * random.between(1, 4), at, room);

    if (after.scale <= fit(room).scale) return; // wholly visible: it stands in the middle instead
    const now = toScreen(after, { ...pane, x: 0 }, under);
    close(at.x, now.x, 1e-6, "x");
    close(at.y, now.y, 1e-6, "y");
  });
});

test("zooming out again at the same place returns", () => {
  forAnyRoom((room, _pane, random) => {
    const whole = fit(room);
    const factor = random.between(1.05, 3);
    const at = { x: random.between(0, room.pane.width), y: random.between(0, room.pane.height) };

    const back = zoomTo(zoomTo(whole, whole.scale * factor, at, room), whole.scale, at, room);

    assert.deepEqual(fit(room).scale, back.scale);
    close(whole.x, back.x, 1e-6, "x");
  });
});

test("no move loses the picture: the middle of the pane stays on the frame, the scale in its bounds", () => {
  forAnyRoom((room, _pane, random) => {
    const view = wander(room, random);

    assert.ok(view.x >= 0 && view.x <= room.frame.width && view.y >= 0 && view.y <= room.frame.height);
    assert.ok(view.scale >= room.least && view.scale <= room.most);
  });
});

test("panning moves the picture by the distance of the drag", () => {
  const room = roomFor({ width: 4000, height: 3000 }, { width: 800, height: 600 }, [], 8);
  const view = zoomTo(fit(room), 1, { x: 400, y: 300 }, room);

  const moved = pan(view, 37, -21, room);

  const pane = { x: 0, y: 0, ...room.pane };
  const [before, after] = [view, moved].map((each) => toScreen(each, pane, { x: 2000, y: 1500 }));
  assert.deepEqual([37, -21], [after.x - before.x, after.y - before.y].map(Math.round));
});

test("a fitted view follows its pane; a zoomed one keeps its place and scale", () => {
  forAnyRoom((room, _pane, random, other) => {
    const narrow = roomFor(room.frame, { width: 300, height: 900 }, [room.frame, other], 8);
    const zoomed = zoomTo(fit(room), room.most, { x: 0, y: 0 }, room);

    assert.deepEqual(fit(narrow), reseat(fit(room), narrow));
    const kept = reseat(zoomed, narrow);
    if (fit(narrow).scale < zoomed.scale) close(zoomed.scale, kept.scale, 1e-9, "scale");
  });
});

test("1:1 draws one picture pixel on one device pixel, whatever the frame", () => {
  forAnyRoom((room, pane, random, other) => {
    const view = zoomTo(wander(room, random), actualScale(other, room.frame), { x: 9, y: 9 }, room);

    const box = screenRect(view, pane, placement(other, room.frame));

    close(1, pictureZoom(view, other, room.frame), 1e-9, "zoom");
    assert.equal(other.width, box.width);
    if (Math.abs(other.width / other.height / (room.frame.width / room.frame.height) - 1) > 0.03) {
      assert.equal(other.height, box.height);
    }
  });
});

test("toggling goes to 1:1 and back to the whole picture", () => {
  const room = roomFor({ width: 1500, height: 1000 }, { width: 800, height: 600 }, [], 8);

  const near = toggleActual(fit(room), 1, { x: 100, y: 100 }, room);

  assert.ok(isScale(near, 1));
  assert.deepEqual(fit(room), toggleActual(near, 1, { x: 700, y: 500 }, room));
});

test("pictures of one shape lie on one another whatever their size", () => {
  const frame = { width: 600, height: 400 };

  for (const size of [{ width: 1024, height: 688 }, { width: 300, height: 200 }, { width: 6000, height: 4000 }]) {
    assert.deepEqual({ x: 0, y: 0, ...frame }, placement(size, frame));
  }
});

test("a picture of another shape is shown whole, undistorted and in the middle of the frame", () => {
  const square = placement({ width: 512, height: 512 }, { width: 1500, height: 1000 });

  assert.deepEqual({ x: 250, y: 0, width: 1000, height: 1000 }, square);
});

test("two panes are equal, so one frame point lies at the same place of both", () => {
  forAnyRoom((room, _pane, random) => {
    const screen = { width: random.whole(100, 3000), height: 700 };
    const [left, right] = slotsOf("side", screen, 8, 0.5);
    const half = roomFor(room.frame, left.pane, [room.frame], 8);
    const view = wander(half, random);
    const point = { x: random.between(0, room.frame.width), y: random.between(0, room.frame.height) };

    const [a, b] = [left, right].map(({ pane }) => toScreen(view, pane, point));

    assert.deepEqual([left.pane.width, left.pane.height], [right.pane.width, right.pane.height]);
    close(right.pane.x - left.pane.x, b.x - a.x, 1e-6, "x");
    close(a.y, b.y, 1e-6, "y");
    assert.ok(left.pane.x + left.pane.width + 8 <= right.pane.x + 1);
  });
});

test("the wipe cuts one pane in two at the divider, without gap or overlap", () => {
  for (const divider of [0, 0.25, 0.5, 0.731, 1]) {
    const [left, right] = slotsOf("wipe", { width: 777, height: 500 }, 8, divider);

    assert.deepEqual(left.pane, right.pane);
    assert.equal(right.clip.x, left.clip.x + left.clip.width);
    assert.equal(777, left.clip.width + right.clip.width);
  }
});

test("a point belongs to the slot it is in; the gap belongs to the first", () => {
  const slots = slotsOf("side", { width: 808, height: 500 }, 8, 0.5);

  assert.equal(slots[0], slotAt(slots, { x: 10, y: 10 }));
  assert.equal(slots[1], slotAt(slots, { x: 500, y: 10 }));
  assert.equal(slots[0], slotAt(slots, { x: 403, y: 10 }));
});

test("side by side, two to four panes share one row, all of one size, from edge to edge", () => {
  for (const width of [800, 801, 1117]) {
    for (const count of [2, 3, 4]) {
      const panes = slotsOf("side", { width, height: 500 }, 8, 0.5, count).map(({ pane }) => pane);
      assert.equal(count, panes.length);
      assert.deepEqual([0, width], [panes[0].x, panes.at(-1).x + panes.at(-1).width]);
      assert.equal(1, new Set(panes.map((pane) => pane.width)).size);
      panes.slice(1).forEach((pane, index) => assert.ok(Math.abs(pane.x - panes[index].x - panes[index].width - 8) <= 1));
    }
  }
});

test("what of the frame is in sight maps to the pane, and is the whole frame when that fits", () => {
  forAnyRoom((room, pane, random) => {
    const view = wander(room, random);
    const sight = sightOf(view, pane, room.frame);
    const corner = toScreen(view, pane, sight);
    const end = toScreen(view, pane, { x: sight.x + sight.width, y: sight.y + sight.height });

    assert.ok(corner.x >= pane.x - 1e-6 && end.x <= pane.x + pane.width + 1e-6);
    assert.ok(corner.y >= pane.y - 1e-6 && end.y <= pane.y + pane.height + 1e-6);
    close(room.frame.width, sightOf(fit(room), pane, room.frame).width, 1e-6, "fitted");
  });
});

test("the pixel at a point is the one that is drawn there, on its first and on its last device pixel", () => {
  forAnyRoom((room, pane, random) => {
    const { width, height } = room.frame;
    const rect = screenRect({ ...wander(room, random), scale: random.whole(4, 32) }, pane, { x: 0, y: 0, width, height });
    const column = random.whole(0, width - 1);
    const row = random.whole(0, height - 1);
    const point = { x: rect.x + ((column + 0.5) * rect.width) / width, y: rect.y + ((row + 0.5) * rect.height) / height };

    assert.deepEqual({ x: column, y: row }, pixelAt(rect, room.frame, point));
    assert.equal(null, pixelAt(rect, room.frame, { x: rect.x - 1, y: point.y }));
    assert.equal(null, pixelAt(rect, room.frame, { x: point.x, y: rect.y + rect.height }));
  });
});

for (const [x, y, words] of [[0, 0, "at the upper left"], [450, 350, "in the middle"], [450, 0, "at the top"], [900, 350, "at the right"], [900, 700, "at the lower right"]]) {
  test(`a region at ${x}, ${y} is ${words}`, () => {
    const frame = { width: 1000, height: 800 };

    assert.equal(words, placeWords({ x, y, width: 100, height: 100 }, frame));
    assert.equal("", placeWords({ x: 0, y: 0, ...frame }, frame));
  });
}
