// @ts-check
// The anchor of my level beside the anchor of the right one: the same scene, so that what differs is
// the level. A held picture shows its original in place; a click shows it large.

import { make } from "./form_elements.js";
import { levelWords } from "./feedback_words.js";

/**
 * @typedef {import("./feedback_words.js").Anchor} ShownAnchor
 * @typedef {import("./feedback_words.js").FeedbackRow} AnchoredRow
 * @typedef {import("./picture_urls.js").PictureUrls} AnchorUrls
 * @typedef {{hold: (before: boolean) => void, press: (side: AnchorSide) => void}} AnchorHands
 * @typedef {import("./feedback_state.js").Side} AnchorSide
 * @typedef {{el: HTMLElement, update: (before: boolean, shown?: AnchorSide) => void}} AnchorPair
 */

/** A press that lasts longer is a look at the original and not a click, in ms. */
const HOLD_AFTER_MS = 200;
/** @type {readonly {side: AnchorSide, caption: string}[]} */
const SIDES_SHOWN = [{ side: "mine", caption: "Your level" }, { side: "right", caption: "Accepted level" }];

/**
 * @param {AnchoredRow} row
 * @param {AnchorUrls} urls
 * @param {AnchorHands} hands
 * @returns {AnchorPair | null} null if there is no anchor
 */
export function anchorPair(row, urls, hands) {
  const shown = SIDES_SHOWN.flatMap(({ side, caption }) => {
    const anchor = row.anchors?.[side];
    return anchor ? { side, ...anchorFigure(caption, anchor, urls, { hold: hands.hold, press: () => hands.press(side) }) } : [];
  });
  if (!shown.length) return null;
  const el = make("div", "ew-fb-anchors");
  el.append(...shown.map((one) => one.el));
  return {
    el,
    update(before, only) {
      for (const one of shown) {
        one.el.toggleAttribute("data-aside", only !== undefined && only !== one.side);
        one.update(before);
      }
    },
  };
}

/** @param {string} caption @param {ShownAnchor} anchor @param {AnchorUrls} urls @param {{hold: AnchorHands["hold"], press: () => void}} hands */
function anchorFigure(caption, anchor, urls, hands) {
  const el = make("figure", "ew-fb-anchor");
  const picture = make("button", "ew-fb-picture");
  const image = make("img");
  const badge = make("span", "ew-fb-before", "Original");
  const { pictures } = anchor;
  const after = pictures.edited ?? Object.values(pictures).at(-1);
  picture.type = "button";
  picture.tabIndex = -1;
  picture.title = "Click: larger, and back. Hold, or Space: the original.";
  picture.setAttribute("aria-label", `Anchor of ${levelWords(anchor)}, enlarge`);
  image.draggable = false;
  image.alt = "";
  picture.append(image, badge);
  pressed(picture, hands);
  const words = make("figcaption");
  words.append(make("span", "ew-fb-caption", caption), make("b", "", levelWords(anchor)));
  if (anchor.descriptor) words.append(make("span", "ew-fb-descriptor", anchor.descriptor));
  if (anchor.why) words.append(make("span", "ew-fb-why-level", anchor.why));
  el.append(picture, words);
  return {
    el,
    /** @param {boolean} before */
    update(before) {
      const original = before && pictures.original;
      const url = urls.of(original ? pictures.original : after);
      if (image.getAttribute("src") !== url) image.src = url;
      badge.hidden = !original;
    },
  };
}

/** A short press is a click, a long one shows the originals while it lasts. @param {HTMLElement} picture @param {{hold: AnchorHands["hold"], press: () => void}} hands */
function pressed(picture, hands) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let held = false;
  picture.addEventListener("mousedown", (event) => event.preventDefault()); // the keys stay where they are heard
  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    held = false;
    picture.setPointerCapture(event.pointerId);
    timer = setTimeout(() => {
      held = true;
      hands.hold(true);
    }, HOLD_AFTER_MS);
  });
  const end = () => {
    clearTimeout(timer);
    hands.hold(false);
  };
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) picture.addEventListener(name, end);
  picture.addEventListener("click", (event) => {
    if (event.detail === 0 || !held) hands.press();
  });
}
