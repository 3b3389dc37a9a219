// @ts-check
// The tools of the stage: what a person can do at it, said once. The keys are here, the buttons in
// stage_bar.js.

import { isTyping } from "./keys.js";

/**
 * One thing to do. The toolbar and the keyboard are both made from it.
 * @typedef {object} Tool
 * @property {string} name  unique among all tools
 * @property {string} key  as `keyName` gives it and `aria-keyshortcuts` wants it: "S", "Shift+Space", "+"
 * @property {"compare" | "look" | "mark" | "evidence"} group  where in the toolbar it stands
 * @property {import("./stage_icons.js").IconName} [icon]  without one, the word is always shown
 * @property {string} print  the key as it is printed on the button; may be empty
 * @property {() => string} word  shown where there is room; may be empty
 * @property {() => string} label  what it does, in full
 * @property {() => boolean} shown  whether it makes sense now
 * @property {() => boolean} [on]  whether it is pressed; without it the button is none that stays pressed
 * @property {() => void} act
 * @property {() => void} [release]  of a tool that acts while it is held
 * @property {boolean} [keyOnly]  whether the toolbar has no button for it, because the mouse does it otherwise
 * @property {boolean} [repeats]  whether a key that stays down does it again and again
 */

/**
 * The letter printed on the key, or in other scripts the one in its place, with Shift if that is
 * down. Keys of the digit row are never the stage's, though some layouts print a minus there.
 * @param {KeyboardEvent} event
 */
export function keyName({ code, key, shiftKey }) {
  if (/^Digit/.test(code)) return "";
  if (key === "+" || code === "NumpadAdd" || code === "Equal") return "+";
  if (key === "-" || code === "NumpadSubtract" || code === "Minus") return "-";
  const plain = code === "Space" || /^Arrow/.test(code) ? code : /^[a-z]$/i.test(key) ? key.toUpperCase() : code.replace(/^Key/, "");
  return shiftKey ? `Shift+${plain}` : plain;
}

/** A key's name without Shift, which may come up first. @param {string} name */
function withoutShift(name) {
  return name.replace("Shift+", "");
}

/**
 * @param {HTMLElement} root  where keys are heard
 * @param {HTMLElement} canvas
 * @param {Tool[]} tools
 * @param {AbortSignal} signal
 */
export function listenToTools(root, canvas, tools, signal) {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return;
    const name = keyName(event);
    const tool = tools.find(({ key, shown }) => key === name && shown());
    const scrolls = name.endsWith("Space") && event.target === canvas; // Space would scroll the page
    if (!tool && !scrolls) return;
    event.preventDefault();
    event.stopPropagation();
    if (tool && (!event.repeat || tool.repeats)) tool.act();
  }, { signal });
  endOfHold(tools.filter(({ release }) => release), signal);
}

/**
 * However a hold ends, the stage returns: the key may come up elsewhere, or never.
 * @param {Tool[]} held  tools that act while they are held
 * @param {AbortSignal} signal
 */
function endOfHold(held, signal) {
  const release = () => held.forEach((tool) => tool.release?.());
  window.addEventListener("keyup", (event) => {
    const name = withoutShift(keyName(event)); // Enter: of a button that has the focus
    const ended = held.filter(({ key, on }) => on?.() && (name === "Enter" || name === withoutShift(key)));
    if (!ended.length) return;
    event.preventDefault(); // a button that has the focus must not be pressed by it
    for (const tool of ended) tool.release?.();
  }, { capture: true, signal });
  window.addEventListener("blur", release, { signal });
  document.addEventListener("visibilitychange", release, { signal });
}
