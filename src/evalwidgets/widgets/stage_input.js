// @ts-check
// The mouse at the stage: it leaves the focus where the keys are heard, and drags the divider.

import { isTyping } from "./keys.js";

/** Share of the width that an arrow key moves the divider; ten times as much with Shift. */
const STEP = 0.01;

/**
 * The mouse leaves the focus where the keys are heard: on the form's criterion, or else on the
 * canvas; it takes it out of a text, or the next key would be written there.
 * @param {HTMLElement[]} places
 * @param {HTMLElement} root
 * @param {HTMLElement} canvas
 * @param {AbortSignal} signal
 */
export function keepFocus(places, root, canvas, signal) {
  /** @param {MouseEvent} event */
  const keep = (event) => {
    event.preventDefault();
    const focused = document.activeElement;
    const writing = focused && isTyping(/** @type {any} */ ({ target: focused }));
    if (!focused || !root.contains(focused) || focused === root || writing) canvas.focus({ preventScroll: true });
  };
  for (const place of places) place.addEventListener("mousedown", keep, { signal });
}

/**
 * Hide an element or show it; a hidden one gives the focus back to where the keys are heard.
 * @param {HTMLElement} element
 * @param {boolean} hidden
 * @param {HTMLElement} root
 */
export function setHidden(element, hidden, root) {
  if (hidden && element.contains(document.activeElement)) root.focus({ preventScroll: true });
  element.hidden = hidden;
}

/**
 * @param {HTMLElement} divider
 * @param {{divider: number}} canvas
 * @param {AbortSignal} signal
 */
export function listenToDivider(divider, canvas, signal) {
  divider.addEventListener("pointerdown", (event) => {
    if (event.button === 0) divider.setPointerCapture(event.pointerId);
  }, { signal });
  divider.addEventListener("pointermove", (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    const box = /** @type {HTMLElement} */ (divider.parentElement).getBoundingClientRect();
    canvas.divider = (event.clientX - box.left) / box.width;
  }, { signal });
  divider.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 10 * STEP : STEP;
    const places = { ArrowLeft: canvas.divider - step, ArrowRight: canvas.divider + step, Home: 0, End: 1 };
    if (!(event.code in places)) return;
    event.preventDefault();
    event.stopPropagation();
    canvas.divider = places[/** @type {keyof typeof places} */ (event.code)];
  }, { signal });
}
