// @ts-check
// Which picture of a scene appears where: rules of the modes, of turning and of holding a key, with
// no page in sight.
//
// An edit is looked at as the edited picture, a pair as its candidates in one row. Three things put
// another picture in the very same place, in every mode (all slots at once, so one may look anywhere):
//   X            a turn, which stays: the next picture in place, or the sides change places
//   B            turns by itself, again and again (blink.js)
//   Space        while it is held, on top of any turn: the original, where the scene has one; of a
//                pair without one, the next candidate
//   Shift+Space  while it is held, of a pair with an original: the next candidate
// So Space always means "what was it before?" if there is a before. Flip is one large picture: the
// edited one, or a candidate. Wipe, for more than two candidates, is the one whose turn it is against
// the next.

/** @typedef {import("./scene_track.js").Scene} Scene */
/** @typedef {import("./scene_track.js").Picture} Picture */
/** @typedef {"flip" | "side" | "wipe"} Mode */
/** @typedef {"original" | "swap"} Peek  what is held in place */
/** @typedef {{mode: Mode, turn: number, peek: Peek | null}} Way  how the pictures are looked at */

/** The mode of a kind until the person chooses another. @type {Readonly<Record<string, Mode>>} */
export const USUAL_MODE = { edit: "flip", pair: "side" };
/** From left to right. @type {Readonly<Record<string, readonly string[]>>} */
const SIDES = { edit: ["original", "edited"], pair: ["a", "b", "c", "d"] };

/** @param {Scene} scene @param {string} role */
function pictureOf(scene, role) {
  return scene.pictures.find((picture) => picture.role === role);
}

/**
 * The two to four pictures that a scene compares, or its only one.
 * @param {Scene} scene
 * @returns {Picture[]}
 */
export function sidesOf(scene) {
  const sides = (SIDES[scene.kind] ?? []).flatMap((role) => pictureOf(scene, role) ?? []);
  return sides.length > 1 ? sides : scene.pictures.slice(0, 1);
}

/** @param {Scene | null} scene */
export function isComparison(scene) {
  return scene !== null && sidesOf(scene).length > 1;
}

/**
 * What can be held in place, the one under Space first.
 * @param {Scene | null} scene
 * @returns {Peek[]}
 */
export function peeksOf(scene) {
  if (!scene || !isComparison(scene)) return [];
  /** @type {Peek[]} */
  const peeks = pictureOf(scene, "original") ? ["original"] : [];
  return scene.kind === "pair" ? [...peeks, "swap"] : peeks;
}

/**
 * The picture of each slot.
 * @param {Scene} scene
 * @param {Way} way
 * @returns {Picture[]}
 */
export function picturesOf(scene, { mode, turn, peek }) {
  const sides = sidesOf(scene);
  if (sides.length < 2) return sides;
  const original = pictureOf(scene, "original");
  const slots = mode === "flip" ? 1 : mode === "wipe" ? 2 : sides.length;
  if (peek === "original" && original) return Array(slots).fill(original);
  const first = (turn + (peek === "swap" ? 1 : 0)) % sides.length;
  const ordered = [...sides.slice(first), ...sides.slice(0, first)];
  return scene.kind === "edit" ? ordered.slice(-slots) : ordered.slice(0, slots); // of an edit, the last is the main one
}

/**
 * Whether the candidates of a pair stand in other places than they usually do.
 * @param {Scene | null} scene
 * @param {Way} way
 */
export function isMoved(scene, { turn, peek }) {
  return scene?.kind === "pair" && (peek === "swap" ? turn + 1 : turn) % sidesOf(scene).length !== 0;
}

/**
 * The size into which all pictures are laid: that of the original, else of the first one.
 * @param {Scene} scene
 * @returns {{width: number, height: number} | undefined}
 */
export function frameOf(scene) {
  const pictures = [pictureOf(scene, "original"), ...scene.pictures];
  const reference = pictures.find((picture) => picture && hasSize(picture));
  return reference && { width: reference.width, height: reference.height };
}

/** Whether there is something to draw: a picture, or what covers it. @param {Picture} picture */
export function hasSize({ picture, veil, width, height }) {
  return (picture !== null || veil !== undefined) && width > 0 && height > 0;
}

/**
 * What is seen, in words.
 * @param {Picture[]} pictures  of the slots
 * @param {Mode} mode
 */
export function describe(pictures, mode) {
  const labels = pictures.map(({ label, veil }) => (veil?.look === "covered" ? `${label}, covered` : label));
  const [first, second] = labels;
  if (!second) return first ?? "No picture";
  if (labels.every((label) => label === first)) return `${first}, in ${labels.length === 2 ? "both" : "all"} places`;
  if (mode === "wipe") return `${first} left of the divider, ${second} right of it`;
  return `${labels.slice(0, -1).join(", ")} and ${labels.at(-1)}, side by side`;
}
