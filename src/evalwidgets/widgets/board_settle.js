// @ts-check
// What the meeting decides about a case: gold stands or changes, a gap, a refresher.

import { piece, pressed, titled, typed } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} SettleAct */
/** @typedef {{gold: {revealed: boolean}, levels: {value: unknown, name: string}[], reviewers: string[], decisions: {text: string}[]}} SettleView */
/** @typedef {{what: Settling, accepted: Set<unknown>, reviewer: string}} Deciding */
/** @typedef {keyof typeof SETTLE} Settling */
/**
 * What the lead is about to decide; it stays in the page until it is written down.
 * @typedef {{deciding: Deciding | null, redraw: () => void, forget: (id: string) => void}} Drafting
 */

const SETTLE = {
  keep: { label: "Gold stands", why: "Why gold stands" },
  gold: { label: "Change gold", why: "Why these values are right" },
  gap: { label: "Gap in the rubric", why: "What the rubric does not say, and what holds from now on" },
  refresher: { label: "Refresher", why: "What to look at again" },
};

/** @param {SettleView} view @param {SettleAct} act @param {Drafting} draft */
export function settle(view, act, draft) {
  const kinds = /** @type {Settling[]} */ (Object.keys(SETTLE));
  const chips = kinds.map((what) => {
    const on = draft.deciding?.what === what;
    const choose = () => {
      draft.deciding = on ? null : { what, accepted: new Set(), reviewer: "" };
      draft.redraw();
    };
    const early = what === "gold" && !view.gold.revealed;
    return pressed(SETTLE[what].label, choose, { kind: "chip", on, off: early, title: early ? "Reveal gold first" : "", id: `settle-${what}` });
  });
  const section = titled("Decide", decisions(view), piece("div", "ew-row-of ew-tight", ...chips));
  if (draft.deciding) section.append(form(view, act, draft, draft.deciding));
  return section;
}

/** @param {SettleView} view */
export function decisions(view) {
  return piece("ul", "ew-decided", ...view.decisions.map((one) => piece("li", "", one.text)));
}

/** @param {SettleView} view @param {SettleAct} act @param {Drafting} draft @param {Deciding} deciding */
function form(view, act, draft, deciding) {
  const box = piece("div", "ew-decide");
  if (deciding.what === "gold") box.append(accepted(view, draft, deciding));
  if (deciding.what === "refresher") box.append(whom(view, act, deciding));
  const reason = typed("textarea", "reason", "Reason", "");
  reason.placeholder = SETTLE[deciding.what].why;
  const done = async () => {
    const written = await act("decide", deciding.what, reason.value, [...deciding.accepted], deciding.reviewer);
    if (!written) return; // the lead reads why, and what was typed stays
    draft.deciding = null;
    draft.forget("reason");
    draft.redraw();
  };
  reason.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey } = /** @type {KeyboardEvent} */ (event);
    if (key !== "Enter" || !(ctrlKey || metaKey)) return;
    event.preventDefault();
    done();
  });
  const write = pressed("Write it down", done, { kind: "main", id: "decide" });
  box.append(reason, piece("div", "ew-row-of", write, piece("kbd", "ew-key", "Ctrl \u23CE")));
  return box;
}

/** @param {SettleView} view @param {Drafting} draft @param {Deciding} deciding */
function accepted(view, draft, deciding) {
  const levels = view.levels.map((one) => {
    const on = deciding.accepted.has(one.value);
    const turn = () => {
      if (on) deciding.accepted.delete(one.value);
      else deciding.accepted.add(one.value);
      draft.redraw();
    };
    return pressed(one.name, turn, { kind: "chip", on, id: `level-${one.value}` });
  });
  return piece("div", "ew-row-of ew-tight", piece("span", "ew-quiet", "Accepted from now on:"), ...levels);
}

/** Names come only when they are asked for: the room looks at this page. @param {SettleView} view @param {SettleAct} act @param {Deciding} deciding */
function whom(view, act, deciding) {
  const first = piece("option", "", view.reviewers.length ? "Who gets it?" : "Asking for the names");
  first.value = "";
  const pick = piece("select", "ew-input", first, ...view.reviewers.map((name) => piece("option", "", name)));
  pick.value = deciding.reviewer;
  pick.dataset.id = "whom";
  pick.disabled = !view.reviewers.length;
  pick.setAttribute("aria-label", "Who gets the refresher");
  pick.addEventListener("change", () => (deciding.reviewer = pick.value));
  if (!view.reviewers.length) act("name_reviewers");
  return pick;
}
