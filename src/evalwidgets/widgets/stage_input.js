// @ts-check
// What a person does at the stage: its keys, its buttons, its divider.

import { isTyping } from "./keys.js";

/**
 * @typedef {object} Actions
 * @property {() => ("original" | "swap")[]} peeks  what can be held in place now
 * @property {(peek: "original" | "swap" | null) => void} hold
 * @property {() => "original" | "swap" | null} held
 * @property {(mode: "side" | "wipe") => void} toggleMode
 * @property {() => void} toggleActual
 * @property {(factor: number) => void} zoomBy
 */

const KEY_ZOOM = 1.25;
/** Share of the width that an arrow key moves the divider; ten times as much with Shift. */
const STEP = 0.01;

/**
 * The letter printed on the key, or in other scripts the one in its place; none with Shift. Keys of
 * the digit row are never the stage's, though some layouts print a minus there.
 * @param {KeyboardEvent} event
 */
function keyName({ code, key, shiftKey }) {
  if (/^Digit/.test(code)) return "";
  if (key === "+" || code === "NumpadAdd" || code === "Equal") return "+";
  if (key === "-" || code === "NumpadSubtract" || code === "Minus") return "-";
  if (code === "Space") return shiftKey ? "Shift+Space" : "Space";
  if (shiftKey) return "";
  return /^[a-z]$/i.test(key) ? key.toUpperCase() : code.replace(/^Key/, "");
}

/**
 * What each key does now; a key that is absent is not the stage's.
 * @param {Actions} actions
 * @returns {Record<string, () => void>}
 */
function keyActions(actions) {
  const zooming = {
    Z: () => actions.toggleActual(),
    "+": () => actions.zoomBy(KEY_ZOOM),
    "-": () => actions.zoomBy(1 / KEY_ZOOM),
  };
  const peeks = actions.peeks();
  if (!peeks.length) return zooming;
  return {
    ...zooming,
    S: () => actions.toggleMode("side"),
    W: () => actions.toggleMode("wipe"),
    Space: () => actions.hold(peeks[0]),
    "Shift+Space": () => actions.hold(peeks[1] ?? peeks[0]),
  };
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} canvas
 * @param {Actions} actions
 * @param {AbortSignal} signal
 */
export function listenToKeys(root, canvas, actions, signal) {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const name = keyName(event);
    const act = keyActions(actions)[name];
    if (!act && !(name === "Space" && event.target === canvas)) return; // Space would scroll the page
    event.preventDefault();
    event.stopPropagation();
    if (act && (!event.repeat || "+-".includes(name))) act();
  }, { signal });
  endOfHold(actions, signal);
}

/**
 * However a hold ends, the stage returns: the key may come up elsewhere, or never.
 * @param {Actions} actions
 * @param {AbortSignal} signal
 */
function endOfHold(actions, signal) {
  window.addEventListener("keyup", (event) => {
    if (event.code !== "Space" && event.code !== "Enter" || !actions.held()) return;
    event.preventDefault(); // a button that has the focus must not be pressed by it
    actions.hold(null);
  }, { capture: true, signal });
  window.addEventListener("blur", () => actions.hold(null), { signal });
  document.addEventListener("visibilitychange", () => actions.hold(null), { signal });
}

/**
 * @param {import("./stage_page.js").StagePage} page
 * @param {Actions} actions
 * @param {AbortSignal} signal
 */
export function listenToButtons({ buttons }, actions, signal) {
  buttons.side.addEventListener("click", () => actions.toggleMode("side"), { signal });
  buttons.wipe.addEventListener("click", () => actions.toggleMode("wipe"), { signal });
  buttons.actual.addEventListener("click", () => actions.toggleActual(), { signal });
  buttons.in.addEventListener("click", () => actions.zoomBy(KEY_ZOOM), { signal });
  buttons.out.addEventListener("click", () => actions.zoomBy(1 / KEY_ZOOM), { signal });
  for (const peek of /** @type {const} */ (["original", "swap"])) holdButton(buttons[peek], peek, actions, signal);
}

/**
 * A button that acts while it is held down; an assistive technology's click toggles.
 * @param {HTMLButtonElement} button
 * @param {"original" | "swap"} peek
 * @param {Actions} actions
 * @param {AbortSignal} signal
 */
function holdButton(button, peek, actions, signal) {
  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    actions.hold(peek);
  }, { signal });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    button.addEventListener(end, () => actions.hold(null), { signal });
  }
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    actions.hold(peek);
  }, { signal });
  button.addEventListener("click", (event) => {
    if (event.detail === 0) actions.hold(actions.held() === peek ? null : peek);
  }, { signal });
}

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
