// @ts-check
// The toolbar of the stage: the tools as buttons in groups, the zoom and the size, in one line.
//
// Its height never changes, and no button moves while one is used: a comparison in place must not
// move the picture. Words stand beside the keys where there is room for them.

import { icon } from "./stage_icons.js";
import { element, joined, say } from "./stage_page.js";

/** @typedef {import("./stage_tools.js").Tool} BarTool */

/** The groups in their order, by the name a screen reader says. @type {Record<BarTool["group"], string>} */
const GROUPS = { compare: "Compare", look: "Look closer", mark: "Mark", evidence: "Evidence" };
/** CSS pixels that the zoom is given before words are; the size is told where there is room. */
const FACTS_WIDTH = 64;
/** CSS pixels between a word and what stands before it, as in the style sheet. */
const WORD_GAP = 4;

export class StageBar {
  /** @type {[HTMLButtonElement, BarTool][]} */
  #buttons;
  #groups;
  #zoom = element("output", "ew-stage-zoom", { "aria-label": "Zoom" });
  #size = element("span", "ew-stage-size", { "aria-label": "Picture size in pixels" });
  #facts = element("span", "ew-stage-facts", {}, [this.#zoom, this.#size]);
  #laid = ""; // what the words were laid out for

  /**
   * @param {BarTool[]} tools
   * @param {AbortSignal} signal
   */
  constructor(tools, signal) {
    this.#buttons = tools.filter(({ keyOnly }) => !keyOnly).map((tool) => [toolButton(tool, signal), tool]);
    this.#groups = Object.entries(GROUPS).map(([group, name]) =>
      element("div", "ew-stage-group", { role: "group", "aria-label": name }, this.#buttons.flatMap(([button, tool]) => (tool.group === group ? [button] : []))),
    );
    this.el = element("div", "ew-stage-bar", { role: "toolbar", "aria-label": "Picture tools" }, [...this.#groups, this.#facts]);
    this.el.addEventListener("keydown", (event) => this.#rove(event), { signal });
    this.el.addEventListener("focusin", ({ target }) => this.#makeStop(/** @type {HTMLElement} */ (target)), { signal });
    const observer = new ResizeObserver(() => this.#fitWords());
    observer.observe(this.el);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  /**
   * Bring the toolbar up to date.
   * @param {number[]} zooms
   * @param {{width: number, height: number}[]} sizes
   */
  show(zooms, sizes) {
    for (const [button, tool] of this.#buttons) showTool(button, tool);
    for (const group of this.#groups) group.hidden = ![...group.children].some((button) => !(/** @type {HTMLElement} */ (button).hidden));
    const percents = zooms.map((zoom) => String(zoom < 0.1 ? (zoom * 100).toFixed(1) : Math.round(zoom * 100)));
    say(this.#zoom, percents.length ? `${joined(percents)} %` : "");
    say(this.#size, joined(sizes.map(({ width, height }) => `${width} × ${height}`)));
    this.#makeStop(this.#inSight.find((button) => button.tabIndex === 0) ?? this.#inSight[0]);
    const words = this.#inSight.map(({ textContent }) => textContent).join("|");
    if (words !== this.#laid) this.#fitWords();
    this.#laid = words;
  }

  /** The zoom as it is written. */
  get zoom() {
    return this.#zoom.textContent ?? "";
  }

  get #inSight() {
    return this.#buttons.flatMap(([button]) => (button.hidden ? [] : [button]));
  }

  /** Show as many words as fit, from the left; where not even all keys do, they are set tighter. */
  #fitWords() {
    const words = this.#inSight.flatMap((button) => /** @type {HTMLElement | null} */ (button.querySelector(".ew-stage-icon ~ .ew-stage-word:not(:empty)")) ?? []);
    for (const word of words) word.hidden = false;
    this.el.classList.remove("ew-tight");
    let lacking = FACTS_WIDTH - this.#facts.offsetWidth + this.#overflow;
    const widths = words.map((word) => word.offsetWidth + WORD_GAP);
    for (let last = words.length - 1; last >= 0 && lacking > 0; last--) {
      words[last].hidden = true;
      lacking -= widths[last];
    }
    this.el.classList.toggle("ew-tight", lacking > 0 && this.#overflow > 0);
  }

  get #overflow() {
    return this.el.scrollWidth - this.el.clientWidth;
  }

  /** The toolbar is one Tab stop: the button used last. @param {HTMLElement | undefined} stop */
  #makeStop(stop) {
    for (const [button] of this.#buttons) {
      const index = button === stop ? 0 : -1;
      if (button.tabIndex !== index) button.tabIndex = index;
    }
  }

  /** Arrow keys go from button to button. @param {KeyboardEvent} event */
  #rove(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const buttons = this.#inSight;
    const here = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const count = buttons.length;
    const places = { ArrowLeft: (here + count - 1) % count, ArrowRight: (here + 1) % count, Home: 0, End: count - 1 };
    if (here < 0 || !(event.code in places)) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[places[/** @type {keyof typeof places} */ (event.code)]].focus();
  }
}

/**
 * The tool's button: a real one that prints its key.
 * @param {BarTool} tool
 * @param {AbortSignal} signal
 */
export function toolButton(tool, signal) {
  const button = element("button", "ew-stage-button", { type: "button", "data-tool": tool.name, "aria-keyshortcuts": tool.key });
  if (tool.icon) button.append(icon(tool.icon));
  if (tool.print) button.append(element("kbd", "ew-key", { "aria-hidden": "true" }, [tool.print]));
  button.append(element("span", "ew-stage-word"));
  if (tool.release) holdButton(button, tool, signal);
  else button.addEventListener("click", () => tool.act(), { signal });
  return button;
}

/**
 * Bring a button up to date; writes only what changed, since this runs while panning.
 * @param {HTMLButtonElement} button
 * @param {BarTool} tool
 */
export function showTool(button, tool) {
  const shown = tool.shown();
  if (button.hidden === shown) button.hidden = !shown;
  if (!shown) return;
  say(/** @type {HTMLElement} */ (button.lastElementChild), tool.word());
  const label = tool.label();
  if (button.getAttribute("aria-label") !== label) {
    button.title = tool.key ? `${label} (${spokenKey(tool)})` : label;
    button.setAttribute("aria-label", label);
  }
  const pressed = tool.on ? String(tool.on()) : null;
  if (pressed !== null && button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
}

/** The key as the tooltip names it. @param {BarTool} tool */
function spokenKey({ key, print }) {
  return print || key.replace("Shift+", "⇧ ").replace("-", "−");
}

/**
 * A button that acts while it is held down; an assistive technology's click toggles.
 * @param {HTMLButtonElement} button
 * @param {BarTool} tool
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
