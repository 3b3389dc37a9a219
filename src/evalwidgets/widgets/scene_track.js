// @ts-check
// Which scene the stage shows: the kernel's word, and the steps that the browser takes ahead of it.
//
// The browser knows the queue, so it advances at once and the kernel confirms later. A confirmation
// of a step already taken must change nothing (two quick submits would flicker back), anything else
// the kernel says wins (a refused submit returns to its task).

/**
 * @typedef {object} Picture
 * @property {string} role  image, original, edited, a, b, c or d
 * @property {string} label
 * @property {string | null} picture  hash, or null when it cannot be shown, or may not be seen now
 * @property {number} width  of the whole picture, in its own pixels
 * @property {number} height
 * @property {{size: number, factors: number[]}} [tiles]  of a picture that comes as a preview (`picture`) and tiles
 * @property {string} [cover]  hash of a tiny grey blurred copy; of a sensitive scene's pictures
 * @property {import("./covers.js").Veil} [veil]  how a sensitive picture is seen now (covers.js)
 */
/**
 * @typedef {object} Scene
 * @property {string} key  unique per shown review
 * @property {"image" | "prompt" | "edit" | "pair"} kind
 * @property {Picture[]} pictures
 * @property {{label: string, text: string}[]} texts
 * @property {string} notice  why a picture cannot be shown
 * @property {Sensitive} [sensitive]  of a sensitive task
 * @property {boolean} [intro]  whether its texts come first, then the original alone (intro.js)
 */
/**
 * @typedef {object} Sensitive
 * @property {string} note  what it shows, in words
 * @property {number} seen  how many sensitive pictures the person has opened today
 * @property {string} pause  a sentence that offers a pause, or ""
 */

/** How many scenes can be returned to without the kernel. */
const REMEMBERED = 4;

/**
 * What the kernel has set; an empty trait is no scene.
 * @param {Partial<Scene> | undefined} scene
 * @returns {Scene | null}
 */
export function sceneOf(scene) {
  if (!scene?.key) return null;
  return { kind: "image", pictures: [], texts: [], notice: "", ...scene, key: scene.key };
}

/**
 * The hashes of the pictures with which a scene appears: of a sensitive one, nothing but its covers.
 * @param {Scene | null} scene
 * @returns {string[]}
 */
export function hashesOf(scene) {
  return (scene?.pictures ?? []).flatMap(({ picture, cover }) => (scene?.sensitive ? cover : picture) || []);
}

export class SceneTrack {
  /** @type {Scene | null} what is shown; null when there is nothing to show (yet) */
  shown = null;
  /** @type {string | null} the key that is shown or waited for */
  key = null;
  /** @type {Scene[]} scenes shown before, the latest last */
  #seen = [];
  /** @type {string[]} keys the browser stepped to and the kernel has not confirmed yet */
  #ahead = [];

  /**
   * The kernel has set its scene.
   * @param {Scene | null} scene
   * @returns {"shown" | "refreshed" | "kept"} whether another scene is shown, the same with other
   *   content, or nothing changes
   */
  told(scene) {
    const step = scene ? this.#ahead.indexOf(scene.key) : -1;
    this.#ahead = step < 0 ? [] : this.#ahead.slice(step + 1);
    if (this.#ahead.length) return "kept";
    return this.#show(scene?.key ?? null, scene);
  }

  /**
   * The kernel takes the browser back to its scene, whatever was stepped to since.
   * @param {Scene | null} scene
   */
  recalled(scene) {
    this.#ahead = [];
    return this.#show(scene?.key ?? null, scene);
  }

  /**
   * The page steps to a scene by itself, forwards in the queue or back to one seen before. One that
   * is not known leaves the stage empty until the kernel sends it: never another task's picture.
   * @param {string} key
   * @param {Scene[]} queue
   */
  step(key, queue) {
    if (key === this.key) return "kept";
    this.#ahead.push(key);
    const known = queue.find((scene) => scene.key === key) ?? this.#seen.findLast((scene) => scene.key === key);
    return this.#show(key, known ?? null);
  }

  /**
   * @param {string | null} key
   * @param {Scene | null} scene
   * @returns {"shown" | "refreshed" | "kept"}
   */
  #show(key, scene) {
    const same = key === this.key;
    if (same && JSON.stringify(scene) === JSON.stringify(this.shown)) return "kept";
    if (!same && this.shown) this.#remember(this.shown);
    const refreshed = same && this.shown !== null;
    this.key = key;
    this.shown = scene;
    return refreshed ? "refreshed" : "shown";
  }

  /** @param {Scene} scene */
  #remember(scene) {
    this.#seen = [...this.#seen.filter(({ key }) => key !== scene.key), scene].slice(-REMEMBERED);
  }
}
