// @ts-check
// The start page of practice: what comes next, the rest of the path, and how far one is.

import { make } from "./form_elements.js";
import { drawMastery } from "./mastery_grid.js";

/**
 * @typedef {{what: string, title: string, text: string, state: "next" | "open" | "done" | "locked", why: string, key: string, badge: string}} Door
 * @typedef {{kind: "home", learner: string, rubric: string, told: string, sentence: string, map: import("./mastery_grid.js").MasteryShown, doors: Door[], history: {title: string, text: string}[]}} Home
 */

const STATES = { next: "Next", open: "", done: "✓ done", locked: "not open yet" };

/** The door that Enter opens: the recommended one, else the first that is open. @param {Door[]} doors */
export function nextDoor(doors) {
  return doors.find((door) => door.state === "next") ?? doors.find((door) => door.state === "open") ?? null;
}

/** The door that a key opens; none where it is locked. @param {Door[]} doors @param {string} key */
export function doorOf(doors, key) {
  if (key === "Enter") return nextDoor(doors);
  return doors.find((door) => door.key && door.key.toLowerCase() === key.toLowerCase() && door.state !== "locked") ?? null;
}

/** @param {Home} home @param {(what: string) => void} open */
export function drawHome(home, open) {
  const next = nextDoor(home.doors);
  const path = make("div", "ew-home-path");
  const head = make("header", "ew-home-head");
  head.append(make("p", "ew-home-who", home.learner ? `${home.learner} · practice` : "Practice"), make("h1", "", home.rubric), make("p", "ew-home-sentence", home.sentence));
  const list = make("ul", "ew-doors");
  list.append(...home.doors.filter((door) => door !== next).map((door) => listed(door, open)));
  path.append(head, ...(next ? [hero(next, open)] : []), list);
  if (home.told) path.append(make("p", "ew-home-told", home.told));
  const side = make("aside", "ew-home-side");
  if (home.map.rows.length) side.append(make("h2", "", "Your map"), drawMastery(home.map, { sentence: false }));
  side.append(...drawHistory(home.history));
  const page = make("div", "ew-home");
  page.append(path, side);
  return page;
}

/** The recommended step. @param {Door} door @param {(what: string) => void} open */
function hero(door, open) {
  const button = doorButton(door, open, "ew-door ew-door-next");
  const line = make("span", "ew-door-go");
  line.append(make("kbd", "ew-key", "⏎"), make("span", "", "Start"));
  button.append(make("span", "ew-door-label", "Next for you"), title(door), make("span", "ew-door-text", door.text), line);
  return button;
}

/** @param {Door} door @param {(what: string) => void} open */
function listed(door, open) {
  const row = make("li");
  const button = doorButton(door, open, `ew-door ew-door-${door.state}`);
  const words = make("span", "ew-door-words");
  words.append(title(door), make("span", "ew-door-text", door.state === "locked" ? door.why : door.text));
  button.append(make("kbd", "ew-key", door.key || "·"), words, make("span", "ew-door-state", STATES[door.state]));
  row.append(button);
  return row;
}

/** @param {Door} door @param {(what: string) => void} open @param {string} className */
function doorButton(door, open, className) {
  const button = make("button", className);
  button.type = "button";
  button.dataset.what = door.what;
  // Not `disabled`: a locked door keeps its place in the order of Tab, and can say why it is locked.
  button.setAttribute("aria-disabled", String(door.state === "locked"));
  button.addEventListener("click", () => door.state !== "locked" && open(door.what));
  return button;
}

/** @param {Door} door */
function title(door) {
  const line = make("span", "ew-door-title", door.title);
  if (door.badge) line.append(make("span", "ew-door-badge", door.badge));
  return line;
}

/** @param {{title: string, text: string}[]} history */
function drawHistory(history) {
  if (!history.length) return [];
  const list = make("ol", "ew-home-history");
  for (const one of history) {
    const row = make("li");
    row.append(make("b", "", one.title), make("span", "", one.text));
    list.append(row);
  }
  return [make("h2", "", "So far"), list];
}
