// @ts-check
// The room while everybody judges alone, and the overview once answers may be compared.

import { askedAgain, atTime, lasted, piece, pressed, tabled, titled } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} RoomAct */
/**
 * @typedef {{finding: string, deadline: string, rows: {reviewer: string, total: number, done: number, skipped: number, seconds: number, flags: number, status: string, last_at: string | null}[], blind: boolean, asked: boolean, closed: string, campaign: string, name: string}} RoomView
 * @typedef {{task: string, text: string, criterion: string, label: string, why: string, minutes: number, state: string}} AgendaItem
 * @typedef {{finding: string, lines: string[], agenda: AgendaItem[], total: string, others: string[]}} OverviewView
 * @typedef {{charts: {id: string, label: string, hint: string, on: boolean}[]}} ChartsView
 * @typedef {{title: string, tasks: {task: string, criterion: string, text: string}[]}} PickedView
 */

/** @param {RoomView} view @param {RoomAct} act */
export function drawRoom(view, act) {
  const box = piece("div", "ew-page ew-narrow", piece("h2", "", view.finding));
  const when = [view.deadline && `Deadline ${atTime(view.deadline)}.`, view.blind ? "Answers stay hidden from everyone, you included, until you close the blind phase." : `The blind phase was closed: ${atTime(view.closed)}.`];
  box.append(piece("p", "ew-quiet", when.filter(Boolean).join(" ")));
  const rows = view.rows.map((one) => [one.reviewer, bar(one), one.status, lasted(one.seconds), one.flags ? String(one.flags) : "", atTime(one.last_at)]);
  box.append(tabled(["Reviewer", "Tasks", "", "Time", "Flagged", "Last"], rows, "ew-room"));
  if (view.blind) box.append(closing(view, act), joining(view));
  return box;
}

/** @param {{done: number, skipped: number, total: number}} one */
function bar(one) {
  const part = one.total ? (one.done + one.skipped) / one.total : 0;
  const fill = piece("div", "ew-bar-fill");
  fill.style.width = `${100 * part}%`;
  return piece("div", "ew-room-bar", piece("div", "ew-bar-track", fill), piece("span", "", `${one.done + one.skipped} of ${one.total}`));
}

/** @param {RoomView} view @param {RoomAct} act */
function closing(view, act) {
  if (!view.asked) return piece("div", "ew-row-of", pressed("Close the blind phase", () => act("ask", "close"), { kind: "main" }));
  const waiting = view.rows.filter((one) => one.done + one.skipped < one.total).map((one) => one.reviewer);
  const sure = waiting.length ? `${waiting.join(", ")} ${waiting.length > 1 ? "have" : "has"} not finished; what is not submitted will not count.` : "Everybody has finished.";
  return askedAgain(sure, pressed("Close it now", () => act("close_blind"), { kind: "main" }), pressed("Wait", () => act("go", "room")));
}

/** @param {RoomView} view */
function joining(view) {
  return piece("p", "ew-quiet", "Reviewers open 01_review with ", piece("code", "", `campaign = "${view.campaign}"`), " and ", piece("code", "", `round_name = "${view.name}"`), ". Deadlines are a reminder; the close is yours.");
}

/** @param {OverviewView} view @param {RoomAct} act */
export function drawOverview(view, act) {
  const box = piece("div", "ew-page", piece("h2", "", view.finding), piece("ul", "ew-lines", ...view.lines.map((line) => piece("li", "", line))));
  const list = piece("ol", "ew-tasks ew-agenda");
  for (const one of view.agenda) {
    const start = pressed(one.state ? "Look again" : "Discuss", () => act("discuss", one.task, one.criterion), { kind: one.state ? "chip" : "", id: `task-${one.task}` });
    const name = piece("div", "ew-task-name", piece("b", "", one.label), piece("span", "ew-quiet", `${one.task} · ${one.minutes} min${one.state && ` · ${one.state}`}`));
    list.append(piece("li", one.state ? "ew-done" : "", name, piece("div", "ew-task-text", one.text), piece("div", "ew-why", one.why), start));
  }
  box.append(titled("Agenda", piece("p", "ew-quiet", view.total), list));
  if (view.others.length) box.append(titled("Other tasks", piece("div", "ew-row-of", ...view.others.map((task) => pressed(task, () => act("discuss", task), { kind: "chip", id: `task-${task}` })))));
  return box;
}

/** @param {ChartsView} view @param {RoomAct} act */
export function drawCharts(view, act) {
  const tabs = view.charts.map((one) => pressed(one.label, () => act("draw", one.id), { kind: "chip", on: one.on, id: `chart-${one.id}` }));
  const hint = view.charts.find((one) => one.on)?.hint ?? "";
  return piece("div", "ew-charts ew-row-of", ...tabs, piece("span", "ew-quiet", hint));
}

/** @param {PickedView} view @param {RoomAct} act */
export function drawPicked(view, act) {
  const chips = view.tasks.map((one) => pressed(`${one.task}: ${one.text}`, () => act("discuss", one.task, one.criterion), { kind: "chip", id: `picked-${one.task}` }));
  return piece("div", "ew-talk", titled(view.title, piece("div", "ew-row-of", ...chips)));
}
