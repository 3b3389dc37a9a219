// @ts-check
// The page of the practice panel when no task is open. While it is shown the panel's keys are its own.

import { attached, guardKeys, isTyping, keyRoot } from "./keys.js";
import { make } from "./form_elements.js";
import { keyButton } from "./exemplar_levels.js";
import { ExemplarView } from "./exemplar_view.js";
import { doorOf, drawHome } from "./practice_home.js";
import { drawResult, linkOf } from "./practice_result.js";

/**
 * @typedef {{kind: "wall", wall: import("./exemplar_levels.js").Wall}} WallPage
 * @typedef {import("./practice_home.js").Home | import("./practice_result.js").Result | WallPage | {kind: "away"}} Shown
 * @typedef {{page: Shown, pictures: Record<string, BlobPart>}} PageTraits
 */

const LABELS = { home: "Practice", wall: "Exemplar wall", result: "Result", away: "" };

/** @type {import("@anywidget/types").Render<PageTraits>} */
function render({ model, el, signal }) {
  const page = new PracticePageView(model, el);
  /** @param {{type: string, picture: string, media: string, name: string}} content @param {DataView<ArrayBuffer>[]} buffers */
  const hear = (content, buffers) => {
    if (content.type === "large") page.wall.enlarge(content, buffers[0]);
    if (content.type === "file") saveFile(content.name, content.media, buffers[0]);
  };
  model.on("change:page", page.draw);
  model.on("msg:custom", hear);
  signal.addEventListener("abort", () => {
    model.off("change:page", page.draw);
    model.off("msg:custom", hear);
    page.wall.pictures.release();
  });
  attached(el, signal).then(() => {
    page.listen(keyRoot(el), signal);
    page.draw();
  });
}

class PracticePageView {
  /** @param {import("@anywidget/types").AnyModel<PageTraits>} model @param {HTMLElement} el */
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.wall = new ExemplarView((message) => model.send(message));
    this.page = make("div", "ew-practice");
    this.page.setAttribute("role", "region");
    el.classList.add("ew-practice-host");
    el.append(this.page);
  }

  get shown() {
    return this.model.get("page");
  }

  draw = () => {
    if (!this.el.isConnected) return; // drawn once it is: only then its panel is known
    const shown = this.shown;
    const root = keyRoot(this.el);
    const had = root.contains(document.activeElement) || document.activeElement === document.body;
    const other = this.page.dataset.kind !== shown.kind;
    const follows = this.page.dataset.kind !== undefined; // else a card may want the focus
    if (shown.kind !== "wall") this.wall.back();
    root.classList.toggle("ew-paged", shown.kind !== "away");
    this.page.dataset.kind = shown.kind;
    this.page.setAttribute("aria-label", LABELS[shown.kind]);
    this.page.hidden = shown.kind === "away";
    if (shown.kind === "wall") this.#drawWall(shown);
    else this.page.replaceChildren(...this.#drawn(shown));
    if (other) this.page.scrollTop = 0;
    if (other && had && (follows || shown.kind !== "away")) this.#focus(root);
  };

  /** @param {Exclude<Shown, WallPage>} shown */
  #drawn(shown) {
    if (shown.kind === "home") return [drawHome(shown, this.open)];
    if (shown.kind === "result") return [drawResult(shown, this.open)];
    return [];
  }

  /** @param {WallPage} shown */
  #drawWall({ wall }) {
    if (!this.page.contains(this.wall.el)) {
      const head = make("header", "ew-practice-head");
      head.append(keyButton("Esc", "Back", this.home), make("h1", "", "Exemplar wall"), make("p", "", "The same scene on every level. What decides is marked."));
      this.page.replaceChildren(head, this.wall.el);
    }
    this.wall.show(wall, this.model.get("pictures"));
  }

  /** @param {HTMLElement} root */
  #focus(root) {
    // The chosen door is gone with its page: without a focus inside, the panel would hear no key.
    const first = /** @type {HTMLElement | null} */ (this.page.querySelector(".ew-door-next"));
    (first ?? root).focus({ preventScroll: true });
  }

  /** @param {string} what */
  open = (what) => this.model.send({ type: "open", what });

  home = () => this.model.send({ type: "home" });

  /** @param {HTMLElement} root @param {AbortSignal} signal */
  listen(root, signal) {
    if (root === this.el) root.tabIndex = -1;
    guardKeys(root, signal);
    // From the window, which hears before the panel's other widgets: none of them may act under a page.
    const options = { capture: true, signal };
    for (const type of /** @type {const} */ (["keydown", "keyup"])) window.addEventListener(type, (event) => this.#hear(root, event), options);
    window.addEventListener("blur", () => this.wall.flip(false), { signal });
    root.addEventListener("pointerup", () => root.contains(document.activeElement) || root.focus({ preventScroll: true }), { signal });
  }

  /** @param {HTMLElement} root @param {KeyboardEvent} event */
  #hear(root, event) {
    const inside = event.target instanceof HTMLElement && root.contains(event.target);
    if (!inside || this.shown.kind === "away" || root.classList.contains("ew-carded") || isTyping(event)) return;
    const done = this.#onKey(event);
    if (done) event.preventDefault();
    if (done || !isOthers(event)) event.stopImmediatePropagation();
  }

  /** Do what a key means on this page, and return whether it means anything. @param {KeyboardEvent} event */
  #onKey(event) {
    const shown = this.shown;
    const down = event.type === "keydown" && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (shown.kind === "wall" && this.wall.onKey(event)) return true;
    if (!down) return false;
    if (event.key === "Escape" && shown.kind !== "home") return this.home(), true;
    const pressed = event.key === "Enter" && /** @type {HTMLElement} */ (event.target).matches("button, a");
    if (pressed) return false; // a button is pressed as anywhere
    const choice = shown.kind === "home" ? doorOf(shown.doors, event.key) : shown.kind === "result" ? linkOf(shown.links, event.key) : null;
    if (choice) this.open(choice.what);
    return Boolean(choice);
  }
}

/** Let the browser save a file. @param {string} name @param {string} media @param {DataView<ArrayBuffer>} data */
function saveFile(name, media, data) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([data], { type: media }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Whether a key is for the bar, the browser or the notebook, whatever page is shown. @param {KeyboardEvent} event */
function isOthers(event) {
  if (event.ctrlKey || event.metaKey) return !/^(Enter|NumpadEnter|Arrow\w+|KeyZ)$/.test(event.code);
  return event.altKey || event.key === "?" || event.key === "Tab" || (event.code === "KeyM" && !event.shiftKey);
}

export default { render };
