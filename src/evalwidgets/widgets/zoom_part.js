// @ts-check
// Looking closer: one picture pixel on one screen pixel, in and out, and about by key.

import { frameOf } from "./comparison.js";
import { SQUARES } from "./stage_pictures.js";
import { placeWords, sightOf } from "./viewport.js";

/** @typedef {import("./stage_canvas.js").Stage} ZoomStage */
/** @typedef {import("./stage_tools.js").Tool} ZoomTool */

const KEY_ZOOM = 1.25;
/** Share of a pane that a key moves. */
const PANE_STEP = 0.1;

export class ZoomPart {
  #stage;

  /** @param {ZoomStage} stage */
  constructor(stage) {
    this.#stage = stage;
    const { canvas } = stage;
    const always = () => true;
    /** @type {ZoomTool[]} */
    this.tools = [
      { name: "actual", group: "look", icon: "actual", key: "Z", print: "Z", word: () => "1:1", label: () => "One picture pixel on one screen pixel, or the whole picture", shown: always, on: () => canvas.isActual, act: () => canvas.toggleActual() },
      { name: "out", group: "look", icon: "out", key: "-", print: "", word: () => "", label: () => "Zoom out", shown: always, repeats: true, act: () => canvas.zoomBy(1 / KEY_ZOOM) },
      { name: "in", group: "look", icon: "in", key: "+", print: "", word: () => "", label: () => "Zoom in", shown: always, repeats: true, act: () => canvas.zoomBy(KEY_ZOOM) },
      this.#looking("left", "ArrowLeft", "←", 1, 0),
      this.#looking("right", "ArrowRight", "→", -1, 0),
      this.#looking("up", "ArrowUp", "↑", 0, 1),
      this.#looking("down", "ArrowDown", "↓", 0, -1),
    ];
  }

  /** Which part of the pictures is in sight. */
  described() {
    const { scene, canvas } = this.#stage;
    const frame = scene && frameOf(scene);
    const [slot] = canvas.drawings;
    return frame && slot ? placeWords(sightOf(canvas.view, slot.pane, frame), frame) : "";
  }

  /**
   * Look further in a direction: the pictures move the other way.
   * @param {string} word
   * @param {string} code
   * @param {string} arrow
   * @param {number} across
   * @param {number} down
   * @returns {ZoomTool}
   */
  #looking(word, code, arrow, across, down) {
    return {
      name: `look-${word}`, group: "look", key: `Shift+${code}`, keyOnly: true, print: `⇧ ${arrow}`,
      word: () => "", label: () => `Look further ${word}`, shown: () => true, repeats: true,
      act: () => {
        const slot = this.#stage.canvas.drawings.at(-1);
        if (!slot) return;
        const pixel = slot.zoom > SQUARES ? slot.zoom : 0;
        this.#stage.canvas.panBy(across * (pixel || PANE_STEP * slot.pane.width), down * (pixel || PANE_STEP * slot.pane.height));
      },
    };
  }
}
