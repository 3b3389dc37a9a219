// @ts-check
// The gap on the table: the rubric's own words, what people wrote, what can be done, what happened.

import { atTime, piece, pressed, titled, typed } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} GapAct */
/** @typedef {{letter: string, task: string, level: string, text: string, here: boolean}} GapQuote */
/** @typedef {{task: string, place: string, n: number, known: boolean, answers: {letter: string, level: string, note: string}[]}} GapExample */
/** @typedef {{version: string, finding: string, decision: string, verdict: string, since: string}} GapClosed */
/**
 * @typedef {{key: string, state: string, clause: string, title: string, words: {name: string, text: string}[], where: string, sources: string, quotes: GapQuote[], example: GapExample, votes: number, backs: boolean, decision: string, closed: GapClosed | null, can_edit: boolean, log: {number: number, verb: string, by: string, at: string, text: string}[], clauses: {label: string, criterion: string, lower: number | null}[]}} GapView
 */
/** @typedef {{forget: (id: string) => void}} GapPart */

/** @param {GapView} view @param {GapAct} act @param {GapPart} part */
export function drawGap(view, act, part) {
  const box = piece("div", "ew-gold-desk ew-gap-desk");
  if (view.state === "new") {
    box.append(newGap(view, act, part), shownExample(view, act, part));
    return box;
  }
  box.append(piece("div", "ew-case-head", piece("b", "", view.clause), piece("span", `ew-state ew-gap-${view.state}`, view.state)));
  if (view.state !== "suggested") box.append(piece("p", "ew-gap-title", view.title));
  if (view.closed) box.append(closedBy(view.closed));
  else if (view.decision) box.append(piece("p", "ew-gold", piece("b", "", "Decided: "), view.decision));
  if (view.words.length) box.append(titled("What the rubric says", piece("ul", "ew-rule", ...view.words.map(ruleWords))));
  box.append(titled("Where it shows", piece("p", "", view.sources), ...(view.where ? [piece("p", "ew-quiet", view.where)] : [])));
  box.append(shownExample(view, act, part));
  if (view.quotes.length) box.append(titled("What people wrote", piece("ul", "ew-notes ew-quotes", ...view.quotes.map((one) => quoted(one, act)))));
  box.append(gapActs(view, act, part), gapHistory(view));
  return box;
}

/** @param {GapView["words"][number]} one */
function ruleWords(one) {
  return piece("li", "", piece("b", "", one.name), piece("span", "", one.text));
}

/** @param {GapClosed} closed */
function closedBy(closed) {
  const box = piece("div", "ew-gold", piece("p", "", piece("b", "", `Closed by version ${closed.version}: `), closed.decision));
  if (closed.finding) box.append(piece("p", "ew-quiet", closed.finding));
  if (closed.since) box.append(piece("p", "ew-shows-again", closed.since));
  return box;
}

/** @param {GapQuote} one @param {GapAct} act */
function quoted(one, act) {
  const who = piece("b", "", one.letter);
  const from = one.here ? piece("span", "ew-quiet", "here") : pressed(one.task, () => act("show", one.task), { kind: "link", id: `quote:${one.task}:${one.text.slice(0, 20)}`, title: `Show ${one.task}` });
  return piece("li", one.here ? "ew-here" : "", who, piece("span", "ew-share", one.level), piece("span", "", one.text), from);
}

/** The example on the stage, with what everybody answered there. @param {GapView} view @param {GapAct} act @param {GapPart} part */
function shownExample(view, act, part) {
  const { example } = view;
  const row = piece("div", "ew-row-of ew-tight");
  if (example.n > 1) row.append(arrow("←", "ArrowLeft", "Example before", () => act("turn_example", -1)), arrow("→", "ArrowRight", "Next example", () => act("turn_example", 1)));
  row.append(piece("b", "", example.task || "No task is shown"), piece("span", "ew-quiet", example.place));
  const other = typed("input", `show@${view.key}`, "Show any task", "", async (text) => (await act("show", text)) && part.forget(`show@${view.key}`));
  other.placeholder = "Show any task";
  other.classList.add("ew-show-task");
  row.append(other);
  const section = titled(view.state === "new" ? "Its first example" : "Example on the stage", row);
  if (example.answers.length) section.append(piece("p", "ew-example-answers", ...example.answers.map((one) => answerChip(one))));
  return section;
}

