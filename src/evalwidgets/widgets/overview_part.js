// @ts-check
// A small map of the whole picture while only a part of it is in sight. Decoration: the canvas's label
// tells the same in words, and keys move as well.

import { frameOf, hasSize } from "./comparison.js";
import { isBig, previewFactor } from "./tile_grid.js";
import { element } from "./stage_page.js";
import { clamp, placement, sightOf } from "./viewport.js";
import { cornerAwayFrom } from "./readout.js";

/** @typedef {import("./stage_canvas.js").Stage} MappedStage */
/** @typedef {import("./stage_canvas.js").Drawing} MappedDrawing */
/** @typedef {import("./viewport.js").Size} MapSize */

/** The longest side of the map, in CSS pixels, and the most of the stage's width and height it takes. */
const MAP_LONGEST = 160;
const MOST_SHARE = 0.3;
/** The pointer that stays near this long wants to see what is under the map; one that goes to the map is quicker. */
const NEAR_MS = 500;

export class OverviewPart {
  #stage;
  #shared;
  #map = element("div", "ew-stage-map", { "aria-hidden": "true" });
  #canvas = element("canvas", "ew-map-picture");
  #sight = element("div", "ew-map-sight");
  #drawn = ""; // what the map shows
  #near = 0; // timer: the pointer is near

