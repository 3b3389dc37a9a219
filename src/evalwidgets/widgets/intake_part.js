// @ts-check
// The intake desk: draws its view anew when the kernel changes it, and its progress by itself.

import { attached, keyRoot } from "./keys.js";
import { Asks } from "./board_asks.js";
import { piece, pressed, typed } from "./board_elements.js";
import { listenToBoard } from "./board_head.js";
import { drawChoices, drawFirst, labelled } from "./intake_guess.js";
import { drawFar, drawOdd } from "./intake_report.js";

/**
 * @typedef {{path: string, pictures: string, into: string, problem: string, running: boolean,
 *   guess: import("./intake_guess.js").GuessView | null, report: import("./intake_report.js").OddView | null}} IntakeView
 * @typedef {{view: IntakeView, progress: import("./intake_report.js").Far, thumbs: Record<string, BlobPart>}} IntakeTraits
 * @typedef {import("@anywidget/types").AnyModel<IntakeTraits>} IntakeModel
 */

/** @type {import("@anywidget/types").Render<IntakeTraits>} */
function render({ model, el, signal }) {
  const desk = new IntakeDesk(model, el);
  const progress = () => drawFar(desk.far, model.get("progress"));
  model.on("change:view", desk.draw);
  model.on("change:progress", progress);
  model.on("msg:custom", desk.asks.answered);
  signal.addEventListener("abort", () => {
    model.off(null, desk.draw);
    model.off(null, progress);
    model.off(null, desk.asks.answered);
    desk.forget();
  });
  attached(el, signal).then(() => listenToBoard(keyRoot(el), "Intake desk", signal));
  desk.draw();
  progress();
}

class IntakeDesk {
  far = piece("div", "ew-intake-far");
  /** @type {Map<string, string>} */
  urls = new Map();
  /** @type {Set<string>} */
  open = new Set();

  /** @param {IntakeModel} model @param {HTMLElement} el */
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.asks = new Asks((content) => model.send(content), el);
  }

  draw = () => {
    const view = this.model.get("view");
    if (!view || !("path" in view)) return;
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    const focus = active && this.el.contains(active) ? active.dataset.id : undefined;
    const page = piece("div", "ew-intake-page", this.head(view));
    if (view.problem) {
      const problem = piece("p", "ew-problem", view.problem);
      problem.setAttribute("role", "alert");
      page.append(problem);
    }
    if (view.guess) {
      page.append(this.doing(view, view.guess.problems));
      if (view.report) page.append(drawOdd(view.report, this.open));
      const choices = drawChoices(view.guess, this.asks.act, view.running);
      page.append(piece("div", "ew-intake-body", choices, drawFirst(view.guess, this.urlOf)));
    }
    this.el.replaceChildren(page);
    if (focus) /** @type {HTMLElement | null} */ (this.el.querySelector(`[data-id="${CSS.escape(focus)}"]`))?.focus({ preventScroll: true });
  };

  /** @param {IntakeView} view */
  head(view) {
    const { act } = this.asks;
    const path = typed("input", "intake-path", "Folder or table", view.path, (text) => act("point", text));
    path.placeholder = "a folder, or a CSV, JSONL or Parquet file";
    const pictures = typed("input", "intake-pictures", "Pictures in", view.pictures, (text) => act("look_in", text));
    pictures.placeholder = "where the table lies";
    const into = typed("input", "intake-into", "Write tasks into", view.into, (text) => act("write_into", text));
    for (const field of [path, pictures, into]) field.disabled = view.running;
    const busy = piece("span", "ew-busy", "Working");
    return piece("div", "ew-intake-head", labelled("Folder or table", path), labelled("Pictures in", pictures), labelled("Write tasks into", into), busy);
  }

  /** @param {IntakeView} view @param {string[]} problems */
  doing(view, problems) {
    const { act } = this.asks;
    const begin = pressed("Take in", () => act("take_in"), { kind: "main", off: view.running || problems.length > 0, id: "intake-begin" });
    const stop = pressed("Stop", () => act("stop"), { off: !view.running, id: "intake-stop" });
    const why = problems.map((one) => piece("span", "ew-intake-why", one));
    return piece("div", "ew-intake-doing", begin, ...(view.running ? [stop] : []), this.far, ...why);
  }

  /** @param {string} name */
  urlOf = (name) => {
    const data = this.model.get("thumbs")[name];
    if (data && !this.urls.has(name)) this.urls.set(name, URL.createObjectURL(new Blob([data], { type: "image/jpeg" })));
    return this.urls.get(name) ?? "";
  };

  forget() {
    for (const url of this.urls.values()) URL.revokeObjectURL(url);
  }
}

export default { render };
