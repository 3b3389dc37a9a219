// @ts-check
// What follows from the edits: the differences, the step they deserve, what they touch, and publishing.

import { askedAgain, counted, piece, pressed, tabled, titled } from "./board_elements.js";
import { changedWords, live } from "./rubric_typing.js";

/** @typedef {import("./board_asks.js").Act} OutcomeAct */
/** @typedef {{where: string, bump: string, rank: number, what: string, words: import("./rubric_typing.js").ChangedWords}} OutcomeChange */
/** @typedef {{label: string, bump: string, gold: number, ratings: number, tasks: number, reviewers: number, rounds: number}} OutcomeRow */
/** @typedef {{rows: OutcomeRow[], gold: string[], more: number, n_gold: number, past: string, pooling: string}} OutcomeImpact */
/** @typedef {{finding: string, left_out: string[], rows: string[][], more: number, judged: string}} OutcomeReplay */
/** @typedef {{name: string, on: boolean, decided: boolean, why: string}} OutcomeGap */
/** @typedef {{key: string, before: string, version: string, proposed: string, bump: string, why: string, changes: OutcomeChange[], impact: OutcomeImpact | null, what_if: OutcomeReplay | null, lines: string, problem: string, can: {publish: boolean, undo: boolean, redo: boolean}, closes: OutcomeGap | null, asked: string, published: string}} OutcomeView */
/** @typedef {import("./rubric_typing.js").TypingPart} OutcomePart */

/** @param {OutcomeView} view @param {OutcomeAct} act @param {OutcomePart} part */
export function drawOutcome(view, act, part) {
  const page = piece("div", "ew-outcome");
  if (view.published) page.append(piece("p", "ew-published", view.published));
  page.append(versionStep(view), rubricDifferences(view));
  if (view.impact) page.append(impactOf(view.impact));
  if (view.what_if) page.append(replayOf(view.what_if));
  page.append(publishActs(view, act, part));
  return page;
}

/** @param {OutcomeView} view */
function versionStep(view) {
  const head = piece("div", "ew-case-head", piece("b", "ew-versions", view.bump ? `${view.before} → ${view.version}` : view.before));
  if (view.bump) head.append(bumpBadge(view.bump));
  return piece("div", "", head, piece("p", view.bump ? "" : "ew-quiet", view.why));
}

/** @param {string} bump */
function bumpBadge(bump) {
  return piece("span", `ew-bump ew-bump-${bump}`, bump);
}

/** @param {OutcomeView} view */
function rubricDifferences(view) {
  const list = piece("ul", "ew-diff");
  for (const one of view.changes) {
    const head = piece("div", "ew-diff-head", piece("b", "", one.where), bumpBadge(one.bump));
    if (one.what !== "changed") head.append(piece("span", "ew-quiet", one.what));
    list.append(piece("li", "", head, piece("p", "ew-words", ...changedWords(one.words))));
  }
  return view.changes.length ? titled(`What differs (${view.changes.length})`, list) : piece("div");
}

/** @param {OutcomeImpact} impact */
function impactOf(impact) {
  const rows = impact.rows.map((row) => [row.label, String(row.gold || "–"), String(row.ratings || "–"), String(row.tasks || "–"), String(row.reviewers || "–"), String(row.rounds || "–")]);
  const section = titled("What it touches");
  if (rows.length) section.append(tabled(["", "Gold to re-validate", "Past ratings", "Tasks", "Reviewers", "Rounds"], rows, "ew-impact"));
  if (impact.rows.length > 1) section.append(piece("p", "", `Together ${impact.past}.`));
  if (impact.n_gold) {
    const names = impact.gold.map((name) => piece("code", "", name));
    const more = impact.more ? [piece("span", "ew-quiet", `and ${impact.more} more`)] : [];
    section.append(piece("div", "ew-row-of ew-tight", piece("span", "", `Look at the gold of ${counted(impact.n_gold, "task")} again:`), ...names, ...more));
  }
  section.append(piece("p", "", impact.pooling));
  return section;
}

/** @param {OutcomeReplay} found */
function replayOf(found) {
  const section = titled("What if: past results replayed", piece("p", "", piece("b", "", found.finding)));
  if (found.judged) section.append(piece("p", "", found.judged));
  if (found.rows.length) section.append(tabled(["Task", "Reviewer", "Score", "Would be"], found.rows, "ew-replay"));
  if (found.more) section.append(piece("p", "ew-quiet", `and ${found.more} more, in desk.what_if.differing`));
  for (const one of found.left_out) section.append(piece("p", "ew-quiet", `Left out: ${one}.`));
  return section;
}

/** @param {OutcomeView} view @param {OutcomeAct} act @param {OutcomePart} part */
function publishActs(view, act, part) {
  const box = piece("div", "ew-acts");
  const undo = pressed("Undo", () => act("undo"), { key: "Z", off: !view.can.undo });
  const redo = pressed("Again", () => act("redo"), { key: "A", off: !view.can.redo });
  if (!view.changes.length) {
    box.append(piece("p", "ew-quiet", "Nothing to publish yet: change a text or a number."), piece("div", "ew-row-of ew-tight", undo, redo));
    return box;
  }
  const lines = live("textarea", `changes@${view.key}`, "Changelog", view.lines, part, (text) => act("say", "changes", text));
  const version = live("input", `version@${view.key}`, "Version", view.version, part, (text) => act("say", "version", text));
  version.title = `Proposed: ${view.proposed}`;
  box.append(piece("label", "ew-labelled", piece("span", "", "Changelog, one line each, as reviewers read it"), lines));
  if (view.problem) box.append(piece("p", "ew-warned", view.problem));
  if (view.closes) box.append(gapToClose(view.closes, act));
  const ask = pressed("Publish", () => act("ask"), { key: "P", kind: "main", off: !view.can.publish, id: "publish" });
  const number = piece("label", "ew-number", piece("span", "", "Version"), version);
  box.append(piece("div", "ew-row-of ew-tight", number, ask, undo, redo));
  if (view.asked) box.append(askedAgain(view.asked, pressed("Yes, publish", () => act("publish"), { key: "Y", kind: "main", id: "yes" }), pressed("Not yet", () => act("ask", false), { key: "T", id: "not_yet" })));
  return box;
}

/** @param {OutcomeGap} gap @param {OutcomeAct} act */
function gapToClose(gap, act) {
  const chip = pressed(`${gap.on ? "Closes" : "Leaves open"}: gap ${gap.name}`, () => act("turn_closing"), { kind: "chip", on: gap.on, off: !gap.decided, title: gap.why, id: "closes" });
  return piece("div", "ew-row-of ew-tight", chip, piece("span", "ew-quiet", gap.why));
}
