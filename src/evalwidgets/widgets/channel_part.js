// @ts-check
// Looking at one channel: luminance, saturation or edges of all pictures alike. Each task begins in colour.

import { CHANNELS } from "./channels.js";
import { element, say } from "./stage_page.js";

/** @typedef {import("./stage_canvas.js").Stage} ChannelStage */
/** @typedef {import("./channels.js").Channel} PartChannel */

/** What it shows, for the tooltip. @type {Record<PartChannel, string>} */
const TELLS = {
  colour: "the pictures as they are",
  luminance: "how light each place is",
  saturation: "how far each colour is from grey",
  edges: "where the lightness changes",
};

export class ChannelPart {
  /** @type {PartChannel} what the person chose; it is drawn as soon as it is made */
  #chosen = "colour";
  #stage;
  #chip = element("p", "ew-stage-channel", { "aria-hidden": "true" });

  /** @param {ChannelStage} stage */
  constructor(stage) {
    this.#stage = stage;
    this.#chip.hidden = true;
    stage.area.append(this.#chip);
    /** @type {Pick<import("./stage_tools.js").Tool, "group" | "icon" | "shown">} */
    const views = { group: "look", icon: "views", shown: () => this.#pictures.length > 0 };
    /** @type {import("./stage_tools.js").Tool[]} */
    this.tools = [
      { ...views, name: "views", key: "V", print: "V", word: () => this.#chosen, label: () => labelOf(this.#beside(1)), on: () => this.#chosen !== "colour", act: () => this.#choose(this.#beside(1)) },
      { ...views, name: "views-back", key: "Shift+V", keyOnly: true, print: "⇧ V", word: () => "", label: () => labelOf(this.#beside(-1)), act: () => this.#choose(this.#beside(-1)) },
    ];
  }

  reset() {
    this.#chosen = "colour";
    this.#settle();
  }

  described() {
    const { channel } = this.#stage.pixels;
    return channel === "colour" ? "" : `${channel} only`;
  }

  write() {
    const { channel } = this.#stage.pixels; // in which this frame was drawn
    this.#chip.hidden = channel === "colour";
    say(this.#chip, channel);
    this.#stage.root.dataset.channel = channel;
    this.#settle();
  }

  /** The hashes of what may be seen of the scene. */
  get #pictures() {
    return (this.#stage.scene?.pictures ?? []).flatMap(({ picture }) => picture ?? []);
  }

  /** @param {1 | -1} step */
  #beside(step) {
    return CHANNELS[(CHANNELS.indexOf(this.#chosen) + step + CHANNELS.length) % CHANNELS.length];
  }

  /** @param {PartChannel} channel */
  #choose(channel) {
    this.#chosen = channel;
    this.#settle();
    this.#stage.announce([channel === "colour" ? "Colour" : `View: ${channel}`]);
    this.#stage.look();
  }

  /** Draw in what was chosen once it is made of all pictures. */
  #settle() {
    const { pixels, look } = this.#stage;
    const before = pixels.channel;
    if (pixels.drawIn(this.#chosen, this.#pictures, () => this.#settle()) && pixels.channel !== before) look();
  }
}

/** @param {PartChannel} channel */
function labelOf(channel) {
  return `View ${channel}: ${TELLS[channel]}`;
}
