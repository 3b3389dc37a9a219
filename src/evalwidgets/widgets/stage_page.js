// @ts-check
// The stage's part of the page: builds its elements once and writes what they say.

/** @typedef {import("./scene_track.js").Scene} StagedScene */
/** @typedef {ReturnType<typeof buildStage>} StagePage */
/** @typedef {import("./comparison.js").Mode} Mode */
/** @typedef {import("./comparison.js").Peek} Peek */

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
    original: button("Space", "original", "Hold to see the original in place", "Space"),
    swap: button("Space", "swap A / B", "Hold to see A and B in each other's place", "Space"),
    side: button("S", "side by side", "Side by side", "S"),
    wipe: button("W", "wipe", "Wipe: drag a divider across both pictures", "W"),
    actual: button("Z", "1:1", "One picture pixel on one screen pixel, or the whole picture", "Z"),
    out: button("−", "", "Zoom out", "-"),
    in: button("+", "", "Zoom in", "+"),
  };
  const zoom = element("output", "ew-stage-zoom", { "aria-label": "Zoom" });
  const size = element("span", "ew-stage-size", { "aria-label": "Picture size in pixels" });
  const hold = element("span", "ew-stage-hold", { "aria-hidden": "true" }, ["Hold"]);
  const bar = element("div", "ew-stage-bar", { role: "toolbar", "aria-label": "Picture view" }, [
    hold,
    ...Object.values(buttons),
    element("span", "ew-stage-facts", {}, [zoom, size]),
  ]);
  return { bar, hold, buttons, zoom, size };
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
  for (const later of [...labels, ...notices, loading, divider]) later.hidden = true;
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
 * The task's texts.
 * @param {StagePage} page
 * @param {StagedScene | null} scene
 */
export function showTexts({ texts }, scene) {
  const lines = (scene?.texts ?? []).map(({ label, text }) =>
    element("div", "ew-stage-line", {}, [
      element("span", "ew-stage-caption", {}, [label]),
      element("span", "ew-stage-text", { dir: "auto" }, [text]),
    ]),
  );
  texts.replaceChildren(...lines);
  texts.hidden = lines.length === 0;
  texts.scrollTop = 0;
  markScrolling(texts);
}

/**
 * Texts that scroll must be reachable by keyboard, and look as if there was more; others are no Tab stop.
 * @param {HTMLElement} texts
 */
export function markScrolling(texts) {
  const { scrollHeight, clientHeight } = texts;
  if (scrollHeight > clientHeight + 1) texts.tabIndex = 0;
  else texts.removeAttribute("tabindex");
}

/**
 * The name of each picture above it, and a notice in the place of one that cannot be shown.
 * @param {StagePage} page
 * @param {{label: string, light: boolean, notice: string}[]} slots
 * @param {boolean} named  whether the names matter
 */
export function showSlots({ labels, labelRow, notices }, slots, named) {
  labelRow.hidden = !named;
  [0, 1].forEach((index) => {
    const slot = slots[index];
    labels[index].hidden = notices[index].hidden = !slot;
    if (!slot) return;
    notices[index].hidden = !slot.notice;
    notices[index].dataset.place = slots.length === 1 ? "middle" : ["left", "right"][index];
    say(labels[index], slot.label);
    labels[index].dataset.look = slot.light ? "light" : "dark";
    say(notices[index], slot.notice);
  });
}

/**
 * Which buttons there are and which are pressed.
 * @param {StagePage} page
 * @param {{peeks: Peek[], held: Peek | null, mode: Mode, isActual: boolean, controls: boolean}} state
 */
export function showButtons({ bar, hold, buttons }, { peeks, held, mode, isActual, controls }) {
  bar.hidden = !controls;
  hold.hidden = peeks.length === 0;
  for (const peek of /** @type {const} */ (["original", "swap"])) {
    const shift = peeks.indexOf(peek) === 1;
    const [print, word] = buttons[peek].children;
    buttons[peek].hidden = !peeks.includes(peek);
    say(print, shift ? "⇧ Space" : "Space");
    if (peek === "swap") say(word, mode === "flip" ? "B" : "swap A / B");
    buttons[peek].setAttribute("aria-keyshortcuts", shift ? "Shift+Space" : "Space");
    press(buttons[peek], held === peek);
  }
  for (const name of /** @type {const} */ (["side", "wipe"])) {
    buttons[name].hidden = peeks.length === 0;
    press(buttons[name], mode === name);
  }
  press(buttons.actual, isActual);
}

/** @param {HTMLButtonElement} pressed @param {boolean} is */
function press(pressed, is) {
  pressed.setAttribute("aria-pressed", String(is));
}

/**
 * @param {StagePage} page
 * @param {number} share  of the width that is left of the divider
 * @param {boolean} shown
 */
export function showDivider({ divider }, share, shown) {
  divider.hidden = !shown;
  divider.style.left = `${share * 100}%`;
  divider.setAttribute("aria-valuenow", String(Math.round(share * 100)));
}

/**
 * Zoom and size of the pictures in sight: once if they agree.
 * @param {StagePage} page
 * @param {number[]} zooms
 * @param {{width: number, height: number}[]} sizes
 */
export function showFacts(page, zooms, sizes) {
  const percents = zooms.map((zoom) => String(zoom < 0.1 ? (zoom * 100).toFixed(1) : Math.round(zoom * 100)));
  say(page.zoom, percents.length ? `${joined(percents)} %` : "");
  say(page.size, joined(sizes.map(({ width, height }) => `${width} × ${height}`)));
}

/** @param {string[]} facts */
export function joined(facts) {
  return [...new Set(facts)].join(" / ");
}
