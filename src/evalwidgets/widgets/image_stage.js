// @ts-check
// The image stage: shows the pictures of one scene and lets a person look, zoom and compare.
//
// The kernel sets `scene` and `queue`; the page steps ahead by itself on `ew:advance` and `ew:back`
// (scene_track.js). Drawing and looking are in stage_canvas.js; what can be done here in its parts
// (compare_part.js and so on). Whatever changes is written and drawn in one animation frame: text,
// name and picture of a task can never be seen apart. Nothing is animated.

import { attached, guardKeys, keyRoot } from "./keys.js";
import { PictureCache, decodePicture } from "./picture_cache.js";
import { PictureTransfers } from "./picture_transfer.js";
import { SceneTrack, sceneOf } from "./scene_track.js";
import { describe, frameOf, hasSize, isComparison } from "./comparison.js";
import { StagePictures } from "./stage_pictures.js";
import { StageCanvas } from "./stage_canvas.js";
import { buildStage, joined, markScrolling, say, showDivider, showSlots, showTexts } from "./stage_page.js";
import { keepFocus, listenToDivider } from "./stage_input.js";
import { listenToTools } from "./stage_tools.js";
import { StageBar } from "./stage_bar.js";
import { ComparePart, firstModes } from "./compare_part.js";
import { ZoomPart } from "./zoom_part.js";
import { CoverPart } from "./cover_part.js";
import { Covers, LOOKS } from "./covers.js";
import { EvidencePart } from "./evidence_part.js";
import { Intro } from "./intro.js";
import { IntroPart } from "./intro_part.js";
import { RegionPart } from "./region_part.js";
import { TilesPart } from "./tiles_part.js";
import { ChannelPart } from "./channel_part.js";
import { InspectorPart } from "./inspector_part.js";
import { OverviewPart } from "./overview_part.js";

/** @typedef {import("./scene_track.js").Scene} ShownScene */
/** @typedef {import("./comparison.js").Mode} ShownMode */
/** @typedef {{scene: Partial<ShownScene>, queue: Partial<ShownScene>[], regions: object[], mode: ShownMode, blink_rate: number, controls: boolean}} Traits */
/** @typedef {import("@anywidget/types").AnyModel<Traits>} Model */
/**
 * What all views of one model share: its pictures, the mode chosen for each kind, how sensitive
 * pictures are looked at, whether there is a map, which scenes were seen to the end of their intro, and
 * the scene last reported as painted.
 * @typedef {{cache: PictureCache<ImageBitmap>, modes: Record<string, ShownMode>, looks: {look: import("./covers.js").OpenLook, map: boolean}, introduced: Set<string>, reported: string | null}} Shared
 */

const LOADING_AFTER_MS = 150;
const LOOK_AGAIN_MS = 5000;
const UNREADABLE = "The browser cannot read this picture.";
const LOADING = "Loading …";

class StageView {
  #track = new SceneTrack();
  /** @type {ShownScene | null | undefined} whose texts are on the page */
  #written = undefined;
  /** @type {{key: string}[]} what parts have to tell of a scene that the page stepped to ahead of the kernel */
  #untold = [];
  #loading = 0; // timer: say that we are loading
  #again = 0; // timer: ask again for what did not come
  #model;
  #shared;
  #page;
  #pictures;
  #canvas;
  #covers;
  #intro;
  #compare;
  /** @type {import("./stage_canvas.js").StagePart[]} */
  #parts;
  #tools;
  #bar;

