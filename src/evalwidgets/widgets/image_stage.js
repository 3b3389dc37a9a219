// @ts-check
// The image stage: shows the pictures of one scene and lets a person look, zoom and compare.
//
// The kernel sets `scene` and `queue`; the page steps ahead by itself on `ew:advance` and `ew:back`
// (scene_track.js). What appears where is in comparison.js, drawing and looking in stage_canvas.js,
// keys and buttons in stage_input.js. Whatever changes is written and drawn in one animation frame:
// text, name and picture of a task can never be seen apart. Nothing is animated.

import { attached, guardKeys, keyRoot } from "./keys.js";
import { PictureCache, decodePicture } from "./picture_cache.js";
import { PictureTransfers } from "./picture_transfer.js";
import { SceneTrack, hashesOf, sceneOf } from "./scene_track.js";
import { USUAL_MODE, describe, frameOf, hasSize, isComparison, peeksOf, picturesOf } from "./comparison.js";
import { StageCanvas } from "./stage_canvas.js";
import { buildStage, joined, markScrolling, say, showButtons, showDivider, showFacts, showSlots, showTexts } from "./stage_page.js";
import { keepFocus, listenToButtons, listenToDivider, listenToKeys } from "./stage_input.js";

/** @typedef {import("./scene_track.js").Scene} ShownScene */
/** @typedef {import("./comparison.js").Mode} ShownMode */
/** @typedef {import("./comparison.js").Peek} Held */
/** @typedef {{scene: Partial<ShownScene>, queue: Partial<ShownScene>[], mode: ShownMode, controls: boolean}} Traits */
/** @typedef {import("@anywidget/types").AnyModel<Traits>} Model */
/**
 * What all views of one model share: its pictures, the mode chosen for each kind, and the scene
 * last reported as painted.
 * @typedef {{cache: PictureCache<ImageBitmap>, modes: Record<string, ShownMode>, reported: string | null}} Shared
 */

const LOADING_AFTER_MS = 150;
const LOOK_AGAIN_MS = 5000;
const UNREADABLE = "The browser cannot read this picture.";

class Stage {
  #track = new SceneTrack();
  /** @type {Held | null} */
  #held = null;
  /** @type {ShownScene | null | undefined} whose texts are on the page */
  #written = undefined;
  #loading = 0; // timer: say that we are loading
  #again = 0; // timer: ask again for what did not come
  #model;
  #shared;
  #page;
  #canvas;

