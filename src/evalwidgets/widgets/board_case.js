// @ts-check
// One task in the meeting: which criterion, who said what, vote, gold, cause, decision.

import { piece, pressed, titled, typed } from "./board_elements.js";
import { decisions, settle } from "./board_settle.js";

/** @typedef {import("./board_asks.js").Act} CaseAct */
/** @typedef {import("./board_settle.js").Drafting} Drafting */
/**
 * @typedef {{task: string, place: string, criteria: {id: string, label: string, spread: string, on: boolean}[]}} CaseView
 * @typedef {{id: string, name: string, title: string, on: boolean}} CauseView
 * @typedef {{state: "none" | "open" | "closed", in: number, of: number, elsewhere: {id: string, label: string} | null, allowed: boolean}} VoteView
 * @typedef {{key: string, notes: {letter: string, value: string, text: string}[], flags: string[], suggestion: {cause: string, reason: string} | null, causes: CauseView[], vote: VoteView, gold: {revealed: boolean, exists: boolean, text: string, rationale: string}, levels: {value: unknown, name: string}[], reviewers: string[], decisions: {what: string, text: string}[], remarks: {text: string, open: boolean}[], concluded: boolean}} TalkView
 */

/** @param {CaseView} view @param {CaseAct} act */
export function drawCase(view, act) {
  const turn = pressed("Criterion", () => act("next_criterion"), { key: "K", kind: "chip", off: view.criteria.length < 2, title: "The next criterion" });
  const go = piece("div", "ew-row-of ew-tight", turn, pressed("Before", () => act("turn", -1), { key: "P", kind: "chip" }), pressed("Next", () => act("turn", 1), { key: "N", kind: "chip" }));
  const chips = view.criteria.map((one) => {
    const chip = pressed(one.label, () => act("choose", one.id), { kind: "chip", on: one.on, id: `criterion-${one.id}`, title: one.spread ? `Reviewers lie ${one.spread} of the scale apart` : "Fewer than two answers" });
    if (one.spread) chip.append(piece("span", "ew-share", one.spread));
    return chip;
  });
  return piece("div", "ew-case", piece("div", "ew-case-head", piece("b", "", view.task), piece("span", "ew-quiet", view.place), go), piece("div", "ew-row-of ew-tight", ...chips));
}

/** @param {TalkView} view @param {CaseAct} act @param {Drafting} draft */
export function drawTalk(view, act, draft) {
  const box = piece("div", "ew-talk");
  box.append(actions(view, act), ...gold(view), spoken(view));
  if (view.concluded) box.append(settled(view));
  else box.append(why(view, act), settle(view, act, draft), remark(view, act, draft));
  return box;
}

/** @param {TalkView} view @param {CaseAct} act */
function actions({ vote, gold, concluded }, act) {
  const row = piece("div", "ew-row-of");
  if (gold.revealed || concluded) return row;
  const open = vote.state === "open";
  const { elsewhere } = vote;
  if (elsewhere) row.append(pressed(`To the re-vote on ${elsewhere.label}`, () => act("choose", elsewhere.id), { key: "V", kind: "main", id: "vote" }));
  else if (open) row.append(pressed(`Close the re-vote (${vote.in} of ${vote.of} in)`, () => act("close_vote"), { key: "V", kind: "main", id: "vote" }));
  else row.append(pressed(vote.state === "closed" ? "Vote once more" : "Re-vote in silence", () => act("open_vote"), { key: "V", kind: vote.state === "none" ? "main" : "", off: !vote.allowed, id: "vote" }));
  row.append(pressed(gold.exists ? "Reveal gold" : "Reveal: there is no gold", () => act("reveal"), { key: "G", kind: vote.state === "closed" && !elsewhere ? "main" : "", off: open || Boolean(elsewhere), id: "reveal" }));
  return row;
}

/** @param {TalkView} view */
function gold({ gold }) {
  if (!gold.revealed) return [];
  return [piece("p", "ew-gold", piece("b", "", gold.exists ? `Gold: ${gold.text}. ` : gold.text), gold.rationale)];
}

/** @param {TalkView} view */
function spoken(view) {
  const list = piece("ul", "ew-notes");
  for (const note of view.notes) list.append(piece("li", "", piece("b", "ew-letter", note.letter), piece("span", "ew-said", note.value), piece("span", "", note.text)));
  if (!view.notes.length) list.append(piece("li", "ew-quiet", "Nobody wrote a justification here."));
  for (const flag of view.flags) list.append(piece("li", "ew-flagged", `Flagged: ${flag}`));
  return titled("Extremes first", list);
}

/** @param {TalkView} view @param {CaseAct} act */
function why(view, act) {
  const chips = view.causes.map((one, index) => {
    const hint = view.suggestion?.cause === one.id;
    const chip = pressed(one.name, () => act("confirm", one.id), { kind: "chip", key: String(index + 1), on: one.on, title: one.title, id: `cause-${one.id}` });
    if (hint) chip.classList.add("ew-hinted");
    return chip;
  });
  const reason = view.suggestion ? `Suggested: ${view.causes.find((one) => one.id === view.suggestion?.cause)?.name}. ${view.suggestion.reason}` : "Nothing in the answers suggests a cause.";
  return titled("Why they differ", piece("p", "ew-quiet", reason), piece("div", "ew-row-of ew-tight", ...chips));
}

/** @param {TalkView} view */
function settled(view) {
  const cause = view.causes.find((one) => one.on);
  return titled("Settled", piece("p", "", cause ? `Cause: ${cause.name}.` : "No cause was confirmed."), decisions(view));
}

/** @param {TalkView} view @param {CaseAct} act @param {Drafting} draft */
function remark(view, act, draft) {
  const note = typed("input", "remark", "Remark for the minutes", "");
  note.placeholder = "Remark for the minutes";
  const say = async (/** @type {boolean} */ open) => {
    if (note.value.trim() && (await act("remark", note.value, open))) draft.forget("remark");
  };
  note.addEventListener("keydown", (event) => /** @type {KeyboardEvent} */ (event).key === "Enter" && say(false));
  const said = view.remarks.map((one) => piece("li", one.open ? "ew-open" : "", one.open ? `To do: ${one.text}` : one.text));
  return titled("Remarks", piece("ul", "ew-decided", ...said), piece("div", "ew-row-of ew-remark", note, pressed("Note", () => say(false), { kind: "chip" }), pressed("To do", () => say(true), { kind: "chip" })));
}