  /** @param {Model} model @param {HTMLElement} el @param {Shared} shared @param {AbortSignal} signal */
  constructor(model, el, shared, signal) {
    this.#model = model;
    this.#shared = shared;
    this.#page = buildStage(el);
    this.#covers = new Covers(shared.looks);
    this.#intro = new Intro(shared.introduced);
    this.#pictures = new StagePictures(shared.cache, () => this.#canvas.redraw(), signal);
    this.#canvas = new StageCanvas(this.#page.canvas, this.#pictures, (drawings) => this.#write(drawings), signal);
    const stage = this.#asSeenByParts(signal);
    this.#compare = new ComparePart(stage, shared.modes);
    this.#parts = [
      this.#compare, new ChannelPart(stage), new OverviewPart(stage, shared.looks), new ZoomPart(stage), new TilesPart(stage),
      new InspectorPart(stage), new EvidencePart(stage), new RegionPart(stage), new CoverPart(stage, this.#covers),
      new IntroPart(stage, this.#intro),
    ];
    this.#canvas.use(this.#parts);
    this.#tools = this.#parts.flatMap((part) => part.tools ?? []);
    this.#bar = new StageBar(this.#tools, signal);
    this.#page.live.before(this.#bar.el);
    const observer = new ResizeObserver(() => markScrolling(this.#page.texts));
    observer.observe(this.#page.texts);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      this.#stopWaiting();
      shared.cache.release(this);
    });
  }

  /** @param {AbortSignal} signal @returns {import("./stage_canvas.js").Stage} */
  #asSeenByParts(signal) {
    const view = this;
    const { root, area, live } = this.#page;
    return {
      model: this.#model, root, area, signal, canvas: this.#canvas, pixels: this.#pictures, cache: this.#shared.cache,
      get keys() {
        return keyRoot(root);
      },
      get scene() {
        return view.#scene;
      },
      get pictures() {
        return view.#compare.pictures;
      },
      look: () => this.#look(),
      announce: (words) => say(live, joined(words)),
      tell: (message) => {
        view.#untold.push(message);
        view.#tellDue();
      },
    };
  }

  /** Listen and show; `root` is where keys are heard. @param {HTMLElement} root @param {AbortSignal} signal */
  start(root, signal) {
    const { canvas, divider } = this.#page;
    guardKeys(root, signal);
    listenToTools(root, canvas, this.#tools, signal);
    listenToDivider(divider, this.#canvas, signal);
    const own = this.#parts.flatMap(({ element }) => element ?? []);
    keepFocus([canvas, this.#bar.el, ...own], root, canvas, signal);
    for (const name of ["ew:advance", "ew:back"]) {
      root.addEventListener(name, (event) => this.#step(/** @type {CustomEvent} */ (event).detail?.to), { signal });
    }
    // Whoever must know where the pictures lie (tests, benchmarks) asks with an empty `detail`.
    this.#page.root.addEventListener("ew:where", (event) => {
      Object.assign(/** @type {CustomEvent} */ (event).detail, { drawings: this.#canvas.drawings, view: this.#canvas.view });
    }, { signal });
    this.#listenToModel(signal);
    for (const part of this.#parts) part.start?.();
    this.#changed(this.#track.told(this.#kernelScene()));
  }

  /** @param {AbortSignal} signal */
  #listenToModel(signal) {
    const model = this.#model;
    model.on("change:scene", () => {
      this.#changed(this.#track.told(this.#kernelScene()));
      this.#tellDue();
    });
    model.on("change:queue", () => this.#holdPictures());
    model.on("change:controls", () => this.#look());
    model.on("msg:custom", ({ type }) => {
      if (type === "recall") this.#changed(this.#track.recalled(this.#kernelScene()));
    });
    this.#shared.cache.onArrival(() => {
      if (!this.#isPainted()) this.#look();
    }, signal);
  }

  /** What is shown, as far as it may be seen now. */
  get #scene() {
    return this.#intro.shown(this.#covers.seen(this.#track.shown));
  }

  #kernelScene() {
    return sceneOf(this.#model.get("scene"));
  }

  #queue() {
    return this.#model.get("queue").flatMap((scene) => sceneOf(scene) ?? []);
  }

  #holdPictures() {
    this.#pictures.hold(this, this.#track.shown, [this.#kernelScene(), ...this.#queue()]);
  }

  /** A kernel that is still at another task would not heed it. */
  #tellDue() {
    const key = this.#kernelScene()?.key;
    for (const message of this.#untold) if (message.key === key) this.#model.send(message);
    this.#untold = this.#untold.filter((message) => message.key !== key);
  }

  /** @param {string | undefined} key */
  #step(key) {
    if (key) this.#changed(this.#track.step(key, this.#queue()));
  }

  /** @param {"shown" | "refreshed" | "kept"} change */
  #changed(change) {
    this.#holdPictures();
    if (change === "kept") return;
    if (change === "shown") this.#reset();
    this.#look();
  }

  /** Nothing of an earlier task stays: not the place looked at, not what was held. */
  #reset() {
    this.#canvas.reset();
    this.#pictures.reset();
    for (const part of this.#parts) part.reset?.();
    this.#untold = [];
    delete this.#page.root.dataset.painted;
  }

  #isReady() {
    return this.#track.shown !== null && this.#pictures.isReady(this.#track.shown);
  }

  #isPainted() {
    return this.#track.key === null || this.#page.root.dataset.painted === this.#track.key;
  }

