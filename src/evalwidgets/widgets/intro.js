// @ts-check
// In which order a scene is seen that asks for it (`intro`): what was asked, then the original alone,
// then everything. Each scene goes through it once, however often one comes back.

/** @typedef {import("./scene_track.js").Scene} IntroScene */
/** @typedef {"asked" | "original" | "all"} IntroStep */

/** @param {IntroScene | null} scene @returns {IntroStep[]} */
function stepsOf(scene) {
  if (!scene?.intro) return ["all"];
  const roles = scene.pictures.map(({ role }) => role);
  const before = roles.length > 1 && roles.includes("original");
  return [...(scene.texts.length ? [/** @type {const} */ ("asked")] : []), ...(before ? [/** @type {const} */ ("original")] : []), "all"];
}

export class Intro {
  #seen;
  /** @type {IntroScene | null} what is looked at, whole */
  #scene = null;
  #key = ""; // of the scene that `#at` counts in
  #at = 0;
  /** @type {{scene: IntroScene, step: IntroStep, shown: IntroScene} | null} what `shown` made last */
  #made = null;

  /** @param {Set<string>} seen  keys of scenes that were seen to the end, shared by all views */
  constructor(seen) {
    this.#seen = seen;
  }

  /** @returns {IntroStep} */
  get step() {
    const scene = this.#scene;
    const steps = stepsOf(scene);
    if (!scene || this.isSeen) return "all";
    return steps[this.#key === scene.key ? Math.min(this.#at, steps.length - 1) : 0];
  }

  /** What comes after the step that is shown. */
  get next() {
    const steps = stepsOf(this.#scene);
    return steps[Math.min(steps.indexOf(this.step) + 1, steps.length - 1)];
  }

  /** Whether everything of the scene was on the screen. */
  get isSeen() {
    return this.#scene !== null && this.#seen.has(this.#scene.key);
  }

  /** @returns {boolean} whether there was a further step */
  advance() {
    const scene = this.#scene;
    if (!scene || this.step === "all") return false;
    this.#at = this.#key === scene.key ? this.#at + 1 : 1;
    this.#key = scene.key;
    return true;
  }

  /** Everything of the scene is on the screen. @returns {boolean} whether that is news */
  finish() {
    if (!this.#scene?.intro || this.isSeen || this.step !== "all") return false;
    this.#seen.add(this.#scene.key);
    return true;
  }

  /**
   * The scene as far as it is shown now: the same object as long as nothing changes. Before a picture
   * is shown there is no content note either: it stands where the picture will be.
   * @template {IntroScene | null} S
   * @param {S} scene
   * @returns {S}
   */
  shown(scene) {
    this.#scene = scene;
    const { step } = this;
    if (!scene || step === "all") return scene;
    if (this.#made?.scene !== scene || this.#made.step !== step) {
      const pictures = scene.pictures.filter(({ role }) => step === "original" && role === "original");
      const { sensitive, ...rest } = scene;
      this.#made = { scene, step, shown: step === "asked" ? { ...rest, pictures } : { ...scene, pictures } };
    }
    return /** @type {S} */ (this.#made.shown);
  }
}
