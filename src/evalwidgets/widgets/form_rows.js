// @ts-check
// The rows of the rubric form as elements: built once per layout, then only brought up to date.

import { keyHint, make, noneButton } from "./form_elements.js";
import { regionAnswers } from "./region_row.js";
import { CONFIDENCE, REMARKS, answerOf, countWords, isAnswered, rowOf, wasChosen } from "./form_state.js";

/**
 * @typedef {import("./form_state.js").Sheet} Sheet
 * @typedef {import("./form_state.js").Row} Row
 * @typedef {import("./form_state.js").Option} Option
 * @typedef {{act: (act: string, ...said: any[]) => void, choose: (id: string, option: Option, second: boolean) => void, focus: (id: string) => void, pick: (id: string, reason: string) => void, tip: (option: Option | null, near?: HTMLElement) => void, region: (change: Partial<import("./form_state.js").RegionAsk>) => void, say: (row: Row, value: any) => void}} Hands
 * @typedef {{id: string, el: HTMLElement, update: (sheet: Sheet) => void}} RowView
 */

const CONFIDENCES = [
  { value: 1, key: "1", name: "Guessing", descriptor: "" },
  { value: 2, key: "2", name: "Fairly sure", descriptor: "" },
  { value: 3, key: "3", name: "Certain", descriptor: "" },
];

/**
 * @param {Row} row
 * @param {Hands} hands
 * @returns {RowView}
 */
export function criterionRow(row, hands) {
  const frame = rowFrame(row.id, row.label, hands);
  const question = make("p", "ew-question", row.question);
  const parts = [question];
  if (row.help) parts.push(make("p", "ew-help", row.help));
  if (row.before && !row.options.some((option) => wasChosen(row, option))) parts.push(make("p", "ew-before", `Your answer before: ${row.before.text}`));
  const answers = ANSWERS[row.control] ?? ANSWERS.ordinal;
  const control = answers(row, hands, frame);
  const reasons = reasonList(row, hands);
  const note = noteField(row.id, "Note", hands);
  frame.body.append(...parts, control.el, reasons.el, note.el, rowFoot(row));
  return {
    id: row.id,
    el: frame.el,
    update(sheet) {
      const answer = answerOf(sheet, row.id);
      const need = sheet.marks.notes[row.id];
      const focused = sheet.focus === row.id;
      const lacking = need && countWords(answer.note) < need.min;
      frame.update(sheet, isAnswered(sheet, row.id));
      frame.el.classList.toggle("ew-lacks-note", Boolean(lacking));
      frame.mark.textContent = lacking ? "note needed" : answer.note ? "✎" : "";
      if (answer.na !== null) frame.mark.textContent = `N/A: ${row.na.find((one) => one.id === answer.na)?.name ?? answer.na}`;
      control.update(sheet);
      reasons.update(sheet);
      note.update(answer.note, focused && Boolean(need || answer.note || note.opened()), need);
    },
  };
}

/**
 * @param {string} id
 * @param {string} label
 * @param {Hands} hands
 */
function rowFrame(id, label, hands) {
  const el = make("section", "ew-row");
  el.dataset.row = id;
  el.tabIndex = 0;
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", label);
  const head = make("div", "ew-row-head");
  const name = make("span", "ew-row-label", label);
  const mark = make("span", "ew-row-mark");
  const quick = make("span", "ew-quick");
  const body = make("div", "ew-row-body");
  head.append(name, mark, quick);
  el.append(head, body);
  el.addEventListener("focus", () => hands.focus(id));
  head.addEventListener("click", () => hands.focus(id));
  return {
    el,
    mark,
    quick,
    body,
    /** @param {Sheet} sheet @param {boolean} answered */
    update(sheet, answered) {
      const wrong = sheet.refused && sheet.marks.problems.some((one) => one.criterion === id && one.kind !== "advice");
      el.classList.toggle("ew-focused", sheet.focus === id);
      el.classList.toggle("ew-answered", answered);
      el.classList.toggle("ew-wrong", wrong);
      el.setAttribute("aria-invalid", String(wrong));
      body.hidden = sheet.focus !== id;
    },
  };
}

/**
 * Level buttons in the head, described levels in the body. For ordinals, choices, yes/no, preferences.
 * @param {Row} row
 * @param {Hands} hands
 * @param {ReturnType<typeof rowFrame>} frame
 */
