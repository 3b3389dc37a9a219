// @ts-check
// One task in the meeting: which criterion, who said what, vote, gold, cause, decision.

import { piece, pressed, titled, typed } from "./board_elements.js";

/** @typedef {import("./board_elements.js").Act} CaseAct */
/**
 * @typedef {{task: string, place: string, question: string, criteria: {id: string, label: string, spread: string, cause: string, on: boolean}[]}} CaseView
 * @typedef {{id: string, name: string, glyph: string, meaning: string, remedy: string, on: boolean}} CauseView
 * @typedef {{key: string, notes: {letter: string, value: string, text: string}[], flags: string[], suggestion: {cause: string, reason: string} | null, causes: CauseView[], vote: {state: "none" | "open" | "closed", in: number, of: number, elsewhere: boolean, allowed: boolean}, gold: {revealed: boolean, exists: boolean, text: string, rationale: string}, levels: {value: unknown, name: string}[], reviewers: string[], decisions: {what: string, text: string}[], remarks: {text: string, open: boolean}[], concluded: boolean}} TalkView
 * @typedef {{what: string, accepted: Set<unknown>, reviewer: string}} Deciding
 */

const SETTLE = [
  ["keep", "Gold stands"],
  ["gold", "Change gold"],
  ["gap", "Gap in the rubric"],
  ["refresher", "Refresher"],
];
const WHY = { keep: "Why gold stands", gold: "Why these values are right", gap: "What the rubric does not say, and what holds from now on", refresher: "What to look at again" };

/** @param {CaseView} view @param {CaseAct} act */
export function drawCase(view, act) {
  const place = view.criteria.findIndex((one) => one.on);
  const after = view.criteria[(place + 1) % Math.max(view.criteria.length, 1)];
  const turn = pressed("Criterion", () => after && act("choose", after.id), { key: "K", kind: "chip", title: "The next criterion" });
  const go = piece("div", "ew-row-of ew-tight", turn, pressed("Before", () => act("turn", -1), { key: "P", kind: "chip" }), pressed("Next", () => act("turn", 1), { key: "N", kind: "chip" }));
  const chips = view.criteria.map((one) => {
    const chip = pressed(one.label, () => act("choose", one.id), { kind: "chip", on: one.on, id: `criterion-${one.id}`, title: `Reviewers lie ${one.spread} of the scale apart` });
    chip.append(piece("span", "ew-share", one.spread));
    return chip;
  });
  return piece("div", "ew-case", piece("div", "ew-case-head", piece("b", "", view.task), piece("span", "ew-quiet", view.place), go), piece("div", "ew-row-of ew-tight", ...chips));
}

/** @param {TalkView} view @param {CaseAct} act @param {{deciding: Deciding | null, redraw: () => void}} local */
export function drawTalk(view, act, local) {
  const box = piece("div", "ew-talk");
  box.append(actions(view, act), ...gold(view), spoken(view));
  if (!view.concluded) box.append(why(view, act), settle(view, act, local), remark(view, act));
  else box.append(settled(view));
  return box;
}

/** @param {TalkView} view @param {CaseAct} act */
function actions({ vote, gold, concluded }, act) {
  const open = vote.state === "open";
  const label = open ? `Close the re-vote (${vote.in} of ${vote.of} in)` : vote.state === "closed" ? "Vote once more" : "Re-vote in silence";
  const row = piece("div", "ew-row-of");
  if (gold.revealed || concluded) return row;
  const off = vote.elsewhere || (!open && !vote.allowed);
  row.append(pressed(label, () => act("vote"), { key: "V", kind: open ? "main" : "", off, id: "vote" }), pressed(gold.exists ? "Reveal gold" : "Reveal: there is no gold", () => act("reveal"), { key: "G", off: open, id: "reveal" }));
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
    const chip = pressed(one.name, () => act("confirm", one.id), { kind: "chip", key: String(index + 1), on: one.on, title: `${one.meaning} ${one.remedy}`, id: `cause-${one.id}` });
    if (hint) chip.classList.add("ew-hinted");
    return chip;
  });
  const reason = view.suggestion ? `Suggested: ${view.causes.find((one) => one.id === view.suggestion?.cause)?.name}. ${view.suggestion.reason}` : "Nothing in the answers suggests a cause.";
  return titled("Why they differ", piece("p", "ew-quiet", reason), piece("div", "ew-row-of ew-tight", ...chips));
}

