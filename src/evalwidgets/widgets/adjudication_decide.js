// @ts-check
// Deciding a case: what is drafted, why people differ, the reason, and the note of a review that goes back.

import { piece, pressed, typed } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} DecideAct */
/** @typedef {import("./adjudication_case.js").DisputeView} DecideView */

/** @param {DecideView} view @param {DecideAct} act */
export function decideCase(view, act) {
  const { draft } = view;
  const box = piece("div", "ew-acts ew-deciding");
  if (draft.asking === "note") box.append(...returning(view, act));
  else {
    box.append(actRow(view, act));
    box.append(whyTheyDiffer(view, act));
    if (draft.text) box.append(...writing(view, act));
  }
  return box;
}

/** @param {DecideView} view @param {DecideAct} act */
function actRow({ draft }, act) {
  const row = piece("div", "ew-row-of ew-tight");
  const picked = draft.picked || "an answer";
  row.append(
    pressed(`Accept ${draft.picked || "…"}`, () => quietDigits(row, act("accept")), { key: "A", kind: draft.text ? "" : "main", off: !draft.picked, id: "accept", title: "Let the picked answer stand" }),
    pressed("Unresolved", () => quietDigits(row, act("leave_open")), { key: "U", id: "unresolved", title: "It cannot be settled, and the labels say so" }),
    draft.waits
      ? pressed("Take it back", () => act("take_back"), { key: "T", title: "The review need not be looked at again" })
      : pressed(`Return ${draft.picked || "…"}`, () => act("ask", "note"), { key: "R", off: !draft.picked, id: "return", title: `Send the review of ${picked} back to its reviewer with a note` }),
  );
  if (!draft.picked) row.append(piece("span", "ew-quiet", "↑ ↓ pick an answer; a digit chooses a level"));
  return row;
}

/** How long a view may come after the word that an act is done. */
const VIEW_AFTER_MS = 300;

/**
 * After an answer a digit names a cause. Until the kernel's view says so it must not choose another
 * level: whoever types fast would decide what was not meant.
 * @param {HTMLElement} inside @param {Promise<boolean>} answer
 */
export function quietDigits(inside, answer) {
  const levels = /** @type {HTMLElement[]} */ ([...(inside.closest(".ew-dispute")?.querySelectorAll(".ew-tally-key") ?? [])]);
  const keys = levels.map((level) => level.dataset.key);
  for (const level of levels) delete level.dataset.key;
  const speakAgain = () => levels.forEach((level, at) => keys[at] && (level.dataset.key = keys[at]));
  answer.then(() => setTimeout(speakAgain, VIEW_AFTER_MS)); // a new view has new levels, and these are gone
  return answer;
}

/** @param {DecideView} view @param {DecideAct} act */
function whyTheyDiffer(view, act) {
  const asked = view.draft.asking === "cause";
  const chips = view.causes.map((one, index) => {
    const chip = pressed(one.name, () => act("name_cause", one.id), { kind: "chip", key: asked ? String(index + 1) : "", on: one.on, title: one.title, id: `cause-${one.id}` });
    if (view.suggestion?.cause === one.id) chip.classList.add("ew-hinted");
    return chip;
  });
  const head = pressed("Why they differ", () => act("ask", asked ? "answer" : "cause"), { kind: "link", key: "C", id: "causes" });
  const told = view.suggestion ? `Suggested: ${view.suggestion.name}. ${view.suggestion.reason}` : "Nothing in the answers suggests a cause.";
  return piece("div", `ew-causes${asked ? " ew-asks" : ""}`, piece("div", "ew-row-of ew-tight", head, ...chips), piece("span", "ew-quiet", told));
}

/** @param {DecideView} view @param {DecideAct} act */
function writing(view, act) {
  const reason = typed("textarea", `reason@${view.key}`, "Reason", view.draft.reason, (text) => act("say", view.task, view.criterion, "reason", text));
  reason.placeholder = "Why: what the next person reads";
  const row = piece("div", "ew-row-of ew-tight", confirming("Write it down", () => act("confirm", reason.value)), pressed("Discard", () => act("discard"), { key: "D" }));
  return [piece("b", "ew-verdict", view.draft.text), reason, row];
}

/** @param {DecideView} view @param {DecideAct} act */
function returning(view, act) {
  const note = typed("textarea", `note@${view.key}`, "Note to the reviewer", view.draft.note, (text) => act("say", view.task, view.criterion, "note", text));
  note.placeholder = "What to look at again, and where";
  const row = piece("div", "ew-row-of ew-tight", confirming("Send it back", () => act("send_back", note.value)), pressed("Discard", () => act("discard"), { key: "D" }));
  return [piece("b", "ew-verdict", `Return ${view.draft.picked}'s review with a note`), note, row];
}

/** The button that Ctrl and Enter press from anywhere, also from a text. @param {string} label @param {() => unknown} act */
function confirming(label, act) {
  const button = pressed(label, act, { kind: "main", id: "confirm" });
  button.dataset.key = "ctrl+enter";
  button.append(piece("kbd", "ew-key", "Ctrl ⏎"));
  return button;
}
