// @ts-check
// Looking closer: one picture pixel on one screen pixel, in and out.

const KEY_ZOOM = 1.25;

export class ZoomPart {
  /** @param {import("./stage_canvas.js").Stage} stage */
  constructor({ canvas }) {
    const always = () => true;
    /** @type {import("./stage_tools.js").Tool[]} */
    this.tools = [
      { name: "actual", group: "look", icon: "actual", key: "Z", print: "Z", word: () => "1:1", label: () => "One picture pixel on one screen pixel, or the whole picture", shown: always, on: () => canvas.isActual, act: () => canvas.toggleActual() },
      { name: "out", group: "look", icon: "out", key: "-", print: "", word: () => "", label: () => "Zoom out", shown: always, repeats: true, act: () => canvas.zoomBy(1 / KEY_ZOOM) },
      { name: "in", group: "look", icon: "in", key: "+", print: "", word: () => "", label: () => "Zoom in", shown: always, repeats: true, act: () => canvas.zoomBy(KEY_ZOOM) },
    ];
  }
}
