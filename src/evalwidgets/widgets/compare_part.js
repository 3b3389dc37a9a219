// @ts-check
// Comparing the pictures of a scene: the mode, whose turn it is, and what is held in place.

import { Blink, nextRate } from "./blink.js";
import { USUAL_MODE, describe, isComparison, isMoved, peeksOf, picturesOf, sidesOf } from "./comparison.js";

/** @typedef {import("./comparison.js").Mode} ComparedMode */
/** @typedef {import("./comparison.js").Peek} ComparedPeek */
/** @typedef {import("./stage_canvas.js").Stage} ComparedStage */
/** @typedef {import("./stage_tools.js").Tool} CompareTool */

/** How a mode is announced. @type {Record<ComparedMode, string>} */
const MODE_WORDS = { flip: "In place", side: "Side by side", wipe: "Wipe" };

export class ComparePart {
  #turn = 0; // how often the pictures have changed places
  /** @type {ComparedPeek | null} */
  #held = null;
  #stage;
  #modes;
  #blink;
  #calm = matchMedia("(prefers-reduced-motion: reduce)");

  /**
   * @param {ComparedStage} stage
   * @param {Record<string, ComparedMode>} modes  the mode chosen for each kind, shared by all views
   */
  constructor(stage, modes) {
    this.#stage = stage;
    this.#modes = modes;
    const frames = { request: requestAnimationFrame.bind(window), cancel: cancelAnimationFrame.bind(window) };
    this.#blink = new Blink(() => stage.model.get("blink_rate"), () => this.#turnBy(1), frames);
    this.tools = [...this.#holdTools(), ...this.#turnTools(), ...this.#modeTools()];
    const { model, signal } = stage;
    model.on("change:mode", () => this.#modeSet());
    model.on("change:blink_rate", () => stage.look());
    document.addEventListener("visibilitychange", () => this.#stopBlink(), { signal });
    this.#calm.addEventListener("change", () => this.#stopBlink(), { signal });
    signal.addEventListener("abort", () => this.#blink.stop());
  }

  /** The mode that the person uses for this kind of task. @returns {ComparedMode} */
  get mode() {
    const { scene } = this.#stage;
    return scene && isComparison(scene) ? this.#modes[scene.kind] : "flip";
  }

  /** The picture of each slot. */
  get pictures() {
    const { scene } = this.#stage;
    return scene ? picturesOf(scene, this.#way) : [];
  }

  /** Whether candidates stand in other places than they usually do. */
  get isMoved() {
    return isMoved(this.#stage.scene, this.#way);
  }

  /** Nothing of an earlier task stays: no turn, not what was held. */
  reset() {
    this.#blink.stop();
    this.#turn = 0;
    this.#held = null;
    const { scene, model } = this.#stage;
    if (isComparison(scene) && this.mode !== model.get("mode")) this.#setMode(this.mode);
  }

  /** What is looked at, for whoever reads the page. */
  write() {
    const { dataset } = this.#stage.root;
    dataset.mode = this.mode;
    dataset.turn = String(this.#turn);
    dataset.blink = this.#blink.on ? "on" : "off";
  }

  get #way() {
    return { mode: this.mode, turn: this.#turn, peek: this.#held };
  }

  get #rate() {
    return this.#stage.model.get("blink_rate");
  }

  #compares = () => isComparison(this.#stage.scene);

  /** How many pictures take turns. */
  get #count() {
    const { scene } = this.#stage;
    return scene ? sidesOf(scene).length : 0;
  }

  /** The first thing that can be held in place is under Space, the second under Shift+Space. */
  #holdTools() {
    return [this.#holding("original", 0, "original"), this.#holding("swap", 0, "swap"), this.#holding("swap-beside", 1, "swap")];
  }

  /**
   * @param {string} name
   * @param {0 | 1} place
   * @param {ComparedPeek} peek
   * @returns {CompareTool}
   */
  #holding(name, place, peek) {
    return {
      name, group: "compare", icon: peek,
      key: ["Space", "Shift+Space"][place],
      print: ["Space", "⇧ Space"][place],
      word: () => (peek === "original" ? "hold: original" : this.#count > 2 || this.mode === "flip" ? "hold: next" : "hold: swap"),
      label: () => `Hold to see ${peek === "original" ? "the original in place" : this.#nextWords()}`,
      shown: () => peeksOf(this.#stage.scene)[place] === peek,
      on: () => this.#held === peek,
      act: () => this.#hold(peek),
      release: () => this.#hold(null),
    };
  }

  /** What a turn brings. */
  #nextWords() {
    if (this.mode === "flip") return "the next picture in the same place";
    return this.#count > 2 ? "each candidate one place further left" : "the sides in each other's place";
  }

  /** @returns {CompareTool[]} */
  #turnTools() {
    /** @type {Pick<CompareTool, "group" | "shown">} */
    const compares = { group: "compare", shown: this.#compares };
    const turnLabel = () => `Turn: ${this.#nextWords()}, and it stays`;
    const blinkLabel = () => (this.#calm.matches ? "Turn once (reduced motion: nothing turns by itself)" : "Blink: turn by itself, again and again");
    const rateLabel = () => `Blink at ${nextRate(this.#rate)} instead of ${this.#rate} changes a second`;
    return [
      { ...compares, name: "turn", icon: "turn", key: "X", print: "X", word: () => "turn", label: turnLabel, act: () => this.#turnNow() },
      { ...compares, name: "blink", icon: "blink", key: "B", print: "B", word: () => "blink", label: blinkLabel, on: () => this.#blink.on, act: () => this.#toggleBlink() },
      { ...compares, name: "rate", key: "Shift+B", print: "", word: () => `${this.#rate}/s`, label: rateLabel, act: () => this.#stepRate() },
    ];
  }

  /** @returns {CompareTool[]} */
  #modeTools() {
    /** @param {"side" | "wipe"} mode @returns {Pick<CompareTool, "group" | "shown" | "icon" | "on" | "act">} */
    const switches = (mode) => ({
      group: "compare", icon: mode, shown: this.#compares,
      on: () => this.mode === mode,
      act: () => this.#setMode(this.mode === mode ? "flip" : mode),
    });
    return [
      { name: "side", key: "S", print: "S", word: () => "side by side", label: () => "Side by side", ...switches("side") },
      { name: "wipe", key: "W", print: "W", word: () => "wipe", label: () => "Wipe: drag a divider across two pictures", ...switches("wipe") },
    ];
  }

  /** @param {ComparedMode} mode */
  #setMode(mode) {
    this.#stage.model.set("mode", mode);
    this.#stage.model.save_changes();
  }

  #modeSet() {
    const { scene, model } = this.#stage;
    if (!scene || !isComparison(scene)) return;
    const mode = /** @type {ComparedMode} */ (model.get("mode"));
    if (mode === this.#modes[scene.kind]) return;
    this.#modes[scene.kind] = mode;
    this.#tell(MODE_WORDS[mode]);
    this.#stage.look();
  }

  /** @param {number} count */
  #turnBy(count) {
    this.#turn = (this.#turn + count) % this.#count;
    this.#stage.look();
  }

  /** By hand: that ends the blinking, or the next turn would take it back. */
  #turnNow() {
    this.#blink.stop();
    this.#turnBy(1);
    this.#tell();
  }

  #toggleBlink() {
    if (this.#calm.matches) return this.#turnNow();
    if (this.#blink.on) return this.#stopBlink();
    this.#blink.start();
    this.#stage.announce([`Blinking, ${this.#rate} changes a second`]);
    this.#stage.look();
  }

  /** It stays at what is seen. */
  #stopBlink() {
    if (!this.#blink.on) return;
    this.#blink.stop();
    this.#tell("Blink off");
    this.#stage.look();
  }

  #stepRate() {
    const { model } = this.#stage;
    model.set("blink_rate", nextRate(this.#rate));
    model.save_changes();
    this.#stage.announce([`${this.#rate} changes a second`]);
  }

  /** @param {ComparedPeek | null} peek */
  #hold(peek) {
    if (peek === this.#held) return;
    this.#blink.stop();
    this.#held = peek;
    this.#stage.look();
    this.#tell();
  }

  /** Say what is seen now, after what has changed. @param {string[]} change */
  #tell(...change) {
    this.#stage.announce([[...change, describe(this.pictures, this.mode)].join(": ")]);
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
