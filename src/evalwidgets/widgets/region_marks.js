// @ts-check
// The marked places of the scene that is shown: what the form and the kernel told, where each lies in
// each pane, and which one is under the pointer.

import { frameOf, hasSize } from "./comparison.js";
import { placement, screenRect } from "./viewport.js";
import { areaOf, gripAt, isInside, isOnLine } from "./region_shapes.js";
import { REACH } from "./region_pen.js";
import { badgeOf } from "./region_paint.js";

/** @typedef {import("./region_paint.js").Mark} ShownMark */
/** @typedef {import("./region_pen.js").Target} ShownTarget */
/** @typedef {import("./stage_canvas.js").Drawing} PaneDrawing */
/** @typedef {import("./viewport.js").Point} PanePoint */
/**
 * What the form tells of a `regions` criterion.
 * @typedef {object} Told
 * @property {string} key  of the sheet
 * @property {string} criterion  empty: nothing of this task is marked
 * @property {string} role  of the picture that is marked; empty allows any
 * @property {import("./region_shapes.js").Shape[]} shapes  that may be drawn
 * @property {ShownMark[]} marks
 * @property {string} selected  id of a region
 * @property {boolean} active  whether hands mark now
 */
/** A region under the pointer, and the grip by which it would be taken; -1 for the whole. @typedef {{mark: ShownMark, grip: number}} Found */

/** @type {Told} */
const NOTHING_TOLD = { key: "", criterion: "", role: "", shapes: [], marks: [], selected: "", active: false };

export class RegionMarks {
  told = NOTHING_TOLD;
  /** Whether the person looks at the picture without them. */
  hidden = false;
  #stage;
  #pen;

  /** @param {import("./stage_canvas.js").Stage} stage @param {import("./region_pen.js").RegionPen} pen */
  constructor(stage, pen) {
    this.#stage = stage;
    this.#pen = pen;
  }

  /** Whether something may be marked here: the form's sheet is that of the scene. */
  get isAsked() {
    return this.told.criterion !== "" && this.told.key === this.#stage.scene?.key;
  }

  /** Whether hands mark now. */
  get isMarking() {
    return this.isAsked && this.told.active;
  }

  /**
   * All of them; the one that is being changed as it is now. What the kernel gives belongs to its
   * scene, and is not shown on another to which the page stepped ahead.
   * @returns {ShownMark[]}
   */
  get all() {
    const { scene, model } = this.#stage;
    /** @type {Partial<ShownMark>[]} */
    const given = scene && model.get("scene")?.key === scene.key ? model.get("regions") : [];
    const now = this.#pen.held?.now;
    const own = this.isAsked ? this.told.marks.map((mark) => (mark.region.id === now?.id ? { ...mark, region: now } : mark)) : [];
    return [...given.map((mark) => /** @type {ShownMark} */ ({ label: "", title: "", look: "other", lacking: false, ...mark })), ...own];
  }

  /** @returns {ShownMark | undefined} */
  get selected() {
    return this.all.find((mark) => this.isSelected(mark));
  }

  /** @param {ShownMark} mark */
  isSelected({ look, region }) {
    return look === "mine" && region.id === this.told.selected;
  }

  /**
   * The picture that is marked, as it lies in a pane: where another picture is shown, at the same
   * place of the scene.
   * @param {PaneDrawing} drawing
   * @param {string} [role]
   * @returns {ShownTarget | null}
   */
  target(drawing, role = this.told.role || drawing.picture.role) {
    const { scene, canvas } = this.#stage;
    const frame = scene && frameOf(scene);
    const picture = scene?.pictures.find((one) => one.role === role);
    if (!frame || !picture || !hasSize(picture)) return null;
    const here = role === drawing.picture.role;
    const rect = here ? drawing.rect : screenRect(canvas.view, drawing.pane, placement(picture, frame));
    return { role, size: [picture.width, picture.height], rect, ratio: drawing.ratio };
  }

  /** The pane that keys work in: that of a picture, by default the marked one, else the first. */
  pane(role = this.told.role) {
    const { drawings } = this.#stage.canvas;
    return drawings.find(({ picture }) => picture.role === role) ?? drawings.at(-1);
  }

  /**
   * What is under a point of the screen: a grip of the selected region, else a line or a badge.
   * @param {PanePoint} at @param {PaneDrawing} drawing
   * @returns {Found | null}
   */
  find(at, drawing) {
    if (this.hidden) return null;
    const reach = REACH * drawing.ratio;
    const { selected } = this;
    const target = selected && this.isMarking ? this.target(drawing, selected.region.role) : null;
    const grip = selected && target ? gripAt(selected.region, target.rect, at, reach) : -1;
    if (selected && grip >= 0) return { mark: selected, grip };
    const mark = this.all.findLast((one) => {
      const here = this.target(drawing, one.region.role);
      if (!here) return false;
      const badge = badgeOf(one, here.rect, drawing.clip, drawing.ratio);
      const onBadge = at.x >= badge.x && at.x <= badge.x + badge.width && at.y >= badge.y && at.y <= badge.y + badge.height;
      return onBadge || isOnLine(one.region, here.rect, at, 0.75 * reach);
    });
    return mark ? { mark, grip: -1 } : null;
  }

  /** The smallest region that holds a point of the screen. @param {PanePoint} at @param {PaneDrawing} drawing @returns {ShownMark | undefined} */
  holding(at, drawing) {
    const holding = this.hidden ? [] : this.all.filter(({ region }) => {
      const target = this.target(drawing, region.role);
      return target !== null && isInside(region, target.rect, at);
    });
    return holding.sort((one, other) => areaOf(one.region) - areaOf(other.region))[0];
  }
}
