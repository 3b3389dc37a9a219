// @ts-check
// Texts that are told to the kernel while they are typed, and what changed in them, word by word.

import { piece, typed } from "./board_elements.js";

/** @typedef {[kind: string, text: string][]} ChangedWords */
/** @typedef {{named: (id: string) => HTMLInputElement | null}} TypingPart */

const TYPING_PAUSE = 600;
/** @type {WeakMap<TypingPart, Map<string, number>>} */
const typingTimers = new WeakMap();

/**
 * A text that is told after a pause, and at once when it is left. The kernel's answer may draw the
 * field anew in between: what is told is what the field with this id holds then.
 * @param {"input" | "textarea"} tag @param {string} id @param {string} label @param {string} value
 * @param {TypingPart} part @param {(text: string) => unknown} tell
 */
export function live(tag, id, label, value, part, tell) {
  const timers = typingTimers.get(part) ?? new Map();
  typingTimers.set(part, timers);
  const stop = () => {
    const waited = timers.has(id);
    clearTimeout(timers.get(id));
    timers.delete(id);
    return waited;
  };
  const field = typed(tag, id, label, value);
  field.addEventListener("input", () => {
    stop();
    timers.set(id, window.setTimeout(() => stop() && tell(part.named(id)?.value ?? field.value), TYPING_PAUSE));
  });
  field.addEventListener("blur", () => stop() && tell(field.value));
  return field;
}

/** What went is struck out, what came is underlined: told apart without colour too. @param {ChangedWords} words */
export function changedWords(words) {
  const tags = /** @type {const} */ ({ gone: "del", new: "ins", same: "span" });
  return words.map(([kind, text]) => piece(tags[/** @type {keyof typeof tags} */ (kind)], "", text));
}
