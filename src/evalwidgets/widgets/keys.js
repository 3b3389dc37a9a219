// @ts-check
// Keyboard manners that all widgets share: where keys are heard, and that the notebook never hears them.

/**
 * The element on which a widget listens for keys: its panel, so that sibling widgets
 * share one keyboard, or the widget alone when it stands outside a panel.
 * @param {HTMLElement} el
 * @returns {HTMLElement}
 */
export function keyRoot(el) {
  return /** @type {HTMLElement | null} */ (el.closest(".ew-panel")) ?? el;
}

/**
 * Whether the person is writing text, so that no single key may act.
 * @param {Event} event
 */
export function isTyping(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return target.isContentEditable || target.matches("textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=range])");
}

/**
 * Resolve once the element is in the page: ipywidgets renders before it attaches.
 * @param {HTMLElement} el
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function attached(el, signal) {
  return new Promise((resolve) => {
    const look = () => {
      if (signal.aborted) return;
      if (el.isConnected) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });
}

/**
 * Keep JupyterLab's and Notebook's cell commands away while focus is inside `root`.
 *
 * Lumino looks for this attribute on the focused element itself (an ancestor's does not
 * count) before any shortcut; Notebook 7 does so in the capture phase, so we mark the
 * element from the window, which comes first. Ctrl and Cmd combinations stay the
 * notebook's (Ctrl+S saves), except those that would run the cell again.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function guardKeys(root, signal) {
  /** @param {KeyboardEvent} event */
  const mark = (event) => {
    const target = event.target;
    if (!(target instanceof HTMLElement) || !root.contains(target)) return;
    const theirs = (event.ctrlKey || event.metaKey) && !/^(Enter|NumpadEnter|Arrow\w+|KeyZ)$/.test(event.code);
    if (theirs) target.removeAttribute("data-lm-suppress-shortcuts");
    else target.setAttribute("data-lm-suppress-shortcuts", "true");
  };
  window.addEventListener("keydown", mark, { capture: true, signal });
  window.addEventListener("keyup", mark, { capture: true, signal });
}
