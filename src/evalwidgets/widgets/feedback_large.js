// @ts-check
// An anchor large, over the stage. The other one lies in the same place, a key away: what differs
// between two levels is seen best where nothing else moves.

import { keyHint, make } from "./form_elements.js";
import { anchorPair } from "./feedback_anchors.js";

/** @typedef {import("./feedback_words.js").FeedbackRow} LargeRow */
/** @typedef {import("./picture_urls.js").PictureUrls} LargeUrls */

export class LargeAnchors {
  el = make("section", "ew-fb-large");
  #title = make("b");
  #place = make("div", "ew-fb-large-pair");
  #made = "";
  /** @type {import("./feedback_anchors.js").AnchorPair | null} */
  #pair = null;
  #urls;
  #hands;
  #root;

  /**
   * @param {HTMLElement} root  of the view
   * @param {LargeUrls} urls
   * @param {import("./feedback_anchors.js").AnchorHands} hands  here, a click closes
   */
  constructor(root, urls, hands) {
    this.#root = root;
    this.#urls = urls;
    this.#hands = hands;
    this.el.hidden = true;
    this.el.setAttribute("role", "dialog");
    this.el.setAttribute("aria-label", "Anchor, large");
    const head = make("div", "ew-fb-large-head");
    head.append(this.#title, keyHint("X", "the other level"), keyHint("Space", "hold: original"), keyHint("⏎", "close"));
    this.el.append(head, this.#place);
  }

  /** @param {LargeRow | undefined} row @param {"" | import("./feedback_state.js").Side} side @param {boolean} before */
  show(row, side, before) {
    const over = this.#root.closest(".ew-panel")?.querySelector(".ew-stage");
    this.el.hidden = !side || !over;
    if (!side || !over || !row) return;
    this.#make(row);
    this.#lieOver(over);
    this.#pair?.update(before, side);
  }

  /** @param {LargeRow} row */
  #make(row) {
    const made = JSON.stringify([row.criterion, row.anchors]);
    if (made === this.#made) return;
    this.#made = made;
    this.#title.textContent = row.label;
    this.#pair = anchorPair(row, this.#urls, this.#hands);
    this.#place.replaceChildren(...(this.#pair ? [this.#pair.el] : []));
  }

  /** @param {Element} stage */
  #lieOver(stage) {
    const box = stage.getBoundingClientRect();
    const from = this.el.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
    Object.assign(this.el.style, { left: `${box.left - from.left}px`, top: `${box.top - from.top}px`, width: `${box.width}px`, height: `${box.height}px` });
  }
}
