// @ts-check
// The stage's part of the page: builds its elements once and writes what they say.

/** @typedef {import("./scene_track.js").Scene} StagedScene */
/** @typedef {ReturnType<typeof buildStage>} StagePage */

const MOST_SLOTS = 4;

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} name  class
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
export function element(tag, name, attributes = {}, children = []) {
  const made = document.createElement(tag);
  made.className = name;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** The picture area: the canvas, and what stands over it and above it. */
function buildView() {
  const labels = Array.from({ length: MOST_SLOTS }, () => element("span", "ew-stage-label"));
  const notices = Array.from({ length: MOST_SLOTS }, () => element("p", "ew-stage-notice"));
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
  return { view, area, labelRow, labels, notices, canvas, loading, divider };
}

/**
 * Build the stage inside `el`; its toolbar (stage_bar.js) comes before `live`.
 * @param {HTMLElement} el
 */
export function buildStage(el) {
  const texts = element("div", "ew-stage-texts", { role: "group", "aria-label": "Task" });
  const live = element("div", "ew-stage-live", { role: "status" });
  const area = buildView();
  const root = element("div", "ew-stage", { role: "group", "aria-label": "Picture" }, [texts, area.view, live]);
  el.classList.add("ew-stage-host");
  el.replaceChildren(root);
  return { root, texts, live, ...area };
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
export function showSlots({ view, labels, labelRow, notices }, slots, named) {
  labelRow.hidden = !named;
  view.style.setProperty("--ew-slots", String(slots.length));
  labels.forEach((label, index) => {
    const slot = slots[index];
    const notice = notices[index];
    label.hidden = notice.hidden = !slot;
    if (!slot) return;
    notice.hidden = !slot.notice;
    notice.style.left = `${(100 * (index + 0.5)) / slots.length}%`;
    say(label, slot.label);
    label.dataset.look = slot.light ? "light" : "dark";
    say(notice, slot.notice);
  });
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

/** @param {string[]} facts */
export function joined(facts) {
  return [...new Set(facts)].join(" / ");
}
