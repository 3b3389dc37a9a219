// @ts-check
// Marking without a mouse: a cross that the arrow keys move and Enter sets, and the same keys to move
// and reshape what is marked. A step is a hundredth of the pane, with Shift a thousandth, so that zooming
// in makes it finer.

import { isTyping } from "./keys.js";
import { inPicture, onScreen } from "./region_shapes.js";
import { pixelsOf } from "./region_pen.js";

/** @typedef {import("./region_pen.js").Target} KeyTarget */
/** @typedef {import("./region_shapes.js").Pixel} KeyPixel */

const CROSS_STEP = 0.01;
const FINE_STEP = 0.001;
/** CSS pixels that the cross keeps from the edge of its pane. */
const EDGE_ROOM = 24;
/** @type {Record<string, KeyPixel>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class RegionKeys {
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

  /** Hear keys before the form and the tools do: while something is drawn, arrows and Enter are ours. */
  listen() {
    const { keys, signal } = this.#stage;
    keys.addEventListener("keydown", (event) => {
      if (!this.#marks.isMarking || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.isComposing || !this.#does(event)) return;
      event.preventDefault();
      this.#stage.look();
    }, { capture: true, signal });
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was ours */
  #does(event) {
    const { code, shiftKey } = event;
    const arrow = ARROWS[code];
    if (this.#pen.isBusy) return arrow ? this.#step(arrow, shiftKey ? FINE_STEP : CROSS_STEP) : this.#whileBusy(event);
    if (/^(Numpad)?Enter$/.test(code) && !isPressed(event)) return this.#begin();
    if (code !== "Escape" || !this.#marks.told.selected) return false;
    this.#select("");
    return true;
  }

  /** @param {KeyboardEvent} event */
  #whileBusy({ code, shiftKey }) {
    const pen = this.#pen;
    if (/^(Numpad)?Enter$/.test(code)) this.#enter();
    else if (code === "Escape") pen.cancel();
    else if (code === "Backspace") pen.draft ? pen.back() : pen.cancel();
    else if (code === "Tab" && pen.held) this.#nextGrip(shiftKey ? -1 : 1);
    else return /^(Digit|Numpad)\d$/.test(code); // no answer while the hand is at work
    return true;
  }

  /** @returns {KeyTarget | null} what is worked on, in the pane in which keys work */
  get #target() {
    const { draft, cross, held } = this.#pen;
    const role = draft?.role ?? cross?.role ?? held?.now.role;
    const pane = this.#marks.pane(role);
    const target = pane ? this.#marks.target(pane, role) : null;
    return target && held ? { ...target, size: held.now.size } : target;
  }

  /** Take the selected region, or bring the cross to the middle of the view. */
  #begin() {
    const pen = this.#pen;
    const { selected } = this.#marks;
    const pane = this.#marks.pane();
    const target = pane && this.#marks.target(pane);
    if (!target || !pane) return false;
    if (selected) {
      pen.take(selected.region, -1);
      this.#say("Arrows move it, Tab goes to its corners, Enter keeps, Escape leaves it as it was");
    } else {
      const { clip } = pane;
      pen.cancel();
      pen.cross = { role: target.role, at: inPicture({ x: clip.x + clip.width / 2, y: clip.y + clip.height / 2 }, target.rect, target.size) };
      this.#say("Cross in the middle. Arrows move it, Enter sets a corner, Escape ends");
    }
    pen.byKeys = true;
    return true;
  }

  /** Set a corner; the last one makes the region. */
  #enter() {
    const pen = this.#pen;
    const target = this.#target;
    if (!target) return;
    if (pen.held) return pen.release();
    if (pen.cross) {
      pen.begin(target, pen.cross.at);
      pen.byKeys = true;
      return this.#say(pen.shape === "polygon" ? "First corner" : "First corner. Enter again here makes a point");
    }
    const { shapes } = this.#marks.told;
    if (pen.draft?.shape === "polygon") return this.#enterCorner(pen.draft, target);
    const [[x, y], tip] = [pen.draft?.corners[0] ?? [0, 0], pen.draft?.tip];
    pen.finish(target, shapes, tip !== undefined && tip[0] === x && tip[1] === y);
  }

  /** By keys, the cross sets a corner; where the mouse sets them, Enter closes. @param {import("./region_draft.js").Draft} draft @param {KeyTarget} target */
  #enterCorner({ corners }, target) {
    const { shapes } = this.#marks.told;
    if (this.#pen.byKeys) this.#pen.corner(target, shapes);
    else if (corners.length > 2) this.#pen.finish(target, shapes, false);
    else this.#say("A polygon has at least three corners");
    const count = this.#pen.byKeys ? this.#pen.draft?.corners.length : 0;
    if (count) this.#say(`Corner ${count}. Enter again here, or on the first one, closes`);
  }

  /** @param {KeyPixel} arrow @param {number} share  of the pane */
  #step([dx, dy], share) {
    const pen = this.#pen;
    const target = this.#target;
    const pane = this.#marks.pane(target?.role);
    if (!target || !pane) return true;
    const [across, down] = pixelsOf(target, (share * pane.clip.width) / pane.ratio);
    const by = /** @type {KeyPixel} */ ([dx * across, dy * down]);
    pen.byKeys = true;
    if (pen.held) {
      pen.shift(by);
      pen.settle();
      return true;
    }
    const [x, y] = pen.draft?.tip ?? pen.cross?.at ?? [0, 0];
    const screen = onScreen([x + by[0], y + by[1]], target.rect, target.size);
    pen.to(inPicture(screen, target.rect, target.size));
    this.#keepInSight(pane);
    this.#sayWhere(target);
    return true;
  }

  /** Move the picture when the cross would leave the pane. @param {import("./stage_canvas.js").Drawing} pane */
  #keepInSight({ clip, ratio }) {
    const target = this.#target;
    const tip = this.#pen.draft?.tip ?? this.#pen.cross?.at;
    if (!target || !tip) return;
    const { x, y } = onScreen(tip, target.rect, target.size);
    const room = EDGE_ROOM * ratio;
    const beyond = (/** @type {number} */ at, /** @type {number} */ from, /** @type {number} */ length) =>
      Math.min(at - from - room, 0) + Math.max(at - from - length + room, 0);
    this.#stage.canvas.panBy(-beyond(x, clip.x, clip.width), -beyond(y, clip.y, clip.height));
  }

  /** @param {1 | -1} step */
  #nextGrip(step) {
    this.#pen.nextGrip(step);
    const grip = this.#pen.held?.grip ?? -1;
    this.#say(grip < 0 ? "The whole" : `Grip ${grip + 1}`);
  }

  /** @param {KeyTarget} target */
  #sayWhere({ size }) {
    const [x, y] = this.#pen.draft?.tip ?? this.#pen.cross?.at ?? [0, 0];
    const percent = (/** @type {number} */ at, /** @type {number} */ length) => `${((100 * at) / length).toFixed(1)} %`;
    this.#say(`${percent(x, size[0])} across, ${percent(y, size[1])} down`);
  }

  /** @param {string} words */
  #say(words) {
    this.#stage.announce([words]);
  }
}

/** Whether Enter would press what has the focus. @param {KeyboardEvent} event */
function isPressed({ target }) {
  return target instanceof Element && target.closest("button, a, summary, [role=slider]") !== null;
}