function scaleAnswers(row, hands, frame) {
  frame.el.setAttribute("role", "radiogroup");
  const numeric = row.control === "ordinal";
  const quick = row.options.map((option) => quickButton(row, option, hands));
  const chosen = make("span", "ew-chosen");
  frame.quick.append(...(numeric ? quick : [chosen]));
  const list = make("div", "ew-anchors");
  const anchors = (numeric ? [...row.options].reverse() : row.options).map((option) => anchorButton(row, option, hands));
  list.append(...anchors);
  return {
    el: list,
    /** @param {Sheet} sheet */
    update(sheet) {
      const answer = answerOf(sheet, row.id);
      for (const button of [...quick, ...anchors]) {
        const value = numeric ? Number(button.dataset.value) : button.dataset.value;
        button.classList.toggle("ew-on", answer.value === value);
        button.classList.toggle("ew-second", answer.second === value);
        if (button.getAttribute("role") === "radio") button.setAttribute("aria-checked", String(answer.value === value));
      }
      chosen.textContent = row.options.find((option) => option.value === answer.value)?.name ?? "";
    },
  };
}

/** @param {Row} row @param {Option} option @param {Hands} hands */
function quickButton(row, option, hands) {
  const button = make("button", "ew-level", option.key);
  button.type = "button";
  button.tabIndex = -1;
  button.dataset.value = String(option.value);
  button.setAttribute("aria-hidden", "true"); // the anchors below say the same to a screen reader
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("mouseenter", () => hands.tip(option, button));
  button.addEventListener("mouseleave", () => hands.tip(null));
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    hands.choose(row.id, option, event.shiftKey);
  });
  return button;
}

/** @param {Row} row @param {Option} option @param {Hands} hands */
function anchorButton(row, option, hands) {
  const button = make("button", "ew-anchor");
  button.type = "button";
  button.tabIndex = -1;
  button.dataset.value = String(option.value);
  button.setAttribute("role", row.control === "multi" ? "checkbox" : "radio");
  button.setAttribute("aria-checked", "false");
  const text = make("span", "ew-anchor-text");
  text.append(make("b", "", option.name));
  if (option.descriptor) text.append(make("span", "", ` ${option.descriptor}`));
  button.title = [option.boundary, option.example].filter(Boolean).join("\n");
  if (wasChosen(row, option)) text.append(make("span", "ew-before", "your answer before"));
  button.append(make("kbd", "ew-key", option.key), text);
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", (event) => hands.choose(row.id, option, event.shiftKey));
  return button;
}

/** Any number of options. @param {Row} row @param {Hands} hands @param {ReturnType<typeof rowFrame>} frame */
function multiAnswers(row, hands, frame) {
  const list = make("div", "ew-anchors ew-chips");
  const none = { value: "", key: "0", name: "None of these", descriptor: "" };
  const buttons = [...row.options, none].map((option) => anchorButton(row, option, hands));
  list.append(...buttons);
  const chosen = make("span", "ew-chosen");
  frame.quick.append(chosen);
  return {
    el: list,
    /** @param {Sheet} sheet */
    update(sheet) {
      const value = answerOf(sheet, row.id).value;
      for (const button of buttons) {
        const on = button.dataset.value ? (value ?? []).includes(button.dataset.value) : value?.length === 0;
        button.classList.toggle("ew-on", on);
        button.setAttribute("aria-checked", String(on));
      }
      const names = row.options.filter((option) => (value ?? []).includes(option.value)).map((option) => option.name);
      chosen.textContent = value === null ? "" : names.join(", ") || "None";
    },
  };
}

/** A line of text or a number. @param {Row} row @param {Hands} hands @param {ReturnType<typeof rowFrame>} frame */
function typedAnswers(row, hands, frame) {
  const input = make("input", "ew-input");
  const isNumber = row.control === "count";
  input.type = isNumber ? "number" : "text";
  input.setAttribute("aria-label", row.question);
  input.addEventListener("input", () => {
    const text = input.value.trim();
    hands.act("rate", row.id, text === "" ? null : isNumber ? Number(text) : input.value);
  });
  const chosen = make("span", "ew-chosen");
  frame.quick.append(chosen);
  return {
    el: input,
    /** @param {Sheet} sheet */
    update(sheet) {
      const value = answerOf(sheet, row.id).value;
      if (document.activeElement !== input) input.value = value ?? "";
      chosen.textContent = value === null ? "" : String(value);
    },
  };
}