  /** Have what is shown now drawn, and then written by `#write`, in the next frame. */
  #look() {
    const scene = this.#scene;
    const frame = scene && frameOf(scene);
    const { mode, pictures } = this.#compare;
    this.#canvas.show(frame && this.#isReady() ? { mode, pictures, all: scene.pictures, frame } : null);
  }

  /** @param {import("./stage_canvas.js").Drawing[]} drawings */
  #write(drawings) {
    const scene = this.#track.shown; // its texts and its kind do not depend on what is covered
    const ready = this.#isReady();
    const { mode } = this.#compare;
    const pictures = ready ? this.#compare.pictures : [];
    if (this.#written !== scene) showTexts(this.#page, scene);
    this.#written = scene;
    showSlots(this.#page, this.#slots(pictures), isComparison(scene));
    showDivider(this.#page, this.#canvas.divider, mode === "wipe" && ready);
    this.#bar.el.hidden = !this.#model.get("controls");
    this.#bar.show(drawings.map(({ zoom }) => zoom), pictures.filter(hasSize));
    for (const part of this.#parts) part.write?.(drawings);
    this.#page.canvas.setAttribute("aria-label", this.#described(pictures));
    if (ready || this.#track.key === null) this.#stopWaiting();
    else this.#wait();
    if (ready) this.#reportPainted();
  }

  /** The mode, which picture, and how large: what the canvas is to a screen reader. @param {import("./scene_track.js").Picture[]} pictures */
  #described(pictures) {
    const { mode } = this.#compare;
    const inPlace = isComparison(this.#track.shown) && mode === "flip" ? "in place" : "";
    const more = this.#parts.map((part) => part.described?.() ?? "");
    return [describe(pictures, mode), inPlace, this.#bar.zoom, ...more].filter(Boolean).join(", ");
  }

  /** What stands above and in the place of each picture. @param {import("./scene_track.js").Picture[]} pictures */
  #slots(pictures) {
    const notice = this.#track.shown?.notice ?? "";
    if (!pictures.length) return [{ label: "", light: false, notice }];
    return pictures.map((picture) => {
      const light = picture.role === "original" || this.#compare.isMoved;
      return { label: picture.label, light, notice: hasSize(picture) ? this.#stateOf(picture) : notice };
    });
  }

  /** @param {import("./scene_track.js").Picture} picture */
  #stateOf(picture) {
    if (this.#pictures.isUnreadable(picture)) return UNREADABLE;
    return this.#pictures.isAwaited(picture) ? LOADING : "";
  }

  #wait() {
    this.#loading ||= setTimeout(() => (this.#page.loading.hidden = false), LOADING_AFTER_MS);
    this.#again ||= setInterval(() => this.#holdPictures(), LOOK_AGAIN_MS);
  }

  #stopWaiting() {
    clearTimeout(this.#loading);
    clearInterval(this.#again);
    this.#loading = this.#again = 0;
    this.#page.loading.hidden = true;
  }

  #reportPainted() {
    const key = /** @type {string} */ (this.#track.key);
    if (this.#isPainted()) return;
    this.#page.root.dataset.painted = key;
    setTimeout(() => {
      const detail = { key, at: performance.now() }; // a task after the frame: it is on the screen
      this.#page.root.dispatchEvent(new CustomEvent("ew:painted", { bubbles: true, detail }));
      if (this.#shared.reported === key) return;
      this.#shared.reported = key;
      this.#model.send({ type: "shown", key });
    });
  }
}

export default () => {
  /** @type {Shared} */
  let shared;
  return {
    /** @param {{model: Model, signal: AbortSignal}} context */
    initialize({ model, signal }) {
      const cache = new PictureCache({
        ask: (pictures) => transfers.request(pictures),
        decode: decodePicture,
      });
      const transfers = new PictureTransfers({
        send: (need) => model.send(need),
        arrived: (picture, bytes, mediaType) => cache.receive(picture, bytes, mediaType),
      });
      const modes = firstModes(sceneOf(model.get("scene"))?.kind, model.get("mode"));
      shared = { cache, modes, looks: { look: LOOKS[0], map: true }, introduced: new Set(), reported: null };
      model.on("msg:custom", (message, buffers) => {
        if (message.type === "part") transfers.receive(message, buffers[0]);
        else if (message.type === "missing") transfers.refuse(message.picture);
      });
      signal.addEventListener("abort", () => cache.clear());
    },
    /** @param {{model: Model, el: HTMLElement, signal: AbortSignal}} context */
    async render({ model, el, signal }) {
      const stage = new StageView(model, el, shared, signal);
      await attached(el, signal);
      stage.start(keyRoot(el), signal);
    },
  };
};
