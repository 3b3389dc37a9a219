// @ts-check
// The mastery map alone in a notebook.

import { drawMastery } from "./mastery_grid.js";

/** @typedef {{map: import("./mastery_grid.js").MasteryShown}} MapTraits */

/** @type {import("@anywidget/types").Render<MapTraits>} */
function render({ model, el, signal }) {
  const draw = () => el.replaceChildren(drawMastery(model.get("map")));
  model.on("change:map", draw);
  signal.addEventListener("abort", () => model.off("change:map", draw));
  draw();
}

export default { render };