/** Words of the task's text, each with a mark. @param {Row} row @param {Hands} hands @param {ReturnType<typeof rowFrame>} frame */
function wordAnswers(row, hands, frame) {
  const list = make("div", "ew-words");
  /** @type {{word: number, mark: string}[] | null} */
  let marks = null;
  const buttons = row.words.map((word, place) => {
    const button = make("button", "ew-word", word);
    button.type = "button";
    button.addEventListener("click", () => {
      const names = ["", ...row.options.map((option) => option.value)];
      const now = marks?.find((one) => one.word === place)?.mark ?? "";
      const next = names[(names.indexOf(now) + 1) % names.length];
      const others = (marks ?? []).filter((one) => one.word !== place);
      const all = next ? [...others, { word: place, mark: next }] : others;
      hands.act("rate", row.id, all.sort((a, b) => a.word - b.word));
    });
    return button;
  });
  list.append(...buttons, noneButton("No mistakes", () => hands.act("rate", row.id, [])));
  const chosen = make("span", "ew-chosen");
  frame.quick.append(chosen);
  return {
    el: list,
    /** @param {Sheet} sheet */
    update(sheet) {
      marks = answerOf(sheet, row.id).value;
      buttons.forEach((button, place) => {
        const mark = marks?.find((one) => one.word === place)?.mark ?? "";
        button.dataset.mark = mark;
        button.setAttribute("aria-label", mark ? `${row.words[place]}: ${mark}` : row.words[place]);
      });
      chosen.textContent = marks === null ? "" : marks.length ? `${marks.length} marked` : "No mistakes";
    },
  };
}

/** @type {Record<string, (row: Row, hands: Hands, frame: ReturnType<typeof rowFrame>) => {el: HTMLElement, update: (sheet: Sheet) => void}>} */
const ANSWERS = {
  ordinal: scaleAnswers,
  choice: scaleAnswers,
  preference: scaleAnswers,
  yes_no: scaleAnswers,
  multi: multiAnswers,
  text: typedAnswers,
  count: typedAnswers,
  words: wordAnswers,
  regions: regionAnswers,
};

/** Reasons for "not applicable" or for a gate's answer, by digit. @param {Row} row @param {Hands} hands */
function reasonList(row, hands) {
  const el = make("div", "ew-reasons");
  /** @type {string} */
  let shown = "";
  return {
    el,
    /** @param {Sheet} sheet */
    update(sheet) {
      const answer = answerOf(sheet, row.id);
      const asks = row.options.find((option) => option.value === answer.value)?.asks;
      const picking = sheet.focus === row.id ? sheet.picking || (asks ? "reason" : "") : "";
      const list = picking === "na" ? row.na : picking === "reason" ? row.reasons : [];
      el.hidden = list.length === 0;
      if (shown !== picking) {
        const title = picking === "na" ? "Why is it not applicable?" : "For which reason?";
        const buttons = list.map((reason) => reasonButton(row.id, reason, hands));
        el.replaceChildren(make("p", "ew-question", title), ...buttons);
        shown = picking;
      }
      for (const button of el.querySelectorAll("button")) button.classList.toggle("ew-on", [answer.na, answer.reason].includes(button.dataset.value ?? ""));
    },
  };
}

/** @param {string} id @param {import("./form_state.js").Reason} reason @param {Hands} hands */
function reasonButton(id, reason, hands) {
  const button = make("button", "ew-anchor");
  button.type = "button";
  button.tabIndex = -1;
  button.dataset.value = reason.id;
  button.append(make("kbd", "ew-key", reason.key), make("span", "ew-anchor-text", reason.name));
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => hands.pick(id, reason.id));
  return button;
}

/** @param {string} id @param {string} label @param {Hands} hands */
export function noteField(id, label, hands) {
  const el = make("label", "ew-note");
  const title = make("span", "ew-note-title", label);
  const need = make("span", "ew-note-need");
  const area = make("textarea", "ew-input");
  area.rows = 2;
  let opened = false;
  area.addEventListener("input", () => hands.act("write_note", id, area.value));
  area.addEventListener("blur", () => (opened = false));
  el.addEventListener("ew:open", () => {
    opened = true;
    el.hidden = false;
    area.focus({ preventScroll: true });
  });
  const head = make("span", "ew-note-head");
  head.append(title, need);
  el.append(head, area);
  return {
    el,
    opened: () => opened,
    /** @param {string} note @param {boolean} visible @param {{min: number, needs: string} | undefined} [rule] */
    update(note, visible, rule) {
      el.hidden = !visible;
      if (document.activeElement !== area) area.value = note;
      const words = countWords(note);
      const enough = !rule || words >= rule.min;
      need.textContent = !rule ? "" : enough ? "✓" : `${rule.needs}: ${words} of ${rule.min} words`;
      el.classList.toggle("ew-lacking", !enough);
    },
  };
}

