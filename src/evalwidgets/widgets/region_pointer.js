// @ts-check
// The mouse and the pen of a tablet at the regions: a drag draws a box, a click a point or a corner; a line,
// a badge or a grip of what is drawn can be taken. With Alt the picture is moved as ever.

import { distance, inPicture } from "./region_shapes.js";
import { CLICK, pixelsOf } from "./region_pen.js";

/** @typedef {import("./stage_canvas.js").Drawing} PressedDrawing */
/** @typedef {import("./stage_canvas.js").Drag} PressDrag */
/** @typedef {import("./viewport.js").Point} PressPoint */
/** @typedef {import("./region_marks.js").Found} PressFound */

export class RegionPointer {
  /** @type {PressFound | null} what is under the pointer */
  #found = null;
  /** @type {import("./region_paint.js").Mark | null} what is told of */
  #tipped = null;
  #stage;
  #marks;
  #pen;
  #select;

  /**
   * @param {import("./stage_canvas.js").Stage} stage
   * @param {import("./region_marks.js").RegionMarks} marks
   * @param {import("./region_pen.js").RegionPen} pen
   * @param {(id: string) => void} select
   */
  constructor(stage, marks, pen, select) {
    this.#stage = stage;
    this.#marks = marks;
    this.#pen = pen;
    this.#select = select;
  }

  reset() {
    this.#found = this.#tipped = null;
  }

  /** What is told of, being under the pointer. */
  get tipped() {
    return this.#pen.isBusy ? null : this.#tipped;
  }

