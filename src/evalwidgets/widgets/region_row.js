// @ts-check
// The form's row of a `regions` criterion: what is marked on the stage, and what is said about each.

import { answerOf } from "./form_state.js";
import { make, noneButton } from "./form_elements.js";
import { answered, askedNow, asksOf, chosenRegion, classesLike, lacksOf, optionsFor, regionTitle, regionsOf, saidOf } from "./region_answers.js";

/**
 * @typedef {import("./form_state.js").Sheet} MarkedSheet
 * @typedef {import("./form_state.js").Row} MarkedRow
 * @typedef {import("./form_rows.js").Hands} MarkedHands
 * @typedef {import("./region_answers.js").RegionOption} ChipOption
 * @typedef {import("./region_shapes.js").Region} RowRegion
 */

const ASKED = { family: "Of what kind is it?", class: "Which one?", severity: "How bad is it?", cause: "Where does it come from?", type: "Type its class", "": "" };
const SHAPE_SIGNS = { box: "▭", point: "◎", polygon: "⬠" };
/** How many classes are offered while one is typed. */
const MOST_TYPED = 6;

/**
 * @param {MarkedRow} row
 * @param {MarkedHands} hands
 * @param {{quick: HTMLElement}} frame
 */
export function regionAnswers(row, hands, frame) {
  const el = make("div", "ew-regions");
  const list = make("div", "ew-region-list");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", row.label);
  const none = noneButton("Looked closely, nothing to mark", () => hands.act("rate", row.id, []));
  const card = regionCard(row, hands);
  el.append(list, none, card.el);
  const chosen = make("span", "ew-chosen");
  frame.quick.append(chosen);
  let shown = "";
  return {
    el,
    /** @param {MarkedSheet} sheet */
    update(sheet) {
      const { value } = answerOf(sheet, row.id);
      const regions = regionsOf(sheet, row);
      const selected = chosenRegion(sheet, row);
      const lacking = regions.filter((region) => lacksOf(row, region).length).length;
      chosen.textContent = value === null ? "" : regions.length ? countInWords(regions.length, lacking) : "Nothing to mark";
      chosen.classList.toggle("ew-lacking", lacking > 0);
      none.hidden = regions.length > 0;
      none.classList.toggle("ew-on", value !== null && regions.length === 0);
      const now = JSON.stringify([regions, selected?.id]);
      if (now !== shown) list.replaceChildren(...regions.map((region, place) => regionLine(row, region, place + 1, region === selected, hands)));
      if (now !== shown) list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
      shown = now;
      card.update(sheet, selected);
    },
  };
}

/** @param {number} count @param {number} lacking */
function countInWords(count, lacking) {
  return lacking ? `${count} marked, ${lacking} to describe` : `${count} marked`;
}

/** @param {MarkedRow} row @param {RowRegion} region @param {number} number @param {boolean} selected @param {MarkedHands} hands */
function regionLine(row, region, number, selected, hands) {
  const line = make("button", "ew-region");
  line.type = "button";
  line.tabIndex = -1;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", String(selected));
  const lacks = lacksOf(row, region);
  const text = make("span", "ew-region-text", regionTitle(row, region));
  if (lacks.length) text.append(make("span", "ew-region-lack", `${text.textContent ? " · " : ""}no ${lacks.join(", no ")} yet`));
  if (region.note) text.append(make("span", "ew-region-excerpt", `  ${region.note}`));
  const sign = make("span", "ew-region-sign", SHAPE_SIGNS[region.type]);
  sign.setAttribute("aria-label", region.type);
  line.append(make("span", "ew-region-number", String(number)), sign, text);
  line.addEventListener("mousedown", (event) => event.preventDefault());
  line.addEventListener("click", () => hands.region({ id: region.id, ask: "", family: "" }));
  return line;
}