  /** @param {Model} model @param {HTMLElement} el @param {Shared} shared @param {AbortSignal} signal */
  constructor(model, el, shared, signal) {
    this.#model = model;
    this.#shared = shared;
    this.#page = buildStage(el);
    const bitmapOf = (/** @type {string} */ picture) => shared.cache.get(picture);
    this.#canvas = new StageCanvas(this.#page.canvas, bitmapOf, () => this.#write(), signal);
    const observer = new ResizeObserver(() => markScrolling(this.#page.texts));
    observer.observe(this.#page.texts);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      this.#stopWaiting();
      shared.cache.release(this);
    });
  }

  /** Listen and show; `root` is where keys are heard. @param {HTMLElement} root @param {AbortSignal} signal */
  start(root, signal) {
    const { canvas, bar, divider } = this.#page;
    const actions = this.#actions();
    guardKeys(root, signal);
    listenToKeys(root, canvas, actions, signal);
    listenToButtons(this.#page, actions, signal);
    listenToDivider(divider, this.#canvas, signal);
    keepFocus([canvas, bar], root, canvas, signal);
    for (const name of ["ew:advance", "ew:back"]) {
      root.addEventListener(name, (event) => this.#step(/** @type {CustomEvent} */ (event).detail?.to), { signal });
    }
    this.#listenToModel(signal);
    this.#changed(this.#track.told(this.#kernelScene()));
  }

  /** @param {AbortSignal} signal */
  #listenToModel(signal) {
    const model = this.#model;
    model.on("change:scene", () => this.#changed(this.#track.told(this.#kernelScene())));
    model.on("change:queue", () => this.#holdPictures());
    model.on("change:mode", () => this.#modeSet());
    model.on("change:controls", () => this.#look());
    model.on("msg:custom", ({ type }) => {
      if (type === "recall") this.#changed(this.#track.recalled(this.#kernelScene()));
    });
    this.#shared.cache.onArrival(() => {
      if (!this.#isPainted()) this.#look();
    }, signal);
  }

  /** @returns {import("./stage_input.js").Actions} */
  #actions() {
    return {
      peeks: () => peeksOf(this.#track.shown),
      held: () => this.#held,
      hold: (peek) => this.#hold(peek),
      toggleMode: (mode) => this.#setMode(this.#mode === mode ? "flip" : mode),
      toggleActual: () => this.#canvas.toggleActual(),
      zoomBy: (factor) => this.#canvas.zoomBy(factor),
    };
  }

  #kernelScene() {
    return sceneOf(this.#model.get("scene"));
  }

  #queue() {
    return this.#model.get("queue").flatMap((scene) => sceneOf(scene) ?? []);
  }

  #holdPictures() {
    const next = [this.#kernelScene(), ...this.#queue()].flatMap(hashesOf);
    this.#shared.cache.hold(this, [...hashesOf(this.#track.shown), ...next]);
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
    this.#held = null;
    this.#canvas.reset();
    delete this.#page.root.dataset.painted;
    const isCompared = isComparison(this.#track.shown);
    if (isCompared && this.#mode !== this.#model.get("mode")) this.#setMode(this.#mode);
  }

  /** The mode that the person uses for this kind of task. */
  get #mode() {
    const scene = this.#track.shown;
    return scene && isComparison(scene) ? this.#shared.modes[scene.kind] : "flip";
  }

  /** @param {ShownMode} mode */
  #setMode(mode) {
    this.#model.set("mode", mode);
    this.#model.save_changes();
  }

  #modeSet() {
    const scene = this.#track.shown;
    if (!scene || !isComparison(scene)) return;
    this.#shared.modes[scene.kind] = this.#model.get("mode");
    this.#look();
  }

  /** @param {Held | null} peek */
  #hold(peek) {
    if (peek === this.#held) return;
    this.#held = peek;
    this.#look();
    say(this.#page.live, joined(this.#pictures().map(({ label }) => label)));
  }

  #pictures() {
    const scene = this.#track.shown;
    return scene ? picturesOf(scene, this.#mode, this.#held) : [];
  }

  /** All pictures of a scene appear together, so that holding a key never finds one missing. */
  #isReady() {
    const { cache } = this.#shared;
    const hashes = hashesOf(this.#track.shown);
    return this.#track.shown !== null && hashes.every((hash) => cache.get(hash) || cache.isUnreadable(hash));
  }

  #isPainted() {
    return this.#track.key === null || this.#page.root.dataset.painted === this.#track.key;
  }

  /** Have what is shown now drawn, and then written by `#write`, in the next frame. */
  #look() {
    const scene = this.#track.shown;
    const frame = scene && frameOf(scene);
    const look = frame && { mode: this.#mode, pictures: this.#pictures(), all: scene.pictures, frame };
    this.#canvas.show(look && this.#isReady() ? look : null);
  }

  #write() {
    const scene = this.#track.shown;
    const ready = this.#isReady();
    const pictures = ready ? this.#pictures() : [];
    const mode = this.#mode;
    if (this.#written !== scene) showTexts(this.#page, scene);
    this.#written = scene;
    showSlots(this.#page, this.#slots(pictures), isComparison(scene));
    showDivider(this.#page, this.#canvas.divider, mode === "wipe" && ready);
    showFacts(this.#page, this.#canvas.zooms, pictures.filter(hasSize));
    showButtons(this.#page, {
      peeks: peeksOf(scene), held: this.#held, mode,
      isActual: this.#canvas.isActual, controls: this.#model.get("controls"),
    });
    this.#page.canvas.setAttribute("aria-label", describe(pictures, mode));
    if (ready || this.#track.key === null) this.#stopWaiting();
    else this.#wait();
    if (ready) this.#reportPainted();
  }

  /** What stands above and in the place of each picture. @param {import("./scene_track.js").Picture[]} pictures */
  #slots(pictures) {
    const notice = this.#track.shown?.notice ?? "";
    if (!pictures.length) return [{ label: "", light: false, notice }];
    return pictures.map(({ role, label, picture }) => {
      const unreadable = picture !== null && this.#shared.cache.isUnreadable(picture);
      const light = role === "original" || this.#held === "swap";
      return { label, light, notice: picture === null ? notice : unreadable ? UNREADABLE : "" };
    });
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

/**
 * The modes to begin with: what the kernel has set counts for the kind it shows.
 * @param {Model} model
 */
function firstModes(model) {
  const kind = sceneOf(model.get("scene"))?.kind;
  const mode = model.get("mode");
  if (kind) return { ...USUAL_MODE, [kind]: mode };
  return mode === "flip" ? { ...USUAL_MODE } : { edit: mode, pair: mode };
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
      shared = { cache, modes: firstModes(model), reported: null };
      model.on("msg:custom", (message, buffers) => {
        if (message.type === "part") transfers.receive(message, buffers[0]);
        else if (message.type === "missing") transfers.refuse(message.picture);
      });
      signal.addEventListener("abort", () => cache.clear());
    },
    /** @param {{model: Model, el: HTMLElement, signal: AbortSignal}} context */
    async render({ model, el, signal }) {
      const stage = new Stage(model, el, shared, signal);
      await attached(el, signal);
      stage.start(keyRoot(el), signal);
    },
  };
};
