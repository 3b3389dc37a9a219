// @ts-check
// The minutes as they stand, who was there, and the end of the meeting.

import { askedAgain, counted, piece, pressed, titled } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} MinutesAct */
/** @typedef {{html: string, reviewers: {name: string, on: boolean}[], left: number, concluded: boolean, asked: boolean, saved: string, voting: boolean}} MinutesView */

/**
 * @param {MinutesView} view @param {MinutesAct} act
 * @param {Element | null} shown what was drawn before: a page that stays the same is not loaded anew
 */
export function drawMinutes(view, act, shown) {
  const side = piece("div", "ew-page", piece("h2", "", view.concluded ? "The minutes stand" : "Minutes"), piece("p", "ew-quiet", "They write themselves from what was voted, revealed and decided. Letters hide who said what."), present(view, act), ...ending(view, act));
  if (view.saved) side.append(piece("p", "", "Saved as ", piece("code", "", view.saved), " and as Markdown beside it."));
  const before = shown?.querySelector("iframe");
  if (before?.srcdoc === view.html) {
    shown?.firstElementChild?.replaceWith(side);
    return /** @type {HTMLElement} */ (shown);
  }
  // A page of its own without any rights: whatever people wrote into it stays text.
  const page = piece("iframe", "ew-minutes");
  page.setAttribute("sandbox", "");
  page.title = "Minutes";
  page.srcdoc = view.html;
  return piece("div", "ew-minutes-page", side, page);
}

/** @param {MinutesView} view @param {MinutesAct} act */
function present(view, act) {
  const names = (/** @type {(one: {name: string, on: boolean}) => boolean} */ there) => view.reviewers.filter(there).map((one) => one.name);
  const chips = view.reviewers.map((one) => pressed(one.name, () => act("attend", names((other) => (other.name === one.name) !== other.on)), { kind: "chip", on: one.on, off: view.concluded, id: `there-${one.name}` }));
  const all = names(() => true);
  if (!view.concluded && view.reviewers.some((one) => !one.on)) chips.push(pressed("Everyone", () => act("attend", all), { kind: "link", id: "there" }));
  const section = titled("At the meeting", piece("div", "ew-row-of ew-tight", ...chips));
  if (!view.reviewers.some((one) => one.on)) section.append(piece("p", "ew-quiet", view.concluded ? "Nobody was noted." : "Nobody is noted yet."));
  return section;
}

/** @param {MinutesView} view @param {MinutesAct} act */
function ending(view, act) {
  if (view.concluded) return [piece("div", "ew-row-of", pressed("Save again", () => act("save"), { id: "save" }))];
  const draft = pressed("Save the draft", () => act("save"), { id: "save" });
  if (!view.asked) return [piece("div", "ew-row-of", pressed("Conclude the meeting", () => act("ask", "conclude"), { kind: "main", off: view.voting, title: view.voting ? "A re-vote is open; close it first" : "" }), draft)];
  const nobody = view.reviewers.some((one) => one.on) ? "" : "Nobody is noted as present. ";
  const sure = `${nobody}${view.left ? `${counted(view.left, "task")} of the agenda ${view.left === 1 ? "was" : "were"} not discussed. ` : ""}The minutes will stand as they are.`;
  return [askedAgain(sure, pressed("Conclude it now", () => act("conclude"), { kind: "main" }), pressed("Go on", () => act("go", "minutes")))];
}
