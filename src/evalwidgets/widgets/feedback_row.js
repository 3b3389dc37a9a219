// @ts-check
// One criterion of the feedback: its mark in a line, and under it why gold says so.

import { keyHint, make } from "./form_elements.js";
import { WHYS, isOff, markOf, spokenRow } from "./feedback_words.js";
import { anchorPair } from "./feedback_anchors.js";

/**
 * @typedef {import("./feedback_words.js").FeedbackRow} RowTold
 * @typedef {import("./feedback_state.js").FeedbackState} RowState
 * @typedef {{toggle: (criterion: string) => void, differ: (criterion: string, key: string) => void, contest: (criterion: string) => void, leaveLine: (text: string, meant: boolean) => void, hold: (criterion: string, before: boolean) => void, enlarge: (criterion: string, side: import("./feedback_state.js").Side) => void}} FeedbackHands
 * @typedef {{el: HTMLElement, head: HTMLElement, line: HTMLInputElement, update: (state: RowState, row: RowTold) => void}} FeedbackRowView
 */

/**
 * @param {RowTold} row
 * @param {import("./picture_urls.js").PictureUrls} urls
 * @param {FeedbackHands} hands
 * @returns {FeedbackRowView}
 */
export function feedbackRow(row, urls, hands) {
  const { criterion } = row;
  const el = make("section", "ew-fb-row");
  Object.assign(el.dataset, { criterion, mark: row.mark });
  const head = rowHead(row, () => hands.toggle(criterion));
  const body = make("div", "ew-fb-body");
  const anchors = anchorPair(row, urls, { hold: (before) => hands.hold(criterion, before), press: (side) => hands.enlarge(criterion, side) });
  const answer = replies(row, hands);
  if (row.sentence) body.append(make("p", "ew-fb-sentence", row.sentence));
  if (row.boundary) body.append(boundaryNote(row.boundary));
  if (anchors) body.append(anchors.el);
  body.append(answer.el);
  el.append(head.el, body);
  return {
    el,
    head: head.el,
    line: answer.line,
    update(state, now) {
      const open = state.open.has(criterion);
      const here = state.row?.criterion === criterion;
      el.classList.toggle("ew-focused", here);
      body.hidden = !open;
      head.update(open, here, now);
      if (open) anchors?.update(state.before && !state.large && here);
      answer.update(state, now);
    },
  };
}

/** @param {RowTold} row @param {() => void} toggle */
function rowHead(row, toggle) {
  const el = make("div", "ew-fb-head-line");
  const { sign, word } = markOf(row);
  const mark = make("span", "ew-fb-mark");
  const said = make("span", "ew-fb-said");
  const answers = make("span", "ew-fb-answers");
  mark.append(make("b", "ew-fb-sign", sign), ` ${word}`);
  answers.append(isOff(row) ? make("span", "ew-fb-quiet", "You ") : "", row.given || "no answer", make("span", "ew-fb-quiet", isOff(row) ? " → accepted " : " → "), row.accepted);
  answers.title = `You: ${row.given || "no answer"}. Accepted: ${row.accepted}`;
  el.setAttribute("role", "button");
  el.setAttribute("aria-label", spokenRow(row));
  el.append(make("span", "ew-fb-label", row.label), mark, said, answers);
  el.addEventListener("mousedown", (event) => event.preventDefault());
  el.addEventListener("click", toggle);
  return {
    el,
    /** @param {boolean} open @param {boolean} here @param {RowTold} now */
    update(open, here, now) {
      el.setAttribute("aria-expanded", String(open));
      el.tabIndex = here ? 0 : -1;
      const why = WHYS.find((one) => one.why === now.why)?.name ?? "";
      said.textContent = now.contested ? "contested" : why;
    },
  };
}

/** @param {string} note */
function boundaryNote(note) {
  const el = make("p", "ew-fb-boundary");
  el.append(make("span", "ew-fb-caption", "What decides"), note);
  return el;
}

/** What the learner can say to it. @param {RowTold} row @param {FeedbackHands} hands */
function replies(row, hands) {
  const el = make("div", "ew-fb-replies");
  const choices = isOff(row) ? WHYS.map((one) => replyButton(one.key, one.name, () => hands.differ(row.criterion, one.key))) : [];
  const contest = replyButton("C", "contest", () => hands.contest(row.criterion));
  const ask = make("span", "ew-fb-ask", "Why do you differ?");
  const line = make("input", "ew-input");
  const hint = make("p", "ew-fb-hint");
  line.type = "text";
  line.addEventListener("blur", () => hands.leaveLine(line.value, false));
  contest.classList.add("ew-fb-contest");
  el.append(choices.length ? ask : "", contest, ...choices, line, hint);
  return {
    el,
    line,
    /** @param {RowState} state @param {RowTold} now */
    update(state, now) {
      choices.forEach((button, place) => button.setAttribute("aria-pressed", String(WHYS[place].why === now.why)));
      contest.setAttribute("aria-pressed", String(now.contested));
      contest.disabled = now.contested;
      const writing = state.writing?.criterion === row.criterion ? state.writing.line : "";
      if (line.hidden && writing) line.value = "";
      line.hidden = hint.hidden = !writing;
      if (!writing) return;
      const words = LINES[writing];
      line.placeholder = words.placeholder;
      line.setAttribute("aria-label", words.placeholder);
      hint.replaceChildren(keyHint("⏎", words.enter), keyHint("Esc", words.escape));
    },
  };
}

/** The lines of text that can be open. */
const LINES = {
  remark: { placeholder: "What do you see otherwise? (goes to the lead)", enter: "tell the lead", escape: "leave it at “disagree”" },
  contest: { placeholder: "Why should the accepted answer change?", enter: "contest", escape: "do not contest" },
};

/** @param {string} key @param {string} name @param {() => void} act */
function replyButton(key, name, act) {
  const button = make("button", "ew-fb-reply");
  button.type = "button";
  button.tabIndex = -1;
  button.append(make("kbd", "ew-key", key), ` ${name}`);
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", act);
  return button;
}
