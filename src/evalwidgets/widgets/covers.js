// @ts-check
// What may be seen of sensitive pictures: covering, revealing and peeking, with no page in sight.
//
// A picture of a sensitive scene is covered until the person reveals it, or while they hold a key to
// peek. What may be seen sharp has its hash in `picture`; what is covered, or softened by choice, has
// none there: its hashes are in its *veil*, which StagePictures alone reads. So no part of the stage
// can draw, measure or fetch around a cover. One task's reveals never count for another.

/** @typedef {import("./scene_track.js").Scene} CoveredScene */
/** @typedef {import("./scene_track.js").Picture} CoveredPicture */
/** @typedef {"blurred" | "grey" | "full"} OpenLook  how a picture that is revealed is looked at */
/**
 * How a sensitive picture is seen now.
 * @typedef {object} Veil
 * @property {"covered" | OpenLook} look
 * @property {string} cover  hash of the tiny copy that is drawn while it is covered, or not there yet
 * @property {string | null} behind  hash of the picture itself; null until the kernel has given it
 */

/** The mildest first; what the person chooses is kept until the page goes. @type {readonly OpenLook[]} */
export const LOOKS = ["blurred", "grey", "full"];

export class Covers {
  /** @type {Set<string>} places that are revealed */
  #open = new Set();
  /** @type {string | null} the place that is peeked at */
  #peeked = null;
  /** @type {{scene: CoveredScene, state: string, seen: CoveredScene} | null} what `seen` made last */
  #made = null;
  #choice;

  /** @param {{look: OpenLook}} choice  shared by all views */
  constructor(choice) {
    this.#choice = choice;
  }

  get look() {
    return this.#choice.look;
  }

  set look(look) {
    this.#choice.look = look;
  }

  get isPeeking() {
    return this.#peeked !== null;
  }

  /** Everything is covered again. */
  reset() {
    this.#open.clear();
    this.#peeked = null;
  }

  /** @param {CoveredScene} scene @param {string} role */
  isRevealed(scene, role) {
    return this.#open.has(place(scene, role));
  }

  /**
   * Reveal a picture, or cover it again.
   * @param {CoveredScene} scene
   * @param {string} role
   * @returns {boolean} whether it is revealed now
   */
  toggle(scene, role) {
    const name = place(scene, role);
    if (this.#open.delete(name)) return false;
    this.#open.add(name);
    return true;
  }

  /**
   * Look at a picture until `unpeek`.
   * @param {CoveredScene} scene
   * @param {string} role
   * @returns {boolean} whether this began a peek: not while it is seen anyway
   */
  peek(scene, role) {
    if (this.#peeked !== null || this.isRevealed(scene, role)) return false;
    this.#peeked = place(scene, role);
    return true;
  }

  unpeek() {
    const peeked = this.#peeked !== null;
    this.#peeked = null;
    return peeked;
  }

  /**
   * The scene as it may be seen now: the same object as long as nothing changes.
   * @template {CoveredScene | null} S
   * @param {S} scene
   * @returns {S}
   */
  seen(scene) {
    if (!scene?.sensitive) return scene;
    const state = [this.look, this.#peeked ?? "", ...this.#open].join("\n");
    if (this.#made?.scene !== scene || this.#made.state !== state) {
      const pictures = scene.pictures.map((picture) => this.#veiled(scene, picture));
      this.#made = { scene, state, seen: { ...scene, pictures } };
    }
    return /** @type {S} */ (this.#made.seen);
  }

  /** @param {CoveredScene} scene @param {CoveredPicture} picture @returns {CoveredPicture} */
  #veiled(scene, picture) {
    const name = place(scene, picture.role);
    const look = this.#open.has(name) || this.#peeked === name ? this.look : "covered";
    /** @type {Veil} */
    const veil = { look, cover: picture.cover ?? "", behind: look === "covered" ? null : picture.picture };
    return { ...picture, picture: look === "full" ? picture.picture : null, veil };
  }
}

/** @param {CoveredScene} scene @param {string} role */
function place(scene, role) {
  return `${scene.key} ${role}`;
}

/**
 * The picture that a key means: the one under the pointer, else the main one, the last of the slots.
 * @param {CoveredPicture[]} pictures  of the slots
 * @param {string | null} under  role of the picture under the pointer
 * @returns {CoveredPicture | undefined}
 */
export function meantBy(pictures, under) {
  const sized = pictures.filter(({ veil, width }) => veil && width > 0);
  return sized.find(({ role }) => role === under) ?? sized.at(-1);
}

/** The hashes of what is revealed or peeked at, as far as the kernel has given them. @param {CoveredScene | null} scene */
export function revealedOf(scene) {
  return (scene?.pictures ?? []).flatMap(({ veil }) => veil?.behind ?? []);
}
