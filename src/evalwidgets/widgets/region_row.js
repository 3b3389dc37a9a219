// @ts-check
// The form's row of a `regions` criterion: what is marked on the stage, and what is said about each.

import { answerOf } from "./form_state.js";
import { keyHint, make, noneButton } from "./form_elements.js";
import { askedNow, asksOf, chosenRegion, classesLike, lacksOf, optionsFor, regionTitle, regionsOf, saidOf } from "./region_answers.js";

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
  const card = new RegionCard(row, hands);
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

/** What is said about the selected region: what was said, the question that is asked now, a note. */
class RegionCard {
  el = make("div", "ew-region-card");
  #question = make("p", "ew-question");
  #type = make("input", "ew-input ew-region-type");
  #chips = make("div", "ew-anchors ew-chips ew-region-chips");
  #note = make("input", "ew-input ew-region-note");
  /** @type {MarkedSheet | null} */
  #sheet = null;
  #facts;
  #row;
  #hands;

  /** @param {MarkedRow} row @param {MarkedHands} hands */
  constructor(row, hands) {
    this.#row = row;
    this.#hands = hands;
    this.#facts = asksOf(row).map((fact) => ({ ...fact, button: factButton(fact.key, fact.name, () => hands.region({ ask: fact.ask, family: "" })) }));
    const remove = factButton("Del", "✕", () => hands.act("unmark", row.id, this.#region?.id));
    remove.setAttribute("aria-label", "Delete this place");
    remove.title = "Delete this place";
    const facts = make("div", "ew-region-facts");
    facts.append(...this.#facts.map(({ button }) => button), remove);
    this.#makeLines();
    this.el.append(facts, this.#question, this.#type, this.#chips, this.#note);
  }

  get #region() {
    return this.#sheet ? chosenRegion(this.#sheet, this.#row) : undefined;
  }

  get #ask() {
    return this.#sheet ? askedNow(this.#sheet, this.#row) : "";
  }

  /** @param {MarkedSheet} sheet @param {RowRegion | undefined} selected */
  update(sheet, selected) {
    this.#sheet = sheet;
    this.el.hidden = !selected;
    if (!selected) return;
    const ask = this.#ask;
    const said = saidOf(this.#row, selected);
    for (const { button, ask: one, held, name } of this.#facts) {
      /** @type {HTMLElement} */ (button.lastElementChild).textContent = said[held] || name;
      button.classList.toggle("ew-on", ask === one || (one === "family" && (ask === "class" || ask === "type")));
      button.classList.toggle("ew-unsaid", !said[held]);
    }
    this.#question.replaceChildren(ASKED[ask], ...(ask === "family" ? [keyHint("T", "type it")] : []));
    this.#question.hidden = this.#chips.hidden = ask === "";
    this.#type.hidden = ask !== "type";
    if (this.#type.hidden) this.#type.value = "";
    this.#offer();
    if (document.activeElement !== this.#note) this.#note.value = selected.note;
  }

  #makeLines() {
    const type = this.#type;
    const note = this.#note;
    type.placeholder = "Seam, shadow, hands …";
    type.setAttribute("aria-label", "Class of the region");
    type.addEventListener("input", () => this.#offer());
    lineKeys(type, () => this.#offered[0] && this.#hands.say(this.#row, this.#offered[0].value), () => this.#hands.region({ ask: "" }));
    note.placeholder = "Note: what is wrong here (J)";
    note.setAttribute("aria-label", "Note on the region");
    note.dir = "auto";
    note.addEventListener("input", () => this.#hands.act("mark", this.#row.id, { ...this.#region, note: note.value }));
    lineKeys(note, () => {}, () => {});
  }

  get #offered() {
    if (!this.#sheet) return [];
    return this.#ask === "type" ? classesLike(this.#row, this.#type.value).slice(0, MOST_TYPED) : optionsFor(this.#row, this.#sheet.region, this.#ask);
  }

  #offer() {
    this.#chips.replaceChildren(...this.#offered.map((option) => chip(option, () => this.#hands.say(this.#row, option.value))));
    if (!this.#type.hidden) this.#chips.firstElementChild?.classList.add("ew-on"); // that is what Enter takes
  }
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

/** @param {string} key @param {string} name @param {() => void} press */
function factButton(key, name, press) {
  const button = make("button", "ew-anchor ew-region-fact");
  button.type = "button";
  button.tabIndex = -1;
  button.append(make("kbd", "ew-key", key), make("span", "ew-anchor-text", name));
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", press);
  return button;
}
