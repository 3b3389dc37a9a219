// @ts-check
// What stands above the criteria and below them: the whole in one line, the expert's sentence, the
// marked places, and what comes back.

import { make } from "./form_elements.js";
import { REGION_LOOKS } from "./feedback_words.js";

/** @typedef {import("./feedback_words.js").Feedback} WholeFeedback */

/** @param {WholeFeedback} feedback */
export function feedbackHead({ title, rationale, regions, position, scored }) {
  const head = make("header", "ew-fb-head");
  const where = [position, scored ? "" : "not scored"].filter(Boolean).join(" · ");
  const name = make("h2", "ew-fb-title", title);
  name.setAttribute("role", "status");
  if (where) head.append(make("p", "ew-fb-position", where));
  head.append(name);
  if (rationale) head.append(expert(rationale));
  if (regions) head.append(legend(regions));
  return head;
}

/** @param {string} rationale */
function expert(rationale) {
  const el = make("p", "ew-fb-expert");
  el.dir = "auto";
  el.append(make("span", "ew-fb-caption", "The expert"), rationale);
  return el;
}

/** The looks of places on the stage, counted. @param {NonNullable<WholeFeedback["regions"]>} regions */
function legend(regions) {
  const el = make("p", "ew-fb-legend");
  el.append(make("span", "ew-fb-caption", "Places"));
  for (const { look, what } of REGION_LOOKS) {
    const entry = make("span", "ew-fb-look");
    const swatch = make("i", "ew-fb-swatch");
    swatch.dataset.look = look;
    swatch.setAttribute("aria-hidden", "true");
    entry.append(swatch, `${regions[look]} ${what}`);
    el.append(entry);
  }
  return el;
}

/** What comes back, and how sure one was. @param {WholeFeedback} feedback */
export function feedbackTail({ confidence, boundaries }) {
  const tail = make("div", "ew-fb-tail");
  if (confidence) tail.append(make("p", "ew-fb-confidence", confidence));
  if (!boundaries.length) return tail;
  const list = make("ul", "ew-fb-returns");
  for (const { label, note } of boundaries) {
    const line = make("li");
    line.append(make("b", "", label), note ? ` ${note}` : "");
    list.append(line);
  }
  tail.append(make("p", "ew-fb-caption", "What comes back"), list);
  return tail;
}
