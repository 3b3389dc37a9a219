// @ts-check
// Marking places on the stage itself: the picture never changes surface, and precision is that of the
// zoom. The form owns the answer (ids, classes, undo), the stage the geometry; they talk by DOM events
// on the element of the whole panel:
//   ew:regions   form to stage: what is marked, what is selected, whether hands mark now
//   ew:mark      stage to form: a region that was drawn (its id is empty) or changed
//   ew:select    stage to form: the id of a region, "" for none
//   ew:marking   stage to form: begin to mark, or go back to what was answered before
//   ew:regions-wanted   stage to form: say it again, for a stage that came later

import { boxAround, onScreen, placeInWords } from "./region_shapes.js";
import { RegionPen } from "./region_pen.js";
import { RegionMarks } from "./region_marks.js";
import { paintBadge, paintCross, paintDraft, paintGrips, paintRegion } from "./region_paint.js";
import { RegionPointer } from "./region_pointer.js";
import { RegionKeys } from "./region_keys.js";
import { RegionWords } from "./region_words.js";

/** @typedef {import("./stage_canvas.js").Stage} MarkedStage */
/** @typedef {import("./stage_canvas.js").Drawing} MarkedDrawing */
/** @typedef {import("./viewport.js").Point} MarkedPoint */

/** How long H is held until it shows the regions again when it comes up, in ms. */
const HOLD_MS = 350;

export class RegionPart {
  #pen = new RegionPen((region) => this.#drawn(region));
  #stage;
  #marks;
  #pointer;
  #keys;
  #words;
  #hiddenAt = 0;
  #reporting = false;

  /** @param {MarkedStage} stage */
  constructor(stage) {
    this.#stage = stage;
    this.#marks = new RegionMarks(stage, this.#pen);
    const select = (/** @type {string} */ id) => this.#select(id);
    this.#pointer = new RegionPointer(stage, this.#marks, this.#pen, select);
    this.#keys = new RegionKeys(stage, this.#marks, this.#pen, select);
    this.#words = new RegionWords(stage.area, this.#marks, this.#pen);
    this.tools = this.#makeTools();
    stage.model.on("change:regions", () => stage.look());
  }

