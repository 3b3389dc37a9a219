// @ts-check
// What a folder or a table is taken for: selects for roles, texts and tags, and the first rows.

import { piece, tabled, titled } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} IntakeAct */
/** @typedef {{name: string, label: string, column: string}} Choice */
/** @typedef {{text: string, thumb?: string, picture?: string}} FirstCell */
/**
 * @typedef {{kind: string, kinds: string[], rows: number, groups: {title: string, roles: Choice[]}[], options: string[], spare: string[],
 *   said: string[], problems: string[], first: {heads: string[], rows: FirstCell[][]}}} GuessView
 */

/** @param {GuessView} view @param {IntakeAct} act @param {boolean} off */
export function drawChoices(view, act, off) {
  const kinds = chosen("intake-kind", "Kind of task", view.kinds, view.kind, (kind) => act("be_kind", kind), off);
  const box = piece("div", "ew-intake-choices", labelled("Kind", kinds));
  for (const group of view.groups) {
    const rows = group.roles.map((role) => choiceRow(role, view, act, off));
    if (group.title === "Tags") rows.push(moreTags(view, act, off));
    box.append(titled(group.title, ...rows));
  }
  return box;
}

/** @param {Choice} role @param {GuessView} view @param {IntakeAct} act @param {boolean} off */
function choiceRow(role, view, act, off) {
  const known = view.options.includes(role.column) || !role.column ? view.options : [role.column, ...view.options];
  const select = chosen(`intake-${role.name}`, role.label, ["", ...known], role.column, (column) => act("choose", role.name, column), off);
  if (!role.column) select.classList.add("ew-none");
  return labelled(role.label, select);
}

/** A column that is not used yet can become a tag of its own name. @param {GuessView} view @param {IntakeAct} act @param {boolean} off */
function moreTags(view, act, off) {
  const add = (/** @type {string} */ column) => column && act("choose", column, column);
  const select = chosen("intake-more", "Another column as a tag", ["", ...view.spare], "", add, off || !view.spare.length);
  select.classList.add("ew-none");
  return labelled("One more", select);
}

/** @param {string} label @param {HTMLElement} control */
export function labelled(label, control) {
  return piece("label", "ew-intake-row", piece("span", "", label), control);
}

/** @param {string} id @param {string} label @param {string[]} options @param {string} value @param {(value: string) => unknown} done @param {boolean} off */
function chosen(id, label, options, value, done, off) {
  const select = piece("select", "ew-input");
  for (const one of options) {
    const option = piece("option", "", one || "none");
    option.value = one;
    select.append(option);
  }
  select.value = value;
  select.disabled = off;
  select.dataset.id = id;
  select.setAttribute("aria-label", label);
  select.addEventListener("change", () => done(select.value));
  return select;
}

/** @param {GuessView} view @param {(name: string) => string} urlOf */
export function drawFirst(view, urlOf) {
  const { heads, rows } = view.first;
  const cells = rows.map((row) => row.map((cell) => drawCell(cell, urlOf)));
  const count = `The first ${rows.length} of ${view.rows.toLocaleString("en")} rows`;
  const table = piece("div", "ew-intake-first", tabled(heads, cells));
  table.tabIndex = 0;
  table.setAttribute("role", "region");
  table.setAttribute("aria-label", count);
  const said = piece("ul", "ew-intake-said", ...view.said.map((one) => piece("li", "", one)));
  return piece("div", "ew-intake-look", titled(count, table), titled("What was guessed", said));
}

/** @param {FirstCell} cell @param {(name: string) => string} urlOf */
function drawCell(cell, urlOf) {
  if (!cell.picture) return cell.text;
  const name = piece("span", "ew-intake-name", cell.text);
  name.title = cell.text;
  const url = cell.thumb ? urlOf(cell.thumb) : "";
  if (!url) return piece("figure", "ew-intake-picture", piece("span", "ew-intake-gone", "not shown"), name);
  const image = piece("img");
  image.src = url;
  image.alt = "";
  return piece("figure", "ew-intake-picture", image, name);
}
