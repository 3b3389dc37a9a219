// @ts-check
// The head of the explorer: slices with counts, the query, the order, what is saved; and above an open task the way back.

import { keyRoot } from "./keys.js";
import { piece, pressed, typed } from "./board_elements.js";

/** @typedef {import("./board_asks.js").Act} ExploreAct */
/** @typedef {{name: string, title: string, sentence: string, count: number, lacks: string, on: boolean}} PresetView */
/**
 * @typedef {{mode: "sheet" | "task" | "rate", title: string, sub: string, problem: string, presets: PresetView[], query: string, columns: string[],
 *   sort: string, sorts: {value: string, label: string}[], slices: {name: string, text: string}[], slice: string, alike: string, plain: boolean,
 *   saving: boolean, shown: number, total: number, marked: number, unmeasured: number, measuring: {done: number, of: number} | null, task: string, place: string}} ExploreView
 */

/** @param {ExploreView} view @param {ExploreAct} act @param {() => void} fill */
export function drawExplore(view, act, fill) {
  const parts = [titleLine(view, act, fill)];
  if (view.mode === "sheet") parts.push(presetLine(view, act), queryLine(view, act));
  if (view.problem) {
    const problem = piece("p", "ew-problem", view.problem);
    problem.setAttribute("role", "alert");
    parts.push(problem);
  }
  return piece("div", "ew-explore-head", ...parts);
}

/** @param {ExploreView} view @param {ExploreAct} act @param {() => void} fill */
function titleLine(view, act, fill) {
  const away = { sheet: "", task: "Contact sheet", rate: "Back to the reviews" }[view.mode];
  const where = { sheet: view.title, task: view.task, rate: `${view.task} in your sandbox` }[view.mode];
  const more = { sheet: view.sub, task: view.place, rate: "Nothing you say here enters any table of ratings" }[view.mode];
  const steps = view.mode === "task" ? [pressed("Before", () => act("step", -1), { key: "[", kind: "chip" }), pressed("Next", () => act("step", 1), { key: "]", kind: "chip" })] : [];
  const fills = view.mode === "rate" ? [] : [pressed("Fill window", fill, { key: "M", kind: "link" })]; // the form has its own
  const title = piece("div", "ew-head-title", piece("b", "", where), piece("span", "ew-quiet", more));
  return piece("div", "ew-head", ...(away ? [pressed(away, () => act("back"), { key: "Esc", kind: "chip", id: "back" })] : []), title, piece("span", "ew-busy", "Working"), piece("nav", "ew-row-of ew-tight", ...steps), ...fills);
}

/** @param {ExploreView} view @param {ExploreAct} act */
function presetLine(view, act) {
  const all = pressed("All", () => act("clear"), { kind: "chip", on: view.plain, id: "all" });
  all.append(piece("span", "ew-count", view.total.toLocaleString("en")));
  return piece("div", "ew-row-of ew-tight ew-presets", all, ...view.presets.map((one) => presetChip(one, act)));
}

/** @param {PresetView} one @param {ExploreAct} act */
function presetChip(one, act) {
  const chip = pressed(one.title, () => act("toggle", one.name), { kind: "chip", on: one.on, id: `preset-${one.name}`, title: one.lacks ? `${one.sentence} ${one.lacks}` : one.sentence });
  chip.append(piece("span", "ew-count", one.lacks ? "?" : one.count.toLocaleString("en")));
  if (one.lacks) chip.classList.add("ew-unknown");
  return chip;
}

/** @param {ExploreView} view @param {ExploreAct} act */
function queryLine(view, act) {
  const query = typed("input", "query", "Query", view.query);
  query.addEventListener("keydown", async (event) => {
    if (/** @type {KeyboardEvent} */ (event).key !== "Enter") return;
    const root = keyRoot(query);
    // What was answered is looked at next: the keys are for the sheet again.
    if (await act("ask", query.value)) root.focus({ preventScroll: true });
  });
  query.placeholder = "spread > 0.3 and edit_type == 'remove'";
  query.spellcheck = false;
  query.autocomplete = "off";
  query.title = `Columns: ${view.columns.join(", ")}. Also has(flags, 'edge_case') and known(confidence).`;
  const field = piece("label", "ew-query", piece("kbd", "ew-key", "/"), query);
  const those = view.alike ? `${view.alike} and ${howManyTasks(view.shown - 1)} like it` : view.shown === view.total ? howManyTasks(view.total) : `${view.shown.toLocaleString("en")} of ${howManyTasks(view.total)}`;
  const shown = piece("span", "ew-shown", those);
  return piece("div", "ew-row-of ew-query-line", field, orderChooser(view, act), shown, ...markedChip(view, act), piece("span", "ew-spring"), ...measureParts(view, act), ...savedParts(view, act));
}