  /** How the pointer should look. */
  get grip() {
    if (!this.#found) return "";
    if (this.#found.grip < 0) return this.#found.mark.look === "mine" ? "whole" : "";
    return this.#found.mark.region.type === "box" ? ["nwse", "ns", "nesw", "ew"][this.#found.grip % 4] : "corner";
  }

  /** @param {import("./region_paint.js").Mark} mark */
  isOver({ region, look }) {
    return this.#found?.mark.region.id === region.id && this.#found.mark.look === look;
  }

  /** @param {PressPoint | null} at @param {PressedDrawing | null} drawing */
  hover(at, drawing) {
    const { draft } = this.#pen;
    const target = at && drawing && this.#marks.target(drawing, draft?.role);
    if (draft && target) {
      this.#pen.byKeys = false;
      this.#pen.to(inPicture(at, target.rect, target.size));
      this.#stage.look();
    }
    const before = [this.#found?.mark.region.id, this.#found?.grip, this.#tipped?.region.id].join();
    this.#found = at && drawing && !draft ? this.#marks.find(at, drawing) : null;
    const inside = at && drawing && !this.#marks.isMarking ? this.#marks.holding(at, drawing) : undefined;
    this.#tipped = this.#found?.mark ?? inside ?? null;
    if (before !== [this.#found?.mark.region.id, this.#found?.grip, this.#tipped?.region.id].join()) this.#stage.look();
  }

  /** @param {PointerEvent} event @param {PressPoint} at @param {PressedDrawing} drawing @returns {PressDrag | null} */
  grab(event, at, drawing) {
    if (event.altKey) return null;
    const found = this.#pen.draft?.shape === "polygon" ? null : this.#marks.find(at, drawing);
    const own = found?.mark.look === "mine" ? found : null;
    if (!this.#marks.isMarking) return own && this.#clickOrPan(at, own.mark.region.id);
    if (own) return this.#change(at, drawing, own);
    return this.#pen.shape === "polygon" ? this.#corner(at, drawing) : this.#draw(at, drawing);
  }

  /** A click selects a region, and with it the row of the form; a drag moves the picture. @param {PressPoint} at @param {string} id @returns {PressDrag} */
  #clickOrPan(at, id) {
    let last = at;
    let clicked = true;
    return {
      move: (_, to) => {
        clicked &&= distance(at, to) <= CLICK * devicePixelRatio;
        if (clicked) return;
        this.#stage.canvas.panBy(to.x - last.x, to.y - last.y);
        last = to;
      },
      end: () => clicked && this.#select(id),
      cancel: () => {},
    };
  }

  /** A region is moved, or reshaped by a grip; a click selects it. @param {PressPoint} at @param {PressedDrawing} drawing @param {PressFound} found @returns {PressDrag} */
  #change(at, drawing, { mark: { region }, grip }) {
    this.#select(region.id);
    const start = this.#pixel(at, drawing.index, region);
    let clicked = true;
    return this.#whileHeld(() => this.#pen.take(region, grip), {
      move: (to) => {
        clicked &&= distance(at, to) <= CLICK * drawing.ratio;
        const now = this.#pixel(to, drawing.index, region);
        const target = this.#target(drawing.index, region.role);
        if (clicked || !now || !start || !target) return;
        this.#pen.shift([now[0] - start[0], now[1] - start[1]], pixelsOf({ ...target, size: region.size }, 1));
      },
      end: () => this.#pen.release(),
    });
  }

  /** A box, or a point where nothing was dragged. @param {PressPoint} at @param {PressedDrawing} drawing @returns {PressDrag | null} */
  #draw(at, drawing) {
    const target = this.#marks.target(drawing);
    if (!target) return null;
    let clicked = true;
    return this.#whileHeld(() => this.#pen.begin(target, inPicture(at, target.rect, target.size)), {
      move: (to) => {
        clicked &&= distance(at, to) <= CLICK * drawing.ratio;
        this.#moveTo(to, drawing.index);
      },
      end: (to) => {
        const now = this.#target(drawing.index, target.role);
        const drawn = now && !isBeside(at, to, now.rect) && this.#pen.finish(now, this.#marks.told.shapes, clicked);
        if (!drawn) this.#miss(to, drawing);
      },
    });
  }

  /** One more corner of a polygon; the first begins it. @param {PressPoint} at @param {PressedDrawing} drawing @returns {PressDrag | null} */
  #corner(at, drawing) {
    const target = this.#marks.target(drawing, this.#pen.draft?.role);
    if (!target) return null;
    const begins = !this.#pen.draft;
    if (begins && isBeside(at, at, target.rect)) {
      this.#miss(at, drawing);
      return null;
    }
    const start = () => {
      if (begins) this.#pen.begin(target, inPicture(at, target.rect, target.size));
      this.#moveTo(at, drawing.index);
    };
    const hands = {
      move: (/** @type {PressPoint} */ to) => this.#moveTo(to, drawing.index),
      end: (/** @type {PressPoint} */ to) => {
        this.#moveTo(to, drawing.index);
        const now = this.#target(drawing.index, target.role);
        if (!begins && now) this.#pen.corner(now, this.#marks.told.shapes);
      },
    };
    return this.#whileHeld(start, hands, () => {});
  }

  /** A click that drew nothing selects what it is in, or lets go. @param {PressPoint} at @param {PressedDrawing} drawing */
  #miss(at, drawing) {
    this.#pen.cancel();
    const holding = this.#marks.holding(at, drawing);
    this.#select(holding?.look === "mine" ? holding.region.id : "");
  }

  /**
   * @param {() => void} start
   * @param {{move: (to: PressPoint) => void, end: (to: PressPoint) => void}} hands  not asked any more once the pen was cancelled
   * @param {() => void} cutOff
   * @returns {PressDrag}
   */
  #whileHeld(start, hands, cutOff = () => this.#pen.cancel()) {
    this.#found = this.#tipped = null;
    this.#pen.byKeys = false;
    /** @param {(to: PressPoint) => void} hand @param {PressPoint} to */
    const use = (hand, to) => {
      if (this.#pen.isBusy) hand(to);
      this.#stage.look();
    };
    start();
    this.#stage.look();
    return { move: (_, to) => use(hands.move, to), end: (_, to) => use(hands.end, to), cancel: cutOff };
  }

  /** @param {PressPoint} to @param {number} index */
  #moveTo(to, index) {
    const target = this.#target(index, this.#pen.draft?.role);
    if (target) this.#pen.to(inPicture(to, target.rect, target.size));
  }

  /** The target as it lies now: while a button is down the wheel may zoom. @param {number} index  of the slot @param {string} [role] */
  #target(index, role) {
    const drawing = this.#stage.canvas.drawings.find((one) => one.index === index);
    return drawing ? this.#marks.target(drawing, role) : null;
  }

  /** @param {PressPoint} at @param {number} index @param {import("./region_shapes.js").Region} region */
  #pixel(at, index, region) {
    const target = this.#target(index, region.role);
    return target && inPicture(at, target.rect, region.size);
  }
}

/** Whether two points lie beside a picture, on the same side of it. @param {PressPoint} one @param {PressPoint} other @param {import("./viewport.js").Rect} rect */
function isBeside(one, other, { x, y, width, height }) {
  return Math.max(one.x, other.x) < x || Math.min(one.x, other.x) > x + width || Math.max(one.y, other.y) < y || Math.min(one.y, other.y) > y + height;
}