  /**
   * @param {MappedStage} stage
   * @param {{map: boolean}} shared  whether the person wants it; kept by all views while the page lives
   */
  constructor(stage, shared) {
    this.#stage = stage;
    this.#shared = shared;
    this.element = this.#map;
    this.#map.append(this.#canvas, this.#sight);
    this.#map.dataset.corner = "bottom-right";
    this.#map.hidden = true;
    stage.area.append(this.#map);
    this.#listen();
    /** @type {import("./stage_tools.js").Tool[]} */
    this.tools = [{
      name: "overview", group: "look", icon: "overview", key: "O", print: "O",
      word: () => "map",
      label: () => "Map of the whole picture while only a part is in sight",
      shown: () => stage.pictures.some(({ picture }) => picture !== null),
      on: () => shared.map && !stage.canvas.view.fitted,
      act: () => this.#toggle(),
    }];
  }

  reset() {
    this.#drawn = "";
    this.#stay();
  }

  /** @param {MappedDrawing[]} drawings */
  write(drawings) {
    const { scene, canvas, pixels } = this.#stage;
    const frame = scene && frameOf(scene);
    const main = drawings.findLast(({ picture }) => picture.picture !== null && hasSize(picture));
    const whole = main ? pixels.pixelsOf(/** @type {string} */ (main.picture.picture)) : undefined;
    const sight = main && frame && sightOf(canvas.view, main.pane, frame);
    const partly = sight && (sight.width < frame.width - 1 || sight.height < frame.height - 1);
    this.#map.hidden = !(this.#shared.map && main && whole && partly);
    if (this.#map.hidden || !sight || !main || !whole || !frame) return;
    const size = this.#sizeFor(frame, main.ratio);
    this.#paint(main, whole, frame, size);
    const scale = size.width / frame.width;
    this.#sight.style.translate = `${sight.x * scale}px ${sight.y * scale}px`;
    this.#sight.style.width = `${Math.max(3, sight.width * scale)}px`;
    this.#sight.style.height = `${Math.max(3, sight.height * scale)}px`;
  }

  /** The map goes out of the way of a pointer that stays near it, or is pressed. @param {import("./viewport.js").Point | null} at */
  hover(at) {
    if (!at || this.#map.hidden || this.#cornerFor() === this.#map.dataset.corner) return this.#stay();
    this.#near ||= setTimeout(() => this.#giveWay(), NEAR_MS);
  }

  #stay() {
    clearTimeout(this.#near);
    this.#near = 0;
  }

  #giveWay() {
    this.#stay();
    this.#map.dataset.corner = this.#cornerFor();
  }

  /** The corner that is clear of the pointer, and of the same place in the other panes: the present one if that is. */
  #cornerFor() {
    const { canvas } = this.#stage;
    const { pointer, drawings } = canvas;
    const under = pointer && canvas.drawingAt(pointer);
    const isTop = this.#map.dataset.corner === "top-right";
    if (!under) return this.#map.dataset.corner ?? "";
    const { ratio } = under;
    const [width, height] = [canvas.size.width / ratio, canvas.size.height / ratio];
    const points = drawings.map(({ pane }) => {
      const x = (pane.x + pointer.x - under.pane.x) / ratio;
      const y = pointer.y / ratio;
      return { x, y: isTop ? height - y : y }; // upside down, the corner it is in is the one that is preferred
    });
    const corner = cornerAwayFrom(points, boxOf(this.#map), { width, height }, "right");
    return (corner === "top-right") === isTop ? "bottom-right" : "top-right";
  }

  #toggle() {
    this.#shared.map = !this.#shared.map;
    this.#stage.announce([this.#shared.map ? "Map on" : "Map off"]);
    this.#stage.look();
  }

  /** @param {MapSize} frame @param {number} ratio @returns {MapSize} in CSS pixels */
  #sizeFor(frame, ratio) {
    const { width, height } = this.#stage.canvas.size;
    const most = { width: Math.min(MAP_LONGEST, (MOST_SHARE * width) / ratio), height: Math.min(MAP_LONGEST, (MOST_SHARE * height) / ratio) };
    const scale = Math.min(most.width / frame.width, most.height / frame.height);
    return { width: Math.max(1, Math.round(frame.width * scale)), height: Math.max(1, Math.round(frame.height * scale)) };
  }

  /**
   * @param {MappedDrawing} main
   * @param {ImageBitmap} whole
   * @param {MapSize} frame
   * @param {MapSize} size
   */
  #paint({ picture, ratio }, whole, frame, size) {
    const drawn = [picture.picture, this.#stage.pixels.channel, size.width, size.height, ratio].join(" ");
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#canvas.width = Math.round(size.width * ratio);
    this.#canvas.height = Math.round(size.height * ratio);
    this.#map.style.width = `${size.width}px`;
    this.#map.style.height = `${size.height}px`;
    const context = /** @type {CanvasRenderingContext2D} */ (this.#canvas.getContext("2d"));
    const scale = this.#canvas.width / frame.width;
    const { x, y, width, height } = placement(picture, frame);
    const factor = isBig(picture) ? previewFactor(picture) : 1;
    context.imageSmoothingQuality = "high";
    context.drawImage(whole, 0, 0, picture.width / factor, picture.height / factor, x * scale, y * scale, width * scale, height * scale);
  }

  #listen() {
    const map = this.#map;
    const { signal } = this.#stage;
    map.addEventListener("wheel", (event) => {
      event.preventDefault();
      event.stopPropagation();
      map.parentElement?.querySelector("canvas")?.dispatchEvent(new WheelEvent("wheel", event)); // zoom as if the map was not there
    }, { passive: false, signal });
    map.addEventListener("pointerenter", () => this.#stay(), { signal });
    map.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      map.setPointerCapture(event.pointerId);
      this.#goTo(event);
    }, { signal });
    map.addEventListener("pointermove", (event) => {
      if (map.hasPointerCapture(event.pointerId)) this.#goTo(event);
    }, { signal });
  }

  /** @param {PointerEvent} event */
  #goTo({ clientX, clientY }) {
    const { scene, canvas } = this.#stage;
    const frame = scene && frameOf(scene);
    if (!frame) return;
    const box = this.#map.getBoundingClientRect();
    canvas.centre({
      x: clamp((clientX - box.left) / box.width, 0, 1) * frame.width,
      y: clamp((clientY - box.top) / box.height, 0, 1) * frame.height,
    });
  }
}

/** @param {HTMLElement} element */
function boxOf({ offsetWidth, offsetHeight }) {
  return { width: offsetWidth, height: offsetHeight };
}
