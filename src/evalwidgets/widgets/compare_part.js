// @ts-check
// Comparing the pictures of a scene: the mode, and what is held in place.

import { USUAL_MODE, isComparison, peeksOf, picturesOf } from "./comparison.js";

/** @typedef {import("./comparison.js").Mode} ComparedMode */
/** @typedef {import("./comparison.js").Peek} ComparedPeek */
/** @typedef {import("./stage_canvas.js").Stage} ComparedStage */
/** @typedef {import("./scene_track.js").Scene} ComparedScene */

export class ComparePart {
  /** @type {ComparedPeek | null} */
  #held = null;
  #stage;
  #modes;

  /**
   * @param {ComparedStage} stage
   * @param {Record<string, ComparedMode>} modes  the mode chosen for each kind, shared by all views
   */
  constructor(stage, modes) {
    this.#stage = stage;
    this.#modes = modes;
    stage.model.on("change:mode", () => this.#modeSet());
    this.tools = this.#makeTools();
  }

  /** The mode that the person uses for this kind of task. @returns {ComparedMode} */
  get mode() {
    const { scene } = this.#stage;
    return scene && isComparison(scene) ? this.#modes[scene.kind] : "flip";
  }

  get held() {
    return this.#held;
  }

  /** The picture of each slot. */
  get pictures() {
    const { scene } = this.#stage;
    return scene ? picturesOf(scene, this.mode, this.#held) : [];
  }

  /** Nothing of an earlier task stays: not what was held. */
  reset() {
    this.#held = null;
    const { scene, model } = this.#stage;
    if (isComparison(scene) && this.mode !== model.get("mode")) this.#setMode(this.mode);
  }

  /** @returns {import("./stage_tools.js").Tool[]} */
  #makeTools() {
    const compares = () => isComparison(this.#stage.scene);
    /** @param {"side" | "wipe"} mode */
    const switches = (mode) => ({
      shown: compares,
      on: () => this.mode === mode,
      act: () => this.#setMode(this.mode === mode ? "flip" : mode),
    });
    return [
      this.#holding("original", 0, "original"),
      this.#holding("swap", 0, "swap"),
      this.#holding("swap-beside", 1, "swap"),
      { name: "side", group: "compare", icon: "side", key: "S", print: "S", word: () => "side by side", label: () => "Side by side", ...switches("side") },
      { name: "wipe", group: "compare", icon: "wipe", key: "W", print: "W", word: () => "wipe", label: () => "Wipe: drag a divider across both pictures", ...switches("wipe") },
    ];
  }

  /**
   * The first thing that can be held in place is under Space, the second under Shift+Space.
   * @param {string} name
   * @param {0 | 1} place
   * @param {ComparedPeek} peek
   * @returns {import("./stage_tools.js").Tool}
   */
  #holding(name, place, peek) {
    const words = {
      original: { word: "hold: original", label: "Hold to see the original in place" },
      swap: { word: "hold: swap A / B", label: "Hold to see A and B in each other's place" },
    };
    return {
      name, group: "compare", icon: peek,
      key: ["Space", "Shift+Space"][place],
      print: ["Space", "⇧ Space"][place],
      word: () => (peek === "swap" && this.mode === "flip" ? "hold: B" : words[peek].word),
      label: () => words[peek].label,
      shown: () => peeksOf(this.#stage.scene)[place] === peek,
      on: () => this.#held === peek,
      act: () => this.#hold(peek),
      release: () => this.#hold(null),
    };
  }

  /** @param {ComparedMode} mode */
  #setMode(mode) {
    this.#stage.model.set("mode", mode);
    this.#stage.model.save_changes();
  }

  #modeSet() {
    const { scene, model } = this.#stage;
    if (!scene || !isComparison(scene)) return;
    this.#modes[scene.kind] = model.get("mode");
    this.#stage.look();
  }

  /** @param {ComparedPeek | null} peek */
  #hold(peek) {
    if (peek === this.#held) return;
    this.#held = peek;
    this.#stage.look();
    this.#stage.announce(this.pictures.map(({ label }) => label));
  }
}

/**
 * The modes to begin with: what the kernel has set counts for the kind it shows.
 * @param {string | undefined} kind
 * @param {ComparedMode} mode
 * @returns {Record<string, ComparedMode>}
 */
export function firstModes(kind, mode) {
  if (kind) return { ...USUAL_MODE, [kind]: mode };
  return mode === "flip" ? { ...USUAL_MODE } : { edit: mode, pair: mode };
}