/** @param {TalkView} view @param {CaseAct} act @param {{deciding: Deciding | null, redraw: () => void}} local */
function settle(view, act, local) {
  const chips = SETTLE.map(([what, label]) => {
    const on = local.deciding?.what === what;
    return pressed(label, () => {
      local.deciding = on ? null : { what, accepted: new Set(), reviewer: view.reviewers[0] ?? "" };
      local.redraw();
    }, { kind: "chip", on, off: what === "gold" && !view.gold.revealed, title: what === "gold" && !view.gold.revealed ? "Reveal gold first" : "", id: `settle-${what}` });
  });
  const section = titled("Decide", decided(view), piece("div", "ew-row-of ew-tight", ...chips));
  if (local.deciding) section.append(form(view, act, local, local.deciding));
  return section;
}

/** @param {TalkView} view @param {CaseAct} act @param {{deciding: Deciding | null, redraw: () => void}} local @param {Deciding} deciding */
function form(view, act, local, deciding) {
  const box = piece("div", "ew-decide");
  if (deciding.what === "gold") {
    const levels = view.levels.map((one) => {
      const on = deciding.accepted.has(one.value);
      return pressed(one.name, () => {
        if (on) deciding.accepted.delete(one.value);
        else deciding.accepted.add(one.value);
        local.redraw();
      }, { kind: "chip", on, id: `level-${one.value}` });
    });
    box.append(piece("div", "ew-row-of ew-tight", piece("span", "ew-quiet", "Accepted from now on:"), ...levels));
  }
  if (deciding.what === "refresher") {
    const pick = piece("select", "ew-input", ...view.reviewers.map((name) => piece("option", "", name)));
    pick.value = deciding.reviewer;
    pick.setAttribute("aria-label", "Who gets the refresher");
    pick.addEventListener("change", () => (deciding.reviewer = pick.value));
    box.append(pick);
  }
  const reason = typed("textarea", "reason", "Reason", "");
  reason.placeholder = WHY[/** @type {keyof typeof WHY} */ (deciding.what)];
  const done = () => {
    act("decide", deciding.what, reason.value, [...deciding.accepted], deciding.what === "refresher" ? deciding.reviewer : "");
    local.deciding = null;
    reason.value = "";
  };
  onCtrlEnter(reason, done);
  box.append(reason, pressed("Write it down", done, { kind: "main", id: "decide" }));
  return box;
}

/** @param {HTMLElement} input @param {() => void} done */
function onCtrlEnter(input, done) {
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    done();
  });
}

/** @param {TalkView} view */
function decided(view) {
  return piece("ul", "ew-decided", ...view.decisions.map((one) => piece("li", "", one.text)));
}

/** @param {TalkView} view */
function settled(view) {
  const cause = view.causes.find((one) => one.on);
  return titled("Settled", piece("p", "", cause ? `Cause: ${cause.name}.` : "No cause was confirmed."), decided(view));
}

/** @param {TalkView} view @param {CaseAct} act */
function remark(view, act) {
  const note = typed("input", "remark", "Remark for the minutes", "");
  note.placeholder = "Remark for the minutes";
  const say = (/** @type {boolean} */ open) => {
    if (!note.value.trim()) return;
    act("remark", note.value, open);
    note.value = "";
  };
  note.addEventListener("keydown", (event) => /** @type {KeyboardEvent} */ (event).key === "Enter" && say(false));
  const said = view.remarks.map((one) => piece("li", one.open ? "ew-open" : "", one.open ? `To do: ${one.text}` : one.text));
  return titled("Remarks", piece("ul", "ew-decided", ...said), piece("div", "ew-row-of ew-remark", note, pressed("Note", () => say(false), { kind: "chip" }), pressed("To do", () => say(true), { kind: "chip" })));
}
