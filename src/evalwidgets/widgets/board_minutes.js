// @ts-check
// The minutes as they stand, who was there, and the end of the meeting.

import { piece, pressed, titled } from "./board_elements.js";

/** @typedef {import("./board_elements.js").Act} MinutesAct */
/** @typedef {{html: string, reviewers: {name: string, on: boolean}[], concluded: boolean, saved: string, voting: boolean}} MinutesView */

/** @param {MinutesView} view @param {MinutesAct} act */
export function drawMinutes(view, act) {
  const names = view.reviewers.map((one) =>
    pressed(one.name, () => act("attend", view.reviewers.filter((other) => (other.name === one.name) !== other.on).map((other) => other.name)), { kind: "chip", on: one.on, off: view.concluded, id: `there-${one.name}` }),
  );
  const buttons = piece("div", "ew-row-of", pressed("Save", () => act("save"), { kind: "main" }));
  if (!view.concluded) buttons.append(pressed("Conclude the meeting", () => act("conclude"), { off: view.voting, title: view.voting ? "A re-vote is open" : "The minutes stand then" }));
  const side = piece("div", "ew-page", piece("h2", "", view.concluded ? "The minutes stand" : "Minutes"), piece("p", "ew-quiet", "They write themselves from what was voted, revealed and decided. Letters hide who said what."), titled("At the meeting", piece("div", "ew-row-of ew-tight", ...names)), buttons);
  if (view.saved) side.append(piece("p", "", "Saved as ", piece("code", "", view.saved), " and as Markdown beside it."));
  // A page of its own without any rights: whatever people wrote into it stays text.
  const page = piece("iframe", "ew-minutes");
  page.setAttribute("sandbox", "");
  page.title = "Minutes";
  page.srcdoc = view.html;
  return piece("div", "ew-minutes-page", side, page);
}
