// @ts-check
// The line above everything, and the keys of the whole board.

import { guardKeys, isTyping } from "./keys.js";
import { piece, pressed } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} HeadAct */
/** @typedef {{step: string, title: string, sub: string, steps: {id: string, label: string, now: boolean, enabled: boolean}[], problem: string, name?: string}} HeadView */

/** @param {HeadView} view @param {HeadAct} act @param {() => HTMLElement} root */
export function drawHead(view, act, root) {
  const home = pressed("Rounds", () => act("list_rounds"), { kind: "link", off: view.step === "rounds" });
  const steps = view.steps.map((one) => pressed(one.label, () => act("go", one.id), { kind: "chip", on: one.now, off: !one.enabled, id: `step-${one.id}` }));
  const title = piece("div", "ew-head-title", piece("b", "", view.title), piece("span", "ew-quiet", view.sub));
  // In a preview the reviewer's own bar fills the window.
  const last = view.step === "preview" ? pressed("Back to the plan", () => act("plan"), { kind: "chip" }) : pressed("Fill window", () => fillWindow(root()), { key: "M", kind: "link" });
  const line = piece("div", "ew-head", ...(view.step === "gold" || view.name ? [] : [home]), title, piece("span", "ew-busy", "Working"), piece("nav", "ew-row-of ew-tight", ...steps), last);
  if (!view.problem) return piece("div", "", line);
  const problem = piece("p", "ew-problem", view.problem);
  problem.setAttribute("role", "alert");
  return piece("div", "", line, problem);
}

/**
 * Let the board have its keys and the notebook keep its own.
 * @param {HTMLElement} root @param {string} name @param {AbortSignal} signal
 */
export function listenToBoard(root, name, signal) {
  root.tabIndex = -1;
  root.setAttribute("role", "application");
  root.setAttribute("aria-label", name);
  guardKeys(root, signal);
  root.addEventListener("keydown", (event) => onKey(root, event), { signal });
  root.addEventListener("pointerup", () => root.contains(document.activeElement) || root.focus({ preventScroll: true }), { signal });
  keepFocusInside(root, signal);
}

/** A step that hides what had the focus leaves it nowhere, and keys would go to the notebook. @param {HTMLElement} root @param {AbortSignal} signal */
function keepFocusInside(root, signal) {
  let inside = false;
  document.addEventListener("focusin", (event) => (inside = root.contains(/** @type {Node} */ (event.target))), { signal });
  document.addEventListener("pointerdown", (event) => (inside = root.contains(/** @type {Node} */ (event.target))), { signal, capture: true });
  const takeBack = () => inside && document.activeElement === document.body && root.focus({ preventScroll: true });
  const steps = new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(takeBack)));
  steps.observe(root, { attributeFilter: ["class"] });
  signal.addEventListener("abort", () => steps.disconnect());
}

/** A key presses the button that bears it. @param {HTMLElement} root @param {KeyboardEvent} event */
function onKey(root, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") {
    swallow(event); // leaves a text, and never the notebook's selection
    root.focus({ preventScroll: true });
  }
  if (isTyping(event) || event.key === "Escape") return;
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`));
  const button = [...buttons].find((one) => one.offsetParent !== null && !one.disabled);
  if (!button) return;
  swallow(event);
  if (event.repeat) return;
  button.click();
  button.scrollIntoView({ block: "nearest" });
}

/** @param {KeyboardEvent} event */
function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

/** The board alone on the page, above everything: the top layer needs no permission and moves nothing. @param {HTMLElement} root */
function fillWindow(root) {
  const filled = root.classList.toggle("ew-filled");
  if (filled) {
    root.popover = "manual";
    root.showPopover();
  } else {
    root.hidePopover();
    root.removeAttribute("popover");
  }
  root.focus({ preventScroll: true });
}