/** What is said about the selected region. @param {MarkedRow} row @param {MarkedHands} hands */
function regionCard(row, hands) {
  const el = make("div", "ew-region-card");
  const facts = make("div", "ew-region-facts");
  const question = make("p", "ew-question");
  const type = make("input", "ew-input ew-region-type");
  const chips = make("div", "ew-anchors ew-chips ew-region-chips");
  const note = make("input", "ew-input ew-region-note");
  /** @type {MarkedSheet | null} */
  let at = null;
  /** @type {() => RowRegion | undefined} */
  const region = () => at ? chosenRegion(at, row) : undefined;
  const say = (/** @type {any} */ value) => {
    const now = region();
    if (!at || !now) return;
    const said = answered(row, now, askedNow(at, row), value);
    hands.region(said.next);
    if (said.region) hands.act("mark", row.id, said.region);
  };
  const offered = () => at && askedNow(at, row) === "type" ? classesLike(row, type.value).slice(0, MOST_TYPED) : at ? optionsFor(row, at.region, askedNow(at, row)) : [];
  const offer = () => chips.replaceChildren(...offered().map((option) => chip(option, () => say(option.value))));
  const asks = asksOf(row).map((one) => ({ ...one, button: factButton(one.key, () => hands.region({ ask: one.ask, family: "" })) }));
  const remove = factButton("Del", () => hands.act("unmark", row.id, region()?.id));
  /** @type {HTMLElement} */ (remove.lastElementChild).textContent = "Delete";
  facts.append(...asks.map(({ button }) => button), remove);
  type.placeholder = "Seam, shadow, hands …";
  type.setAttribute("aria-label", "Class of the region");
  type.addEventListener("input", offer);
  lineKeys(type, () => offered()[0] && say(offered()[0].value), () => hands.region({ ask: "" }));
  note.placeholder = "Note: what is wrong here (J)";
  note.setAttribute("aria-label", "Note on the region");
  note.dir = "auto";
  note.addEventListener("input", () => hands.act("mark", row.id, { ...region(), note: note.value }));
  lineKeys(note, () => {}, () => {});
  el.append(facts, question, type, chips, note);
  return {
    el,
    /** @param {MarkedSheet} sheet @param {RowRegion | undefined} selected */
    update(sheet, selected) {
      at = sheet;
      el.hidden = !selected;
      if (!selected) return;
      const ask = askedNow(sheet, row);
      const said = saidOf(row, selected);
      for (const { button, ask: one, held, name } of asks) {
        /** @type {HTMLElement} */ (button.lastElementChild).textContent = said[held] || name;
        button.classList.toggle("ew-on", ask === one || (one === "family" && (ask === "class" || ask === "type")));
        button.classList.toggle("ew-unsaid", !said[held]);
      }
      question.textContent = ASKED[ask];
      question.hidden = chips.hidden = ask === "";
      if (ask !== "type") type.value = "";
      type.hidden = ask !== "type";
      offer();
      if (document.activeElement !== note) note.value = selected.note;
    },
  };
}

/** Enter and Escape end a line of text, and leave the keyboard to the row. @param {HTMLInputElement} line @param {() => void} done @param {() => void} left */
function lineKeys(line, done, left) {
  line.addEventListener("keydown", (event) => {
    const enter = /^(Numpad)?Enter$/.test(event.code);
    if (event.ctrlKey || event.metaKey || event.isComposing || !(enter || event.code === "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    /** @type {HTMLElement | null} */ (line.closest(".ew-row"))?.focus({ preventScroll: true });
    (enter ? done : left)();
  });
}

/** @param {ChipOption} option @param {() => void} choose */
function chip(option, choose) {
  const button = make("button", "ew-anchor");
  button.type = "button";
  button.tabIndex = -1;
  button.title = option.descriptor;
  if (option.key) button.append(make("kbd", "ew-key", option.key.toUpperCase()));
  button.append(make("span", "ew-anchor-text", option.name));
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", choose);
  return button;
}

/** @param {string} key @param {() => void} press */
function factButton(key, press) {
  const button = make("button", "ew-anchor ew-region-fact");
  button.type = "button";
  button.tabIndex = -1;
  button.append(make("kbd", "ew-key", key), make("span", "ew-anchor-text"));
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", press);
  return button;
}
