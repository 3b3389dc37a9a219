// @ts-check
// How form and stage talk about regions (region_part.js has the events): the stage tells what hands
// draw, the form what is marked. Also the keys of the row.

import { listKeyOf, rowAfter, rowOf } from "./form_state.js";
import { answered, askedNow, asksOf, chosenRegion, optionsFor, regionBeside, regionsOf, shownRow, toldOf } from "./region_answers.js";

/** @typedef {import("./form_state.js").Sheet} TalkSheet */
/** @typedef {import("./form_state.js").Row} TalkRow */

export class RegionTalk {
  #desk;
  #told = "";
  #criterion = "";
  /** The row to which R goes back. */
  #from = "";
  /** @type {HTMLElement | null} */
  #root = null;

  /** @param {import("./form_desk.js").FormDesk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** @param {HTMLElement} root  the element of the whole panel @param {AbortSignal} signal */
  listen(root, signal) {
    this.#root = root;
    /** @param {string} name @param {(sheet: TalkSheet, row: TalkRow, said: any) => void} hear */
    const on = (name, hear) => root.addEventListener(name, (event) => {
      const said = /** @type {CustomEvent} */ (event).detail;
      const { sheet } = this.#desk;
      const row = sheet && rowOf(sheet, said.criterion);
      if (!sheet || !row || sheet.layout.key !== said.key) return;
      hear(sheet, row, said);
      this.#desk.redraw();
    }, { signal });
    on("ew:mark", (sheet, row, { region }) => this.#mark(sheet, row, region));
    on("ew:select", (sheet, row, { id }) => this.#select(sheet, row, id));
    on("ew:marking", (sheet, row) => this.#begin(sheet, row));
    root.addEventListener("ew:regions-wanted", () => {
      this.#told = "";
      this.tell();
    }, { signal });
    this.tell();
  }

  /** Tell the stage what is marked, when that is news. */
  tell() {
    const { sheet } = this.#desk;
    const row = sheet && shownRow(sheet, this.#criterion);
    const detail = row ? toldOf(sheet, row) : { key: "", criterion: "", role: "", shapes: [], marks: [], selected: "", active: false };
    const told = JSON.stringify(detail);
    if (!this.#root || told === this.#told) return;
    this.#told = told;
    this.#criterion = detail.criterion;
    this.#root.dispatchEvent(new CustomEvent("ew:regions", { detail }));
  }

  /** @param {TalkSheet} sheet @param {TalkRow} row @param {import("./region_shapes.js").Region} region */
  #mark(sheet, row, region) {
    const whole = { ...region, id: region.id || newId() };
    this.#select(sheet, row, whole.id);
    this.#desk.act("mark", row.id, whole);
  }

  /** @param {TalkSheet} sheet @param {TalkRow} row @param {string} id */
  #select(sheet, row, id) {
    sheet.focus = row.id;
    sheet.picking = "";
    if (sheet.region.id !== id) sheet.region = { id, ask: "", family: "" };
  }

  /** To the row, or from it back to where one came from. @param {TalkSheet} sheet @param {TalkRow} row */
  #begin(sheet, row) {
    const back = this.#from && this.#from !== row.id && rowOf(sheet, this.#from) ? this.#from : rowAfter(sheet, row.id);
    const goes = sheet.focus === row.id;
    this.#from = goes ? "" : sheet.focus;
    sheet.focus = goes ? back : row.id;
    sheet.picking = "";
  }

  /**
   * A key while the row has the focus.
   * @param {KeyboardEvent} event @param {TalkSheet} sheet @param {TalkRow} row
   * @param {HTMLElement | undefined} el  of the row
   * @returns {boolean} whether it was ours
   */
  key({ code, shiftKey }, sheet, row, el) {
    if (shiftKey) return false;
    if (code === "ArrowLeft" || code === "ArrowRight") {
      this.#select(sheet, row, regionBeside(sheet, row, code === "ArrowRight" ? 1 : -1));
      return this.#redrawn();
    }
    const key = listKeyOf(code);
    const region = chosenRegion(sheet, row);
    if (!region) return key === "0" && regionsOf(sheet, row).length > 0; // "nothing to mark" would delete them
    if (code === "Delete") return this.#desk.act("unmark", row.id, region.id), true;
    if (code === "KeyJ") return this.#write(el, ".ew-region-note");
    const asks = asksOf(row).find((one) => code === `Key${one.key}`);
    if (asks) return this.#ask(sheet, asks.ask);
    if (code === "KeyT" && row.classes?.length) {
      this.#ask(sheet, "type");
      return this.#write(el, ".ew-region-type");
    }
    const option = optionsFor(row, sheet.region, askedNow(sheet, row)).find((one) => one.key && one.key === key);
    if (option) this.say(row, option.value);
    return option !== undefined || /\d/.test(key);
  }

  /** Answer what is asked of the selected region. @param {TalkRow} row @param {any} value */
  say(row, value) {
    const { sheet } = this.#desk;
    const region = sheet && chosenRegion(sheet, row);
    if (!sheet || !region) return;
    const said = answered(row, region, askedNow(sheet, row), value);
    Object.assign(sheet.region, said.next);
    if (said.region) this.#desk.act("mark", row.id, said.region);
    else this.#desk.redraw();
  }

  /** @param {TalkSheet} sheet @param {import("./form_state.js").RegionAsk["ask"]} ask */
  #ask(sheet, ask) {
    Object.assign(sheet.region, { ask, family: "" });
    return this.#redrawn();
  }

  /** @param {HTMLElement | undefined} el @param {string} line */
  #write(el, line) {
    /** @type {HTMLElement | null | undefined} */ (el?.querySelector(line))?.focus({ preventScroll: true });
    return true;
  }

  #redrawn() {
    this.#desk.redraw();
    return true;
  }
}

/** Unique within an answer. */
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(5))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
