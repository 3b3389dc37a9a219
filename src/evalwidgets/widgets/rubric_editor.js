// @ts-check
// The picked part of the rubric: each text and number, and under what is changed its words before and now.

import { piece, pressed, typed } from "./board_elements.js";
import { changedWords, live } from "./rubric_typing.js";

/** @typedef {import("./board_asks.js").Act} EditorAct */
/** @typedef {{id: string, place: string[], label: string, kind: "line" | "text" | "number" | "rule", value: string, hint: string, changed: boolean, words: import("./rubric_typing.js").ChangedWords, kinds?: {id: string, label: string, on: boolean}[]}} EditorField */
/** @typedef {{title: string, id: string, note: string, fields: EditorField[], numbers: EditorField[], remove: string[] | null, fresh?: boolean}} EditorGroup */
/** @typedef {{id: string, label: string}} EditorName */
/** @typedef {{name: string, title: string, clause: string, state: string, decision: string, examples: {task: string, quote: string}[], here: boolean}} EditorGap */
/** @typedef {{key: string, part: string, level: string, title: string, variants: (EditorName & {on: boolean, changed: boolean})[], cap: {answers: EditorName[], limits: EditorName[]} | null, gap: EditorGap | null, groups: EditorGroup[]}} EditorView */
/** @typedef {import("./rubric_typing.js").TypingPart & {el: HTMLElement, forget: (id: string) => void}} EditorPart */

/** @param {EditorView} view @param {EditorAct} act @param {EditorPart} part */
export function drawEditor(view, act, part) {
  const edit = pressed("Edit", () => firstText(part.el)?.focus(), { key: "E", kind: "chip" });
  const page = piece("div", "ew-editor", piece("div", "ew-case-head", piece("b", "", view.title), edit));
  if (view.gap) page.append(gapBeside(view.gap, act));
  if (view.variants.length) page.append(kindsOfTask(view, act));
  for (const group of view.groups) page.append(editGroup(group, act, part));
  if (view.cap) page.append(newCapLine(view.cap, act, part));
  return page;
}

/** Bring the level that is asked for into view, once. @param {EditorView} view @param {EditorPart} part @param {boolean} turned */
export function showLevel(view, part, turned) {
  if (turned && view.level) part.el.querySelector(`[data-level="${CSS.escape(view.level)}"]`)?.scrollIntoView({ block: "start" });
}

/** @param {HTMLElement} el */
function firstText(el) {
  return /** @type {HTMLElement | null} */ (el.querySelector("textarea, input"));
}

/** @param {EditorGap} gap @param {EditorAct} act */
function gapBeside(gap, act) {
  const leave = pressed("Leave the gap", () => act("leave_gap"), { kind: "link", id: "leave_gap" });
  const line = piece("div", "ew-case-head", piece("span", "ew-quiet", `Gap ${gap.name} (${gap.state}) about ${gap.clause}`), leave);
  const box = piece("section", "ew-gap-beside", line, piece("b", "", gap.title));
  box.append(piece("p", "", piece("b", "", "Decided: "), gap.decision || "nothing yet; decide in the register first."));
  if (gap.examples.length) {
    const rows = gap.examples.map((one) => piece("li", "", piece("b", "", one.task), one.quote ? `: “${one.quote}”` : ""));
    box.append(piece("ul", "ew-gap-examples", ...rows));
  }
  return box;
}

/** @param {EditorView} view @param {EditorAct} act */
function kindsOfTask(view, act) {
  const chips = view.variants.map((one) => pressed(`${one.label}${one.changed ? " ✎" : ""}`, () => act("speak", one.id), { kind: "chip", on: one.on, id: `words-${one.id}` }));
  return piece("div", "ew-row-of ew-tight", piece("span", "ew-quiet", "Words for"), ...chips);
}

