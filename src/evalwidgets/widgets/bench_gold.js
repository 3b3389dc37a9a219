// @ts-check
// Gold of one task on the bench: what waits, what is accepted and why, what can be done, what happened.

import { atTime, piece, pressed, titled, typed } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} GoldAct */
/** @typedef {{value: unknown, name: string, short: string, on: boolean}} GoldLevel */
/** @typedef {{id: string, label: string, levels: GoldLevel[], text: string, was: string, rationale: string, explain: boolean}} GoldRow */
/** @typedef {{by: string, at: string, reason: string, origin: string, own: boolean, why_not: string}} GoldWaits */
/** @typedef {{number: number, label: string, criterion: string, by: string, at: string, reason: string, gold: string}} GoldContest */
/** @typedef {{number: number, verb: string, by: string, at: string, text: string}} GoldLogged */
/**
 * @typedef {{key: string, task: string, state: string, waits: GoldWaits | null, contest: GoldContest | null, changes: string[], weak: string[], rows: GoldRow[], locked: boolean, rationale: string, concepts: string, difficulty: string, difficulties: string[], places: number, has_gold: boolean, log: GoldLogged[]}} GoldView
 */

/** @param {GoldView} view @param {GoldAct} act @param {{forget: (id: string) => void}} part */
export function drawGold(view, act, part) {
  const box = piece("div", "ew-gold-desk");
  box.append(piece("div", "ew-case-head", piece("b", "", view.task), piece("span", "ew-state", view.state)));
  if (view.waits) box.append(waiting(view.waits, view.changes));
  if (view.contest) box.append(contested(view.contest));
  box.append(acceptedValues(view, act), words(view, act), acts(view, act, part), happened(view));
  return box;
}

/** @param {GoldWaits} waits @param {string[]} changes */
function waiting(waits, changes) {
  const origin = waits.origin ? ` (${waits.origin})` : "";
  const said = piece("p", "", piece("b", "", `Proposed by ${waits.by}, ${atTime(waits.at)}: `), `${waits.reason}${origin}`);
  return piece("div", "ew-gold", said, changed(changes));
}

/** @param {GoldContest} contest */
function contested(contest) {
  const head = piece("b", "", `${contest.by} contests ${contest.label}, ${atTime(contest.at)}: `);
  return piece("p", "ew-warned", head, contest.reason, piece("span", "ew-quiet", ` Gold says ${contest.gold}.`));
}

/** @param {GoldView} view @param {GoldAct} act */
function acceptedValues(view, act) {
  const list = piece("ul", "ew-accepted");
  for (const row of view.rows) list.append(criterionRow(row, view, act));
  return titled("What is accepted", list);
}

/** @param {GoldRow} row @param {GoldView} view @param {GoldAct} act */
function criterionRow(row, view, act) {
  const line = piece("li", row.was ? "ew-changed" : "", piece("span", "ew-row-label", row.label));
  if (row.levels.length) line.append(piece("div", "ew-row-of ew-tight", ...row.levels.map((level) => levelChip(level, row, view, act))));
  else line.append(piece("span", "ew-quiet", row.text));
  if (row.was) line.append(piece("span", "ew-was", `was ${row.was}`));
  if (view.locked || !row.explain) {
    if (row.rationale) line.append(piece("span", "ew-row-why", row.rationale));
    return line;
  }
  const why = typed("input", `why-${row.id}@${view.key}`, `Why, for ${row.label}`, row.rationale, (text) => act("explain", row.id, text));
  why.placeholder = "Why these values are right, as a learner reads it";
  line.append(piece("div", "ew-row-why", why));
  return line;
}

/** @param {GoldLevel} level @param {GoldRow} row @param {GoldView} view @param {GoldAct} act */
function levelChip(level, row, view, act) {
  return pressed(level.short, () => act("accept", row.id, level.value), { kind: "chip", on: level.on, off: view.locked, title: level.name, id: `accept-${row.id}-${level.value}` });
}

