// @ts-check
// Evidence: what was measured between the original and the edited picture, once the review is submitted.
//
// E asks the kernel, which decides whether it may be seen and logs that it was opened. The overlay is
// drawn over the edited picture wherever that is; the original stays as it is. The words are
// the kernel's: how far the map can be trusted comes first, then plain facts, and no verdict.

import { PartPictures } from "./part_pictures.js";
import { setHidden } from "./stage_input.js";
import { element, say } from "./stage_page.js";

/** @typedef {import("./stage_canvas.js").Stage} EvidenceStage */
/** @typedef {import("./stage_canvas.js").Drawing} EvidenceDrawing */
/**
 * What the kernel says of the scene with this key.
 * @typedef {object} Evidence
 * @property {string} key
 * @property {"shown" | "locked" | "measuring" | "failed"} state
 * @property {string} [overlay]  hash; "" if no place can be named
 * @property {string} [role]  the picture it is drawn over
 * @property {"good" | "caution" | "none"} [trust]
 * @property {string} [trust_sentence]
 * @property {string[]} [sentences]
 * @property {string} [why]  why it is locked, or failed
 */

/** Told by shape and words: a circle that is full, half full, or empty. */
const LIGHTS = { good: "Local map usable", caution: "Read with care", none: "The whole picture changed" };
const WORDS = {
  locked: "Evidence opens after you have submitted your review of this task.",
  measuring: "Measuring …",
  failed: "The change could not be measured.",
};

export class EvidencePart {
  /** Whether the person has opened it for the task that is shown. */
  #open = false;
  /** Whether the panel is folded to its light; stays as the person has it. */
  #folded = false;
  #said = ""; // what was announced last
  #stage;
  #pictures;
  #panel;

  /** @param {EvidenceStage} stage */
  constructor(stage) {
    this.#stage = stage;
    this.#pictures = new PartPictures(stage);
    this.#panel = buildPanel(() => this.#fold(), stage.signal);
    this.element = this.#panel.panel;
    stage.area.append(this.element);
    stage.model.on("change:evidence", () => stage.look());
    /** @type {import("./stage_tools.js").Tool[]} */
    this.tools = [{
      name: "evidence", group: "evidence", icon: "evidence", key: "E", print: "E",
      word: () => "evidence",
      label: () => (this.#open ? "Hide evidence" : "Evidence: what was measured between the two pictures, once the review is submitted"),
      shown: () => stage.scene?.kind === "edit",
      on: () => this.#open,
      act: () => this.#toggle(),
    }];
  }

  reset() {
    this.#open = false;
    this.#said = "";
  }

  /** @param {CanvasRenderingContext2D} context @param {EvidenceDrawing} drawing */
  paint(context, { picture, rect }) {
    const { state, overlay, role } = this.#evidence;
    if (!this.#open || state !== "shown" || !overlay || picture.role !== role) return;
    const map = picture.picture && this.#pictures.get(overlay); // nothing is drawn over a cover
    if (!map) return;
    context.imageSmoothingEnabled = true;
    context.drawImage(map, rect.x, rect.y, rect.width, rect.height);
  }

  write() {
    const evidence = this.#evidence;
    const { overlay } = evidence;
    this.#pictures.want(this.#open && overlay ? [overlay] : []);
    this.#show(evidence);
  }

  /** What the kernel says of the scene that is shown; until it speaks, that it measures. @returns {Evidence} */
  get #evidence() {
    const key = this.#stage.scene?.key ?? "";
    const told = this.#stage.model.get("evidence");
    return told?.key === key ? told : { key, state: "measuring" };
  }

  #toggle() {
    const { scene, tell, look } = this.#stage;
    this.#open = !this.#open && scene !== null;
    this.#said = "";
    if (scene && this.#open) tell({ type: "evidence", key: scene.key });
    else this.#stage.announce(["Evidence hidden"]);
    look();
  }

  #fold() {
    this.#folded = !this.#folded;
    this.#stage.look();
  }

  /** @param {Evidence} evidence */
  #show({ state, trust = "none", trust_sentence: sentence = "", sentences = [], why }) {
    const { panel, light, word, reason, facts, fold } = this.#panel;
    setHidden(panel, !this.#open, this.#stage.keys);
    if (!this.#open) return;
    const shown = state === "shown";
    panel.dataset.state = state;
    panel.toggleAttribute("data-folded", shown && this.#folded);
    light.hidden = fold.hidden = !shown;
    light.dataset.trust = trust;
    say(word, shown ? LIGHTS[trust] : why || WORDS[state]);
    say(reason, shown ? sentence : "");
    showFactLines(facts, shown ? sentences : []);
    say(fold, this.#folded ? "More" : "Less");
    fold.setAttribute("aria-expanded", String(!this.#folded));
    this.#announce([word.textContent ?? "", sentence, ...sentences]);
  }

  /** @param {string[]} lines */
  #announce(lines) {
    const words = lines.filter(Boolean).join(" ");
    if (words === this.#said) return;
    this.#said = words;
    this.#stage.announce([words]);
  }
}

/**
 * @param {HTMLElement} list
 * @param {string[]} lines
 */
function showFactLines(list, lines) {
  if (list.dataset.lines === lines.join("\n")) return;
  list.dataset.lines = lines.join("\n");
  list.replaceChildren(...lines.map((line) => element("li", "", {}, [line])));
}

/**
 * @param {() => void} fold
 * @param {AbortSignal} signal
 */
function buildPanel(fold, signal) {
  const light = element("span", "ew-evidence-light", { "aria-hidden": "true" });
  const word = element("b", "ew-evidence-word");
  const reason = element("p", "ew-evidence-reason");
  const facts = element("ul", "ew-evidence-facts");
  const button = element("button", "ew-evidence-fold", { type: "button" });
  button.addEventListener("click", fold, { signal });
  const panel = element("section", "ew-evidence", { role: "region", "aria-label": "Measured change" }, [
    element("div", "ew-evidence-head", {}, [light, word, button]), reason, facts,
  ]);
  panel.hidden = true;
  return { panel, light, word, reason, facts, fold: button };
}