/** @param {Row} row */
function rowFoot(row) {
  const foot = make("p", "ew-row-foot");
  if (row.na.length) foot.append(keyHint("0", "not applicable"));
  if (row.second) foot.append(keyHint("⇧ digit", "also defensible"));
  if (row.control === "regions") foot.append(keyHint("← →", "select"), keyHint("Del", "delete"), keyHint("R", "back"));
  else foot.append(row.control === "text" || row.control === "count" ? keyHint("⏎", "write") : keyHint("J", "note"));
  return foot;
}

/** @param {Hands} hands @returns {RowView} */
export function confidenceRow(hands) {
  const frame = rowFrame(CONFIDENCE, "Confidence", hands);
  frame.el.setAttribute("role", "radiogroup");
  const row = /** @type {Row} */ ({ id: CONFIDENCE, control: "ordinal" });
  const buttons = CONFIDENCES.map((option) => quickButton(row, option, hands));
  const name = make("span", "ew-chosen");
  frame.quick.append(name, ...buttons);
  frame.body.append(make("p", "ew-question", "How sure are you of these answers? 1 guessing, 2 fairly sure, 3 certain."));
  return {
    id: CONFIDENCE,
    el: frame.el,
    update(sheet) {
      frame.update(sheet, sheet.marks.confidence !== null);
      for (const button of buttons) button.classList.toggle("ew-on", Number(button.dataset.value) === sheet.marks.confidence);
      name.textContent = CONFIDENCES.find((one) => one.value === sheet.marks.confidence)?.name ?? "";
    },
  };
}

/** Flags and the note on the whole. @param {Option[]} flags @param {Hands} hands @returns {RowView} */
export function remarksRow(flags, hands) {
  const frame = rowFrame(REMARKS, "Flags", hands);
  const raised = make("span", "ew-chosen");
  const key = make("kbd", "ew-key", "F");
  frame.quick.append(raised, key);
  const row = /** @type {Row} */ ({ id: REMARKS, control: "multi" });
  const list = make("div", "ew-anchors ew-chips");
  const buttons = flags.map((flag) => anchorButton(row, { ...flag, descriptor: "" }, hands));
  buttons.forEach((button, place) => (button.title = flags[place].descriptor));
  list.append(...buttons);
  const remark = make("input", "ew-input");
  remark.placeholder = "What should the lead know about this flag?";
  remark.setAttribute("aria-label", remark.placeholder);
  let flagged = "";
  remark.addEventListener("input", () => hands.act("flag", flagged, remark.value));
  const note = noteField("", "Note on the whole", hands);
  frame.body.append(list, remark, note.el);
  return {
    id: REMARKS,
    el: frame.el,
    update(sheet) {
      frame.update(sheet, false);
      for (const button of buttons) {
        const on = button.dataset.value !== undefined && button.dataset.value in sheet.marks.flags;
        button.classList.toggle("ew-on", on);
        button.setAttribute("aria-checked", String(on));
      }
      const names = flags.filter((flag) => flag.value in sheet.marks.flags).map((flag) => flag.name);
      flagged = sheet.lastFlag in sheet.marks.flags ? sheet.lastFlag : (Object.keys(sheet.marks.flags)[0] ?? "");
      remark.hidden = !flagged;
      if (document.activeElement !== remark) remark.value = sheet.marks.flags[flagged] ?? "";
      raised.textContent = names.join(", ");
      frame.el.classList.toggle("ew-raised", names.length > 0);
      note.update(sheet.marks.note, sheet.focus === REMARKS);
    },
  };
}

/**
 * The row view for an id of the layout.
 * @param {Sheet} sheet @param {string} id @param {Hands} hands
 * @returns {RowView}
 */
export function rowView(sheet, id, hands) {
  if (id === CONFIDENCE) return confidenceRow(hands);
  if (id === REMARKS) return remarksRow(sheet.layout.flags, hands);
  return criterionRow(/** @type {Row} */ (rowOf(sheet, id)), hands);
}