/** @param {GoldView} view @param {GoldAct} act */
function words(view, act) {
  const why = typed("textarea", `rationale@${view.key}`, "Rationale", view.rationale, (text) => act("say", "rationale", text));
  const concepts = typed("input", `concepts@${view.key}`, "Concepts, separated by commas", view.concepts, (text) => act("say", "concepts", text));
  why.placeholder = "What an expert would say to a learner";
  concepts.placeholder = "shadow, identity";
  for (const field of [why, concepts]) field.readOnly = view.locked;
  const levels = view.difficulties.map((name) => pressed(name, () => act("say", "difficulty", name), { kind: "chip", on: name === view.difficulty, off: view.locked, id: `difficulty-${name}` }));
  const section = titled("What it teaches", why, piece("div", "ew-fields", labelled("Concepts", concepts), labelled("Difficulty", piece("div", "ew-row-of ew-tight", ...levels))));
  if (view.places) section.append(piece("p", "ew-quiet", `${view.places} place${view.places === 1 ? "" : "s"}, marked G on the picture.`));
  return section;
}

/** @param {string} text @param {HTMLElement} inside */
function labelled(text, inside) {
  return piece("div", "ew-labelled", piece("span", "", text), inside);
}

/** @param {string[]} changes */
function changed(changes) {
  return piece("ul", "ew-changes", ...changes.map((text) => piece("li", "", text)));
}

/** What the lead can do now, with one reason for whatever needs one. @param {GoldView} view @param {GoldAct} act @param {{forget: (id: string) => void}} part */
function acts(view, act, part) {
  const reason = typed("textarea", `reason@${view.key}`, "Reason", "");
  const done = async (/** @type {string} */ name) => {
    if (await act(name, reason.value)) part.forget(`reason@${view.key}`); // else the lead reads why, and what was typed stays
  };
  const row = piece("div", "ew-row-of ew-tight");
  if (view.waits) {
    row.append(pressed("Second it", () => act("second"), { key: "Y", kind: "main", off: view.waits.own, title: view.waits.why_not }));
    row.append(pressed(view.waits.own ? "Take it back" : "Give it back", () => done("give_back"), { key: "T", id: "give_back" }));
  } else {
    row.append(pressed(view.has_gold ? "Propose change" : "Propose as gold", () => done("propose"), { key: "G", kind: view.changes.length ? "main" : "", off: !view.changes.length, title: view.changes.length ? "" : "Nothing differs from gold as it is", id: "propose" }));
    if (view.changes.length) row.append(pressed("Discard", () => act("discard"), { key: "D" }));
    else row.append(pressed("Draft from reviews", () => act("promote"), { key: "F", title: "Take what reviewers said and meetings decided as a draft", id: "promote" }));
  }
  if (view.contest) row.append(pressed("Keep gold", () => done("keep"), { key: "K", id: "keep" }));
  if (view.has_gold && !view.waits) row.append(pressed("Retire", () => done("retire"), { key: "Q" }));
  reason.placeholder = hint(view);
  const box = piece("div", "ew-acts");
  if (view.waits?.own) box.append(piece("p", "ew-warned", view.waits.why_not));
  if (!view.waits && view.changes.length) box.append(piece("div", "ew-drafted", piece("b", "", "Your draft"), changed(view.changes)));
  if (!view.waits && view.weak.length) box.append(piece("ul", "ew-changes ew-warned", ...view.weak.map((text) => piece("li", "", text))));
  box.append(reason, row);
  return box;
}

/** @param {GoldView} view */
function hint(view) {
  if (view.waits) return "What is to be looked at again (to give it back)";
  if (view.contest) return "Why gold stands, or why it changes";
  return view.has_gold ? "Why gold changes, or is used no longer" : "Why this is gold";
}

/** @param {GoldView} view */
function happened(view) {
  const list = piece("ol", "ew-log");
  for (const one of view.log) {
    const line = piece("li", "", piece("b", "", `${one.number}. ${one.verb} by ${one.by}`), piece("span", "ew-quiet", atTime(one.at)), piece("span", "ew-log-text", one.text));
    list.append(line);
  }
  if (!view.log.length) list.append(piece("li", "ew-quiet", view.has_gold ? "Nothing yet: gold is as its file says." : "Nothing yet."));
  return titled("What happened, newest first", list);
}
