// @ts-check
// The exemplar wall alone in a notebook.

import { attached, guardKeys, isTyping, keyRoot } from "./keys.js";
import { ExemplarView } from "./exemplar_view.js";

/** @typedef {{wall: import("./exemplar_levels.js").Wall, pictures: Record<string, BlobPart>}} WallTraits */

/** @type {import("@anywidget/types").Render<WallTraits>} */
function render({ model, el, signal }) {
  const view = new ExemplarView((message) => model.send(message));
  const draw = () => view.show(model.get("wall"), model.get("pictures"));
  /** @param {{type: string, picture: string, media: string}} content @param {DataView<ArrayBuffer>[]} buffers */
  const hear = (content, buffers) => content.type === "large" && view.enlarge(content, buffers[0]);
  model.on("change:wall", draw);
  model.on("msg:custom", hear);
  signal.addEventListener("abort", () => {
    model.off("change:wall", draw);
    model.off("msg:custom", hear);
    view.pictures.release();
  });
  view.el.tabIndex = -1;
  el.append(view.el);
  draw();
  attached(el, signal).then(() => listenAt(view, keyRoot(el), signal));
}

/** @param {ExemplarView} view @param {HTMLElement} root @param {AbortSignal} signal */
function listenAt(view, root, signal) {
  guardKeys(root, signal);
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (isTyping(event) || !view.onKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  root.addEventListener("keydown", onKey, { signal });
  root.addEventListener("keyup", onKey, { signal });
  window.addEventListener("blur", () => view.flip(false), { signal });
  // A click on the wall means: the keys are for it.
  root.addEventListener("pointerup", () => root.contains(document.activeElement) || view.el.focus({ preventScroll: true }), { signal });
}

export default { render };
