// @ts-check
// The line above everything, and the keys of the whole board.

import { guardKeys, isTyping } from "./keys.js";
import { piece, pressed } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} HeadAct */
/** @typedef {{step: string, title: string, sub: string, steps: {id: string, label: string, now: boolean, enabled: boolean}[], problem: string, name?: string, keys?: [string, [string, string][]][]}} HeadView */

/** @param {HeadView} view @param {HeadAct} act @param {() => HTMLElement} root @param {boolean} [keysShown] @param {() => void} [turnKeys] */
export function drawHead(view, act, root, keysShown = false, turnKeys = () => {}) {
  const home = pressed("Rounds", () => act("list_rounds"), { kind: "link", off: view.step === "rounds" });
  const steps = view.steps.map((one) => pressed(one.label, () => act("go", one.id), { kind: "chip", on: one.now, off: !one.enabled, id: `step-${one.id}` }));
  const title = piece("div", "ew-head-title", piece("b", "", view.title), piece("span", "ew-quiet", view.sub));
  // In a preview the reviewer's own bar fills the window.
  const last = view.step === "preview" ? pressed("Back to the plan", () => act("plan"), { kind: "chip" }) : pressed("Fill window", () => fillWindow(root()), { key: "M", kind: "link" });
  const keys = view.keys ? [pressed("Keys", turnKeys, { key: "?", kind: "link", on: keysShown })] : [];
  const ofRounds = !view.name && view.step !== "gold";
  const line = piece("div", "ew-head", ...(ofRounds ? [home] : []), title, piece("span", "ew-busy", "Working"), piece("nav", "ew-row-of ew-tight", ...steps), last, ...keys);
  const told = view.keys && keysShown ? [keyTable(view.keys)] : [];
  if (!view.problem) return piece("div", "", line, ...told);
  const problem = piece("p", "ew-problem", view.problem);
  problem.setAttribute("role", "alert");
  return piece("div", "", line, problem, ...told);
}

/** @param {[string, [string, string][]][]} groups */
function keyTable(groups) {
  const sections = groups.map(([group, rows]) => {
    const list = piece("dl");
    for (const [key, what] of rows) list.append(piece("dt", "", piece("kbd", "ew-key", key)), piece("dd", "", what));
    return piece("section", "", piece("h3", "", group), list);
  });
  return piece("div", "ew-board-keys", ...sections);
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
  const confirms = (event.ctrlKey || event.metaKey) && event.key === "Enter";
  if (event.altKey || event.defaultPrevented || ((event.ctrlKey || event.metaKey) && !confirms)) return;
  if (event.key === "Escape") {
    swallow(event); // leaves a text, and never the notebook's selection
    root.focus({ preventScroll: true });
  }
  if (isTyping(event) && !confirms) return;
  const key = confirms ? "ctrl+enter" : event.key === "Escape" ? "esc" : event.key.toLowerCase();
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll(`button[data-key="${CSS.escape(key)}"]`));
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
export function fillWindow(root) {
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
