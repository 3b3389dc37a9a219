// @ts-check
// The rounds of a campaign, and the plan of a new one.

import { fieldTime, momentOf, piece, pressed, tabled, titled, typed } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} PlanAct */
/**
 * @typedef {{campaign: string, rounds: {name: string, phase: string, tasks: number, reviewers: number, opened: string, decisions: number}[]}} RoundsView
 * @typedef {{task: string, text: string, why: string, shown: boolean}} Proposed
 * @typedef {{rubric: string, name: string, reviewers: string, deadline: string, n: number, range: [number, number], criteria: {id: string, label: string, on: boolean}[], proposed: Proposed[], warnings: string[], coverage: {label: string, cells: {level: string, n: number, left: number}[]}[], problem: string}} PlanView
 */

/** @param {RoundsView} view @param {PlanAct} act */
export function drawRounds(view, act) {
  const rows = view.rounds.map((one) => [
    pressed(one.name, () => act("enter", one.name), { kind: "link", id: `round-${one.name}` }),
    one.phase,
    String(one.tasks),
    String(one.reviewers),
    one.opened,
    one.decisions ? String(one.decisions) : "",
  ]);
  const box = piece("div", "ew-page ew-narrow", piece("h2", "", "Calibration rounds"));
  box.append(piece("p", "ew-quiet", "Everybody judges the same tasks alone; then you compare, talk and settle what differs."));
  if (rows.length) box.append(tabled(["Round", "Phase", "Tasks", "Reviewers", "Opened", "Decisions"], rows));
  else box.append(piece("p", "", `Campaign ${view.campaign} has no round yet.`));
  box.append(piece("div", "ew-row-of", pressed("New round", () => act("plan"), { kind: "main" })));
  return box;
}

/** @param {PlanView} view @param {PlanAct} act */
export function drawPlan(view, act) {
  const box = piece("div", "ew-page", piece("h2", "", "New round"), piece("p", "ew-quiet", view.rubric));
  const name = typed("input", "plan-name", "Name of the round", view.name, (text) => act("write", "name", text));
  name.placeholder = "for example week-47";
  const reviewers = typed("input", "plan-reviewers", "Reviewers", view.reviewers, (text) => act("write", "reviewers", text));
  reviewers.placeholder = "ana, ben, carla";
  const deadline = typed("input", "plan-deadline", "Deadline", fieldTime(view.deadline), (text) => act("write", "deadline", momentOf(text)));
  /** @type {HTMLInputElement} */ (deadline).type = "datetime-local";
  const count = typed("input", "plan-count", "How many tasks", String(view.n), (text) => act("count", Number.parseInt(text, 10) || view.n));
  Object.assign(count, { type: "number", min: String(view.range[0]), max: String(view.range[1]) });
  const fields = [["Name", name], ["Reviewers", reviewers], ["Deadline", deadline], ["Tasks", count]];
  box.append(piece("div", "ew-fields", .../** @type {[string, HTMLElement][]} */ (fields).map(([label, input]) => piece("label", "", piece("span", "", label), input))));
  const chips = view.criteria.map((one) => pressed(one.label, () => act("toggle", one.id), { kind: "chip", on: one.on, id: `criterion-${one.id}` }));
  box.append(titled("Criteria to calibrate", piece("p", "ew-quiet", view.criteria.some((one) => one.on) ? "Reviewers are asked these only, behind the gates." : "All, until you choose some."), piece("div", "ew-row-of", ...chips)));
  box.append(proposedTasks(view, act));
  if (view.coverage.length) box.append(titled("What they cover", ...view.coverage.map(covered)));
  const open = pressed("Open the round", () => act("open_round"), { kind: "main", off: Boolean(view.problem) });
  const look = pressed("Preview as reviewer", () => act("preview_round"), { off: !view.proposed.length });
  const foot = piece("div", "ew-foot", piece("div", "ew-row-of", open, look, pressed("Back", () => act("list_rounds"))));
  if (view.problem) foot.prepend(piece("p", "ew-quiet", view.problem));
  box.append(foot);
  return box;
}

/** How many proposed tasks have each level; an empty one can be told by its outline, not by colour alone. @param {PlanView["coverage"][number]} row */
function covered(row) {
  const cells = row.cells.map((one) => {
    const cell = piece("span", one.n ? "ew-cover" : "ew-cover ew-none", piece("b", "", String(one.n)), ` ${one.level}`);
    cell.title = `${one.n} proposed, ${one.left} more to choose from`;
    return cell;
  });
  return piece("div", "ew-cover-row", piece("span", "ew-cover-name", row.label), piece("div", "ew-row-of ew-tight", ...cells));
}

/** @param {PlanView} view @param {PlanAct} act */
function proposedTasks(view, act) {
  const list = piece("ol", "ew-tasks");
  for (const [place, one] of view.proposed.entries()) {
    const look = pressed(one.task, () => act("show", one.task), { kind: "link", on: one.shown, id: `look-${one.task}` });
    const swap = pressed("Swap", () => act("swap", one.task), { kind: "chip", title: "Propose another task in its place", id: `swap-${place}` });
    list.append(piece("li", one.shown ? "ew-on" : "", piece("div", "ew-task-name", look, piece("span", "ew-quiet", one.why)), piece("div", "ew-task-text", one.text), swap));
  }
  const warnings = view.warnings.map((text) => piece("p", "ew-warned", text));
  return titled(`Proposed: ${view.proposed.length} tasks`, ...warnings, list);
}
