// @ts-check
// Which picture of a scene appears where: rules of the modes and of holding a key, with no page in sight.
//
// An edit is looked at as the edited picture, a pair as A beside B. Holding a key puts another
// picture in the very same place, in every mode (all slots at once, so one may look anywhere):
//   Space        the original, where the scene has one; of a pair without one, the other candidate
//   Shift+Space  of a pair with an original: the other candidate (A and B change places)
// So Space always means "what was it before?" if there is a before. Flip, for a pair, is one large
// picture: A, with B or the original in its place while a key is held.

/** @typedef {import("./scene_track.js").Scene} Scene */
/** @typedef {import("./scene_track.js").Picture} Picture */
/** @typedef {"flip" | "side" | "wipe"} Mode */
/** @typedef {"original" | "swap"} Peek  what is held in place */

/** The mode of a kind until the person chooses another. @type {Readonly<Record<string, Mode>>} */
export const USUAL_MODE = { edit: "flip", pair: "side" };
/** Left and right of a comparison. @type {Readonly<Record<string, readonly string[]>>} */
const SIDES = { edit: ["original", "edited"], pair: ["a", "b"] };

/** @param {Scene} scene @param {string} role */
function pictureOf(scene, role) {
  return scene.pictures.find((picture) => picture.role === role);
}

/**
 * The two pictures that a scene compares, or its only one.
 * @param {Scene} scene
 * @returns {Picture[]}
 */
export function sidesOf(scene) {
  const sides = (SIDES[scene.kind] ?? []).flatMap((role) => pictureOf(scene, role) ?? []);
  return sides.length === 2 ? sides : scene.pictures.slice(0, 1);
}

/** @param {Scene | null} scene */
export function isComparison(scene) {
  return scene !== null && sidesOf(scene).length === 2;
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
 * @param {Mode} mode
 * @param {Peek | null} peek
 * @returns {Picture[]}
 */
export function picturesOf(scene, mode, peek) {
  const sides = sidesOf(scene);
  if (sides.length < 2) return sides;
  const original = pictureOf(scene, "original");
  const main = scene.kind === "edit" ? 1 : 0;
  if (peek === "original" && original) return mode === "flip" ? [original] : [original, original];
  const ordered = peek === "swap" ? [sides[1], sides[0]] : sides;
  return mode === "flip" ? [ordered[main]] : ordered;
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

/** @param {Picture} picture */
export function hasSize({ picture, width, height }) {
  return picture !== null && width > 0 && height > 0;
}

/**
 * What a screen reader is told about the canvas.
 * @param {Picture[]} pictures  of the slots
 * @param {Mode} mode
 */
export function describe(pictures, mode) {
  const [first, second] = pictures.map(({ label }) => label);
  if (!second) return first ?? "No picture";
  if (first === second) return `${first}, in both places`;
  return mode === "wipe" ? `${first} left of the divider, ${second} right of it` : `${first} and ${second}, side by side`;
}