  /** Begin to hear form and keys, once the stage is in the page. */
  start() {
    const { keys, area, signal } = this.#stage;
    keys.addEventListener("ew:regions", (event) => this.#hear(/** @type {CustomEvent} */ (event).detail), { signal });
    this.#keys.listen();
    area.addEventListener("dblclick", (event) => this.#marks.isMarking && event.stopPropagation(), { capture: true, signal });
    window.addEventListener("keyup", ({ key }) => {
      if (/^h$/i.test(key) && this.#marks.hidden && performance.now() - this.#hiddenAt > HOLD_MS) this.#hide(false);
    }, { signal });
    this.#report("ew:regions-wanted", {});
  }

  /** Nothing of an earlier task stays. */
  reset() {
    this.#pen.cancel();
    this.#pointer.reset();
    this.#marks.hidden = false;
  }

  /** @param {CanvasRenderingContext2D} context @param {MarkedDrawing} drawing */
  paint(context, drawing) {
    const accent = getComputedStyle(this.#stage.root).getPropertyValue("--ew-accent").trim();
    const { ratio, clip } = drawing;
    const shown = (this.#marks.hidden ? [] : this.#marks.all).flatMap((mark) => {
      const target = this.#marks.target(drawing, mark.region.role);
      const ghost = mark.region.role !== drawing.picture.role;
      const style = { ratio, accent, ghost, selected: this.#marks.isSelected(mark), hovered: this.#pointer.isOver(mark) };
      return target ? [{ mark, rect: target.rect, style }] : [];
    });
    shown.sort((one, other) => Number(one.style.selected) - Number(other.style.selected));
    for (const { mark, rect, style } of shown) paintRegion(context, mark, rect, style);
    for (const { mark, rect, style } of shown) paintBadge(context, mark, rect, clip, style);
    const last = shown.at(-1);
    const held = this.#pen.byKeys ? (this.#pen.held?.grip ?? -1) : -1;
    if (last?.style.selected && this.#marks.isMarking && !this.#pen.draft) paintGrips(context, last.mark.region, last.rect, ratio, held);
    this.#paintPen(context, drawing, accent);
  }

  /** @param {CanvasRenderingContext2D} context @param {MarkedDrawing} drawing @param {string} accent */
  #paintPen(context, drawing, accent) {
    const { draft, cross, byKeys } = this.#pen;
    const target = this.#marks.target(drawing, draft?.role ?? cross?.role);
    if (!target || !(draft || cross)) return;
    if (draft) paintDraft(context, draft, target.rect, drawing.ratio, this.#pen.closes(target) ? accent : null);
    const tip = draft?.tip ?? cross?.at;
    if (byKeys && tip) paintCross(context, onScreen(tip, target.rect, target.size), drawing.ratio);
  }

  /** @param {MarkedDrawing[]} drawings */
  write(drawings) {
    const { root } = this.#stage;
    const marking = this.#marks.isMarking;
    if ("marking" in root.dataset !== marking) root.toggleAttribute("data-marking", marking);
    root.dataset.grip = this.#pointer.grip;
    this.#words.write(this.#pointer.tipped, drawings);
  }

  /** @param {PointerEvent} event @param {MarkedPoint} at @param {MarkedDrawing | null} drawing */
  grab(event, at, drawing) {
    return drawing && this.#pointer.grab(event, at, drawing);
  }

  /** @param {MarkedPoint | null} at @param {MarkedDrawing | null} drawing */
  hover(at, drawing) {
    this.#pointer.hover(at, drawing);
  }

  /** @returns {import("./stage_tools.js").Tool[]} */
  #makeTools() {
    const marks = this.#marks;
    const pen = this.#pen;
    /** @type {{group: "mark"}} */
    const group = { group: "mark" };
    /** @param {"free" | "polygon"} shape @param {string} key @param {string} label */
    const chooses = (shape, key, label) => ({
      ...group, key, print: key, label: () => label,
      shown: () => marks.isMarking && isChoice(marks.told.shapes),
      on: () => pen.shape === shape,
      act: () => this.#choose(shape),
    });
    return [
      { ...group, name: "mark", icon: "mark", key: "R", print: "R", word: () => "mark", label: () => "Mark places, or go back", shown: () => marks.isAsked, on: () => marks.isMarking, act: () => this.#report("ew:marking", {}) },
      { name: "box", icon: "box", word: () => freeWord(marks.told.shapes), ...chooses("free", "D", "Drag a box, or click a point") },
      { name: "polygon", icon: "polygon", word: () => "polygon", ...chooses("polygon", "P", "Click the corners of a polygon") },
      { ...group, name: "hide", icon: "hide", key: "H", print: "H", word: () => "hide", label: () => "Look at the picture without marks", shown: () => marks.all.length > 0, on: () => marks.hidden, act: () => this.#hide(!marks.hidden) },
    ];
  }

  /** @param {"free" | "polygon"} shape */
  #choose(shape) {
    this.#pen.cancel();
    this.#pen.shape = shape;
    this.#select("");
    this.#stage.look();
  }

  /** @param {boolean} hidden */
  #hide(hidden) {
    this.#marks.hidden = hidden;
    this.#hiddenAt = performance.now();
    this.#stage.look();
    this.#stage.announce([hidden ? "Marks hidden" : "Marks shown"]);
  }

  /** @param {import("./region_marks.js").Told} told */
  #hear(told) {
    const marks = this.#marks;
    const before = marks.told;
    marks.told = told;
    if (before.key !== told.key || before.active !== told.active || before.criterion !== told.criterion) this.#pen.cancel();
    if (!isChoice(told.shapes)) this.#pen.shape = told.shapes.includes("polygon") ? "polygon" : "free";
    if (told.active && !before.active) marks.hidden = false;
    if (told.selected !== before.selected && !this.#reporting) this.#bringIntoSight();
    this.#stage.look();
  }

  /** A region that was selected in the form is brought to the middle when nothing of it is seen. */
  #bringIntoSight() {
    const region = this.#marks.selected?.region;
    const pane = region && this.#marks.pane(region.role);
    const target = pane && this.#marks.target(pane, region.role);
    if (!target || !pane) return;
    const { clip } = pane;
    const [least, most] = boxAround(region.points).map((corner) => onScreen(corner, target.rect, region.size));
    const seen = most.x >= clip.x && least.x < clip.x + clip.width && most.y >= clip.y && least.y < clip.y + clip.height;
    if (seen) return;
    this.#stage.canvas.panBy(clip.x + clip.width / 2 - (least.x + most.x) / 2, clip.y + clip.height / 2 - (least.y + most.y) / 2);
  }

  /** @param {string} id  of a region, "" for none */
  #select(id) {
    const { selected, active } = this.#marks.told;
    if (id !== selected || (id && !active)) this.#report("ew:select", { id });
  }

  /** @param {import("./region_shapes.js").Region} region */
  #drawn(region) {
    this.#marks.hidden = false;
    this.#report("ew:mark", { region });
    const named = region.type[0].toUpperCase() + region.type.slice(1);
    this.#stage.announce([`${named} ${region.id ? "changed" : "marked"}, ${placeInWords(region)}`]);
  }

  /** @param {string} name @param {object} said */
  #report(name, said) {
    const { key, criterion } = this.#marks.told;
    this.#reporting = true; // the form answers at once: what the stage chose need not be brought into sight
    this.#stage.keys.dispatchEvent(new CustomEvent(name, { detail: { key, criterion, ...said } }));
    this.#reporting = false;
  }
}

/** Whether there is a choice between polygons and shapes that a hand draws at once. @param {string[]} shapes */
function isChoice(shapes) {
  return shapes.includes("polygon") && shapes.length > 1;
}

/** @param {string[]} shapes */
function freeWord(shapes) {
  return shapes.filter((shape) => shape !== "polygon").join(", ");
}
