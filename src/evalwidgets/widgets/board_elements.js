// @ts-check
// The few elements that every part of the board is made of.

/** @typedef {(act: string, ...said: unknown[]) => void} Act */

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} [className] @param {...(Node | string)} inside @returns {HTMLElementTagNameMap[T]} */
export function piece(tag, className = "", ...inside) {
  const el = document.createElement(tag);
  if (className) el.className = className;
  el.append(...inside);
  return el;
}

/**
 * A button; with a key, that key presses it from anywhere in the board.
 * @param {string} label @param {() => void} act @param {{key?: string, kind?: "main" | "chip" | "link" | "", on?: boolean, off?: boolean, title?: string, id?: string}} [options]
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
  button.addEventListener("click", act);
  return button;
}

/**
 * A line or area of text that survives a redraw; `done` hears it when the person has finished.
 * @param {"input" | "textarea"} tag @param {string} id @param {string} label @param {string} value @param {(text: string) => void} [done]
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
