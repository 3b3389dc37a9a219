// @ts-check
// The stage's part of the page: builds its elements once and writes what they say.

/** @typedef {import("./scene_track.js").Scene} StagedScene */
/** @typedef {ReturnType<typeof buildStage>} StagePage */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} name  class
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
function element(tag, name, attributes = {}, children = []) {
  const made = document.createElement(tag);
  made.className = name;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/**
 * A real button that prints its key.
 * @param {string} key  as printed
 * @param {string} word
 * @param {string} label  what it does, in full
 * @param {string} shortcut  as `aria-keyshortcuts` wants it
 */
function button(key, word, label, shortcut) {
  const print = element("kbd", "ew-key", { "aria-hidden": "true" }, [key]);
  const words = word ? [element("span", "ew-stage-word", {}, [word])] : [];
  const attributes = { type: "button", "aria-label": label, title: label, "aria-keyshortcuts": shortcut };
  return element("button", "ew-stage-button", attributes, [print, ...words]);
}

/** The toolbar: its buttons, the zoom and the size. */
function buildBar() {
  const buttons = {
    original: button("Space", "Original", "Hold to see the original in place", "Space"),
    swap: button("Space", "Swap A and B", "Hold to see A and B in each other's place", "Space"),
    side: button("S", "Side by side", "Side by side", "S"),
    wipe: button("W", "Wipe", "Wipe: drag a divider across both pictures", "W"),
    actual: button("Z", "1:1", "One picture pixel on one screen pixel, or the whole picture", "Z"),
    out: button("−", "", "Zoom out", "-"),
    in: button("+", "", "Zoom in", "+"),
  };
  const zoom = element("output", "ew-stage-zoom", { "aria-label": "Zoom" });
  const size = element("span", "ew-stage-size", { "aria-label": "Picture size in pixels" });
  const bar = element("div", "ew-stage-bar", { role: "toolbar", "aria-label": "Picture view" }, [
    ...Object.values(buttons),
    element("span", "ew-stage-facts", {}, [zoom, size]),
  ]);
  return { bar, buttons, zoom, size };
}

/** The picture area: the canvas, and what stands over it and above it. */
function buildView() {
  const labels = [0, 1].map(() => element("span", "ew-stage-label"));
  const notices = [0, 1].map(() => element("p", "ew-stage-notice"));
  const canvas = element("canvas", "ew-stage-canvas", { role: "img", tabindex: "0" });
  const loading = element("p", "ew-stage-loading", {}, ["Loading …"]);
  const divider = element("div", "ew-stage-divider", {
    role: "slider", tabindex: "0", "aria-label": "Divider of the wipe", "aria-orientation": "horizontal",
    "aria-valuemin": "0", "aria-valuemax": "100",
  });
  const labelRow = element("div", "ew-stage-labels", { "aria-hidden": "true" }, labels);
  const area = element("div", "ew-stage-area", {}, [canvas, ...notices, loading, divider]);
  const view = element("div", "ew-stage-view", {}, [labelRow, area]);
  return { view, labelRow, labels, notices, canvas, loading, divider };
}

/**
 * Build the stage inside `el`.
 * @param {HTMLElement} el
 */
export function buildStage(el) {
  const texts = element("div", "ew-stage-texts", { role: "group", "aria-label": "Task" });
  const live = element("div", "ew-stage-live", { role: "status" });
  const area = buildView();
  const bar = buildBar();
  const root = element("div", "ew-stage", { role: "group", "aria-label": "Picture" }, [texts, area.view, bar.bar, live]);
  el.classList.add("ew-stage-host");
  el.replaceChildren(root);
  return { root, texts, live, ...area, ...bar };
}

/**
 * Write a text only where it changes: this runs while panning.
 * @param {Element} place
 * @param {string} text
 */
export function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/**
 * @param {StagePage} page
 * @param {StagedScene | null} scene
 */
export function showTexts(page, scene) {
  const lines = (scene?.texts ?? []).map(({ label, text }) =>
    element("div", "ew-stage-line", {}, [
      element("span", "ew-stage-caption", {}, [label]),
      element("span", "ew-stage-text", { dir: "auto" }, [text]),
    ]),
  );
  page.texts.replaceChildren(...lines);
  page.texts.hidden = lines.length === 0;
  page.texts.scrollTop = 0;
}

/**
 * A strip that scrolls must be reachable by keyboard; one that does not is no Tab stop.
 * @param {StagePage} page
 */
export function markScrolling({ texts }) {
  if (texts.scrollHeight > texts.clientHeight + 1) texts.tabIndex = 0;
  else texts.removeAttribute("tabindex");
}

/**
 * Offer what can be held in place; the first is under Space, the second under Shift+Space.
 * @param {StagePage} page
 * @param {("original" | "swap")[]} peeks
 * @param {string} swapWord
 */
export function showPeeks({ buttons }, peeks, swapWord) {
  for (const peek of /** @type {const} */ (["original", "swap"])) {
    buttons[peek].hidden = !peeks.includes(peek);
    const shift = peeks.indexOf(peek) === 1;
    say(/** @type {Element} */ (buttons[peek].firstElementChild), shift ? "⇧ Space" : "Space");
    buttons[peek].setAttribute("aria-keyshortcuts", shift ? "Shift+Space" : "Space");
  }
  say(/** @type {Element} */ (buttons.swap.lastElementChild), swapWord);
}

/**
 * Numbers of one or two pictures: once if they agree.
 * @param {string[]} facts
 */
export function joined(facts) {
  return [...new Set(facts)].join(" / ");
}