/** @param {GapExample["answers"][number]} one */
function answerChip(one) {
  const chip = piece("span", "ew-answer", piece("b", "", one.letter), one.level);
  if (one.note) chip.title = one.note;
  return chip;
}

/** A button on an arrow key: its sign is shown, its name is what the key is called. @param {string} sign @param {string} key @param {string} title @param {() => unknown} done */
function arrow(sign, key, title, done) {
  const button = pressed(sign, done, { kind: "chip", title, id: key });
  button.dataset.key = key.toLowerCase();
  button.setAttribute("aria-label", title);
  return button;
}

/** What the lead can do now, with one text for whatever needs one. @param {GapView} view @param {GapAct} act @param {GapPart} part */
function gapActs(view, act, part) {
  const id = `words@${view.key}`;
  const text = typed("textarea", id, gapHint(view), view.state === "suggested" ? view.title : "");
  text.placeholder = gapHint(view);
  const done = async (/** @type {string} */ name) => {
    if (await act(name, text.value)) part.forget(id); // else the lead reads why, and what was typed stays
  };
  const row = piece("div", "ew-row-of ew-tight");
  if (view.state === "suggested") row.append(pressed("Raise as a gap", () => done("raise_gap"), { key: "G", kind: "main" }));
  if (view.state === "open" || view.state === "decided") row.append(pressed(view.decision ? "Decide anew" : "Decide", () => done("decide"), { key: "D", kind: view.decision ? "" : "main" }));
  if (view.can_edit && (view.state === "open" || view.state === "decided")) row.append(pressed("Edit the rubric", () => act("edit"), { key: "R", kind: view.decision ? "main" : "" }));
  if (view.state === "closed" || view.state === "dismissed") row.append(pressed("Reopen", () => done("reopen"), { key: "K" }));
  else row.append(pressed("No gap", () => done("dismiss"), { key: "Q", title: "Dismiss it, with the reason" }));
  if (view.state !== "suggested") {
    row.append(pressed(`${view.backs ? "Back no longer" : "Back it"} (${view.votes})`, () => act("back"), { key: "Y", on: view.backs, id: "back", title: "Say that it matters to you, too" }));
    if (!view.example.known && view.example.task) row.append(pressed("Add as example", () => act("add_example"), { key: "A", id: "add_example", title: `Add ${view.example.task}` }));
  }
  return piece("div", "ew-acts", text, row);
}

/** @param {GapView} view */
function gapHint(view) {
  switch (view.state) {
    case "suggested": return "What is unclear, in one line (or why it is no gap)";
    case "closed":
    case "dismissed": return "Why it is open again";
    default: return "What shall hold from now on (or why it is no gap)";
  }
}

/** @param {GapView} view */
function gapHistory(view) {
  const list = piece("ol", "ew-log");
  for (const one of view.log) {
    const line = piece("li", "", piece("b", "", `${one.verb} by ${one.by}`), piece("span", "ew-quiet", atTime(one.at)));
    if (one.text) line.append(piece("span", "ew-log-text", one.text));
    list.append(line);
  }
  if (!view.log.length) list.append(piece("li", "ew-quiet", "Nothing yet: nobody has raised it."));
  return titled("What happened, newest first", list);
}

/** A gap that somebody writes down. @param {GapView} view @param {GapAct} act @param {GapPart} part */
function newGap(view, act, part) {
  const title = typed("textarea", "title@new", "What is unclear, in one line", "");
  title.placeholder = "What is unclear, in one line";
  const clause = piece("select", "ew-input", ...view.clauses.map((one, place) => Object.assign(piece("option", "", one.label), { value: String(place) })));
  clause.dataset.id = "clause@new";
  clause.dataset.keep = "0";
  clause.setAttribute("aria-label", "Which clause it is about");
  const raised = async () => {
    const chosen = view.clauses[Number(clause.value)];
    if (!(await act("raise_by_hand", title.value, chosen.criterion, chosen.lower))) return;
    for (const id of ["title@new", "clause@new"]) part.forget(id);
  };
  const row = piece("div", "ew-row-of ew-tight", pressed("Raise it", raised, { key: "G", kind: "main" }));
  return titled("A gap that you have noticed", title, clause, row);
}