/** @param {number} total */
function howManyTasks(total) {
  return `${total.toLocaleString("en")} task${total === 1 ? "" : "s"}`;
}

/** @param {ExploreView} view @param {ExploreAct} act */
function orderChooser(view, act) {
  return chooser("sort", "Order", view.sorts.map(({ value, label }) => ({ value, text: label })), view.sort, (value) => act("order", value));
}

/** @param {ExploreView} view @param {ExploreAct} act */
function markedChip(view, act) {
  return view.marked ? [pressed(`${view.marked} marked`, () => act("unmark_all"), { kind: "chip", on: true, id: "unmark", title: "Take all marks away" })] : [];
}

/** @param {ExploreView} view @param {ExploreAct} act */
function measureParts(view, act) {
  if (view.measuring) {
    const { done, of } = view.measuring;
    const bar = piece("progress", "ew-measured");
    bar.max = of;
    bar.value = done;
    return [piece("span", "ew-quiet", `Measuring ${done} of ${of}`), bar, pressed("Stop", () => act("stop"), { kind: "chip" })];
  }
  if (!view.unmeasured) return [];
  const title = `Compare each edited picture that is shown with its original; about ${lastsAbout(view.unmeasured / 3)}`;
  return [pressed(`Measure ${view.unmeasured.toLocaleString("en")}`, () => act("measure", 0), { kind: "chip", id: "measure", title })];
}

/** @param {number} seconds */
function lastsAbout(seconds) {
  return seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`;
}

/** @param {ExploreView} view @param {ExploreAct} act */
function savedParts(view, act) {
  if (view.saving) {
    const title = typed("input", "title", "Title of the slice", "");
    title.placeholder = "Title of the slice";
    const keep = () => title.value.trim() && act("keep", title.value);
    title.addEventListener("keydown", (event) => {
      if (/** @type {KeyboardEvent} */ (event).key === "Enter") keep();
    });
    return [title, pressed("Save", keep, { kind: "main", id: "keep" }), pressed("Cancel", () => act("ask_title", false), { kind: "chip", id: "cancel" })];
  }
  const choices = [{ value: "", text: view.slices.length ? "Saved slices" : "No saved slices" }, ...view.slices.map(({ name, text }) => ({ value: name, text }))];
  const menu = chooser("slice", "Saved slices", choices, view.slice, (name) => name && act("load", name));
  menu.disabled = !view.slices.length;
  const save = pressed("Save slice", () => act("ask_title", true), { kind: "chip", off: view.plain, id: "save", title: "Keep this query under a name" });
  return view.slice ? [menu] : [menu, save];
}

/** @param {string} id @param {string} label @param {{value: string, text: string}[]} choices @param {string} value @param {(value: string) => void} done */
function chooser(id, label, choices, value, done) {
  const select = piece("select", "ew-input ew-chooser", ...choices.map((one) => Object.assign(piece("option", "", one.text), { value: one.value })));
  select.value = value;
  select.dataset.id = id;
  select.setAttribute("aria-label", label);
  select.addEventListener("change", () => done(select.value));
  return select;
}

/** Give the keys to the form as soon as it is there. @param {HTMLElement} root @param {AbortSignal} signal */
export function giveKeysToForm(root, signal) {
  const look = () => {
    const panel = /** @type {HTMLElement | null} */ (root.querySelector(":scope .ew-panel"));
    if (signal.aborted || !root.classList.contains("ew-step-rate")) return;
    if (panel?.hasAttribute("tabindex") && panel.offsetParent) panel.focus({ preventScroll: true });
    else requestAnimationFrame(look);
  };
  setTimeout(look, 60); // the class comes with the next message
}

/** Esc leads back from the form, unless something inside it has the keys: a text, a card. @param {HTMLElement} root @param {() => unknown} back @param {AbortSignal} signal */
export function leaveForm(root, back, signal) {
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const panel = root.querySelector(":scope .ew-panel");
    if (event.key !== "Escape" || event.target !== panel || !root.classList.contains("ew-step-rate")) return;
    event.preventDefault();
    event.stopPropagation();
    back();
  };
  root.addEventListener("keydown", onKey, { capture: true, signal });
}

/** Ask the kernel to go on measuring, as long as it has something left. @param {ExploreView} view @param {ExploreAct} act */
export function goOnMeasuring(view, act) {
  const { measuring } = view;
  if (measuring) setTimeout(() => act("measure", measuring.done), 30);
}
