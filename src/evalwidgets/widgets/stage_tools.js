// @ts-check
// The tools of the stage: what a person can do at it, each by a key and by a button, said once.

import { isTyping } from "./keys.js";

/**
 * One thing to do. The toolbar and the keyboard are both made from it.
 * @typedef {object} Tool
 * @property {string} name  unique among all tools
 * @property {string} key  as `keyName` gives it and `aria-keyshortcuts` wants it: "S", "Shift+Space", "+"
 * @property {string} print  the key as it is printed on the button
 * @property {() => string} word  beside the key; may be empty
 * @property {() => string} label  what it does, in full
 * @property {() => boolean} shown  whether it makes sense now
 * @property {() => boolean} [on]  whether it is pressed; without it the button is none that stays pressed
 * @property {() => void} act
 * @property {() => void} [release]  of a tool that acts while it is held
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

/**
 * @param {HTMLElement} root  where keys are heard
 * @param {HTMLElement} canvas
 * @param {Tool[]} tools
 * @param {AbortSignal} signal
 */
export function listenToTools(root, canvas, tools, signal) {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
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
    if (event.code !== "Space" && event.code !== "Enter" || !held.some(({ on }) => on?.())) return;
    event.preventDefault(); // a button that has the focus must not be pressed by it
    release();
  }, { capture: true, signal });
  window.addEventListener("blur", release, { signal });
  document.addEventListener("visibilitychange", release, { signal });
}

/**
 * The tool's button: a real one that prints its key.
 * @param {Tool} tool
 * @param {AbortSignal} signal
 */
export function toolButton(tool, signal) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ew-stage-button";
  button.dataset.tool = tool.name;
  button.setAttribute("aria-keyshortcuts", tool.key);
  const print = document.createElement("kbd");
  print.className = "ew-key";
  print.setAttribute("aria-hidden", "true");
  print.textContent = tool.print;
  const word = document.createElement("span");
  word.className = "ew-stage-word";
  button.append(print, word);
  if (tool.release) holdButton(button, tool, signal);
  else button.addEventListener("click", () => tool.act(), { signal });
  return button;
}

/**
 * Bring a button up to date; writes only what changed, since this runs while panning.
 * @param {HTMLButtonElement} button
 * @param {Tool} tool
 */
export function showTool(button, tool) {
  const shown = tool.shown();
  if (button.hidden === shown) button.hidden = !shown;
  if (!shown) return;
  const word = /** @type {HTMLElement} */ (button.lastElementChild);
  if (word.textContent !== tool.word()) word.textContent = tool.word();
  if (button.title !== tool.label()) {
    button.title = tool.label();
    button.setAttribute("aria-label", tool.label());
  }
  const pressed = tool.on ? String(tool.on()) : null;
  if (pressed !== null && button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
}

/**
 * A button that acts while it is held down; an assistive technology's click toggles.
 * @param {HTMLButtonElement} button
 * @param {Tool} tool
 * @param {AbortSignal} signal
 */
function holdButton(button, tool, signal) {
  const release = () => tool.release?.();
  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    tool.act();
  }, { signal });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    button.addEventListener(end, release, { signal });
  }
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    tool.act();
  }, { signal });
  button.addEventListener("click", (event) => {
    if (event.detail === 0) (tool.on?.() ? release : tool.act)();
  }, { signal });
}