/** @param {EditorGroup} group @param {EditorAct} act @param {EditorPart} part */
function editGroup(group, act, part) {
  const box = piece("section", `ew-edit-group${group.note ? " ew-of-gap" : ""}`);
  if (group.id) box.dataset.level = group.id;
  if (group.title) {
    const head = piece("div", "ew-case-head", piece("h3", "", group.title));
    if (group.fresh) head.append(piece("span", "ew-state", "new"));
    const { remove } = group;
    if (remove) head.append(pressed("Remove", () => act("remove", remove), { kind: "link", id: `remove-${remove.join(".")}` }));
    box.append(head);
  }
  if (group.note) box.append(piece("p", "ew-quiet", group.note));
  for (const field of group.fields) box.append(editField(field, act, part));
  if (group.numbers.length) box.append(piece("div", "ew-fields", ...group.numbers.map((one) => editField(one, act, part))));
  return box;
}

/** @param {EditorField} field @param {EditorAct} act @param {EditorPart} part */
function editField(field, act, part) {
  const box = piece("div", `ew-edit ew-edit-${field.kind}${field.changed ? " ew-changed" : ""}`, piece("span", "ew-edit-label", field.label));
  box.append(...(field.kind === "rule" ? scoreRule(field, act, part) : [editText(field, act, part)]));
  if (!field.changed) return box;
  const was = piece("p", "ew-words", ...changedWords(field.words));
  const back = pressed("Put back", () => act("put_back", field.place), { kind: "link", id: `back-${field.id}` });
  box.append(piece("div", "ew-edit-was", was, back));
  return box;
}

/** @param {EditorField} field @param {EditorAct} act @param {EditorPart} part */
function editText(field, act, part) {
  const input = live(field.kind === "text" ? "textarea" : "input", field.id, field.label, field.value, part, (now) => act("set", field.place, now));
  if (field.kind === "number") input.inputMode = "decimal";
  if (input instanceof HTMLTextAreaElement) input.rows = 1;
  input.placeholder = field.hint;
  return input;
}

/** How the score is made. @param {EditorField} field @param {EditorAct} act @param {EditorPart} part */
function scoreRule(field, act, part) {
  const kinds = field.kinds ?? [];
  const now = kinds.find((one) => one.on)?.id ?? "";
  const families = typed("input", "families", "Families", field.value, (said) => now === "geometric_mean_of_minima" && act("set_rule", now, said));
  families.title = field.hint;
  const chips = kinds.map((one) => pressed(one.label, () => act("set_rule", one.id, part.named("families")?.value ?? field.value), { kind: "chip", on: one.on, id: `rule-${one.id}` }));
  const column = piece("div", "ew-rules", ...chips);
  return now === "geometric_mean_of_minima" ? [column, piece("span", "ew-quiet", field.hint), families] : [column, Object.assign(families, { hidden: true })];
}

/** @param {{answers: EditorName[], limits: EditorName[]}} cap @param {EditorAct} act @param {EditorPart} part */
function newCapLine(cap, act, part) {
  const answer = chosenOf("cap-answer", "Criterion", cap.answers);
  const limits = chosenOf("cap-limits", "What it limits", cap.limits);
  const low = typed("input", "cap-low", "Level", "");
  const highest = typed("input", "cap-highest", "Limit", "");
  const because = typed("textarea", "cap-because", "Why", "");
  because.placeholder = "Why, as reviewers read it";
  const add = async () => {
    if (await act("add_cap", answer.value, low.value, limits.value, highest.value, because.value)) for (const id of ["cap-low", "cap-highest", "cap-because"]) part.forget(id);
  };
  const line = piece("div", "ew-row-of ew-new-cap", "When", answer, "is at most", low, "then", limits, "is at most", highest);
  return piece("section", "ew-edit-group", piece("h3", "", "New cap"), line, because, piece("div", "ew-row-of", pressed("Add this cap", add, { id: "add_cap" })));
}

/** @param {string} id @param {string} label @param {EditorName[]} options */
function chosenOf(id, label, options) {
  const select = piece("select", "ew-input", ...options.map((one) => Object.assign(piece("option", "", one.label), { value: one.id })));
  select.dataset.id = id;
  select.dataset.keep = options[0]?.id ?? "";
  select.setAttribute("aria-label", label);
  return select;
}
