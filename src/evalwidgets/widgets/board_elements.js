// @ts-check
// The few elements that every part of the board is made of.

import { keyRoot } from "./keys.js";

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} [className] @param {...(Node | string)} inside @returns {HTMLElementTagNameMap[T]} */
export function piece(tag, className = "", ...inside) {
  const el = document.createElement(tag);
  if (className) el.className = className;
  el.append(...inside);
  return el;
}

/**
 * A button; with a key, that key presses it from anywhere in the board. It looks pressed until
 * what it asked for is answered.
 * @param {string} label @param {() => unknown} act @param {{key?: string, kind?: "main" | "chip" | "link" | "", on?: boolean, off?: boolean, title?: string, id?: string}} [options]
 */
export function pressed(label, act, { key = "", kind = "", on, off = false, title = "", id = "" } = {}) {
  const button = piece("button", `ew-do${kind ? ` ew-${kind}` : ""}${on ? " ew-on" : ""}`);
  button.type = "button";
  if (key) {
    button.dataset.key = key.toLowerCase();
    button.append(piece("kbd", "ew-key", key));
  }
  button.append(piece("span", "", label));
  button.disabled = off;
  if (title) button.title = title;
  if (on !== undefined) button.setAttribute("aria-pressed", String(on));
  button.dataset.id = id || label;
  button.addEventListener("click", (event) => {
    // After a mouse the keys are for the board again: a space must flip the picture, not press this anew.
    if (event.detail > 0) keyRoot(button).focus({ preventScroll: true });
    const answer = act();
    if (!(answer instanceof Promise)) return;
    button.classList.add("ew-pressed");
    answer.then(() => button.classList.remove("ew-pressed"));
  });
  return button;
}

/**
 * A line or area of text that survives a redraw; `done` hears it when the person has finished.
 * @param {"input" | "textarea"} tag @param {string} id @param {string} label @param {string} value @param {(text: string) => unknown} [done]
 */
export function typed(tag, id, label, value, done) {
  const input = piece(tag, "ew-input");
  input.value = value;
  input.dataset.id = id;
  input.dataset.keep = value;
  input.setAttribute("aria-label", label);
  if (done) input.addEventListener("change", () => done(input.value));
  return input;
}

/** @param {string} label @param {...(Node | string)} inside */
export function titled(label, ...inside) {
  return piece("section", "ew-section", piece("h3", "", label), ...inside);
}

/**
 * What cannot be taken back, asked once more.
 * @param {string} sure @param {HTMLElement} yes @param {HTMLElement} no
 */
export function askedAgain(sure, yes, no) {
  const box = piece("div", "ew-asked", piece("p", "", `${sure} This cannot be taken back.`), piece("div", "ew-row-of", yes, no));
  box.setAttribute("role", "alert");
  return box;
}

/** @param {string[]} heads @param {(Node | string)[][]} rows @param {string} [className] */
export function tabled(heads, rows, className = "") {
  const head = piece("tr", "", ...heads.map((text) => piece("th", "", text)));
  const body = rows.map((row) => piece("tr", "", ...row.map((cell) => piece("td", "", cell))));
  return piece("table", `ew-table ${className}`, piece("thead", "", head), piece("tbody", "", ...body));
}

/** @param {number | null} seconds */
export function lasted(seconds) {
  if (!seconds) return "";
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/**
 * A moment in the zone of whoever looks; of today only the time.
 * @param {string | null} moment @param {Date} [now]
 */
export function atTime(moment, now = new Date()) {
  if (!moment) return "";
  const then = new Date(moment);
  const time = then.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  if (then.toDateString() === now.toDateString()) return time;
  return `${then.toLocaleDateString([], { weekday: "short", day: "numeric", month: "short" })}, ${time}`;
}

/** A moment as a date and time field takes it: in the zone of whoever looks. @param {string} moment */
export function fieldTime(moment) {
  if (!moment) return "";
  const then = new Date(moment);
  return new Date(then.getTime() - then.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What a date and time field holds, as a moment. @param {string} typed */
export function momentOf(typed) {
  const then = new Date(typed);
  return Number.isNaN(then.getTime()) ? "" : then.toISOString();
}

/** @param {number} n @param {string} what */
export function counted(n, what) {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
