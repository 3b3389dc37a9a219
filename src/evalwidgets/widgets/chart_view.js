// @ts-check
// A chart as SVG whose marks can be picked: each is a button over the drawing, in reading order.
// The drawing is copied element by element from a short list of what a chart needs, into a shadow
// root, so that its ids and styles are its own and nothing in it can run or load anything.

import { attached, guardKeys } from "./keys.js";

/**
 * @typedef {{gid: string, id: string, label: string}} Pick
 * @typedef {{svg: string, picks: Pick[], finding: string, theme: string, themed: boolean}} Chart
 * @typedef {{chart: Chart, selected: string, theme: string}} Traits
 * @typedef {import("@anywidget/types").AnyModel<Traits>} Model
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 */

const SVG = "http://www.w3.org/2000/svg";
const PARTS = new Set(["svg", "g", "defs", "path", "use", "rect", "circle", "ellipse", "line", "polyline", "polygon", "clippath", "image", "lineargradient", "stop", "pattern"]);
const SETTINGS = new Set(["id", "d", "style", "transform", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "points", "viewbox", "offset", "href", "clip-path", "clip-rule", "fill", "fill-rule", "fill-opacity", "opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "stroke-opacity", "patternunits", "gradientunits", "preserveaspectratio"]);
const LEAST = 16; // points; what a finger or an unsteady hand can hit
const LOOK = `
  :host { display: block; }
  svg { display: block; width: 100%; height: auto; max-width: var(--ew-chart-most); overflow: visible; }
  .drawing * { stroke-linejoin: round; stroke-linecap: butt; }
  .pick { fill: transparent; stroke: transparent; stroke-width: 2; cursor: pointer; vector-effect: non-scaling-stroke; outline: none; }
  .pick:hover { stroke: var(--ew-chart-mark); stroke-dasharray: 3 2; fill: color-mix(in srgb, var(--ew-chart-mark) 10%, transparent); }
  .pick[aria-pressed=true] { stroke: var(--ew-chart-ink); stroke-width: 2.5; stroke-dasharray: none; }
  .pick:focus-visible { stroke: var(--ew-chart-mark); stroke-width: 3; stroke-dasharray: none; }
  p { margin: 0; }
`;

/**
 * Whether a drawing may have this setting: those of the list, and references only into the drawing
 * itself or to a picture that it carries with it.
 * @param {string} name
 * @param {string} value
 */
export function isSafe(name, value) {
  const known = name.toLowerCase().replace(/^xlink:/, "");
  if (!SETTINGS.has(known)) return false;
  if (known === "href") return value.startsWith("#") || /^data:image\/(png|jpeg);base64,/.test(value);
  return !/url\(\s*(?!["']?#)|image-set|@import|expression/i.test(value.replace(/\\/g, "url(!"));
}

/** @param {string} name whether a drawing may have such an element */
export function isPart(name) {
  return PARTS.has(name.toLowerCase());
}

/** The theme of the page that this element's data stands for. @param {DOMStringMap | Record<string, string | undefined>} body */
export function themeOf(body) {
  if (body.jpThemeLight !== undefined) return body.jpThemeLight === "false" ? "dark" : "light";
  return /dark/.test(body.vscodeThemeKind ?? "") ? "dark" : "light";
}

/** Make a box at least so large that it can be hit. @param {Box} box @returns {Box} */
export function roomy(box) {
  const wider = Math.max(0, LEAST - box.width) / 2 + 1;
  const higher = Math.max(0, LEAST - box.height) / 2 + 1;
  return { x: box.x - wider, y: box.y - higher, width: box.width + 2 * wider, height: box.height + 2 * higher };
}

/**
 * The places of boxes as they are read: line by line, each from left to right.
 * @param {Box[]} boxes
 * @returns {number[][]} the lines, from top to bottom
 */
export function readingLines(boxes) {
  const middle = (/** @type {number} */ at) => boxes[at].y + boxes[at].height / 2;
  /** @type {number[][]} */
  const lines = [];
  for (const at of boxes.map((_, at) => at).sort((a, b) => middle(a) - middle(b))) {
    const line = lines.at(-1);
    if (line && middle(at) - middle(line[0]) < Math.min(boxes[at].height, boxes[line[0]].height) / 2) line.push(at);
    else lines.push([at]);
  }
  for (const line of lines) line.sort((a, b) => boxes[a].x - boxes[b].x);
  return lines;
}

/**
 * Where a key leads from a pick: along the line and on to the next one, or to the nearest pick of
 * the line above or below. Null when the key means nothing here.
 * @param {Box[]} boxes
 * @param {number} from
 * @param {string} key
 * @returns {number | null}
 */
export function nextPick(boxes, from, key) {
  const lines = readingLines(boxes);
  const order = lines.flat();
  const at = order.indexOf(from);
  if (key === "Home") return order[0];
  if (key === "End") return order[order.length - 1];
  if (key === "ArrowLeft") return order[Math.max(at - 1, 0)];
  if (key === "ArrowRight") return order[Math.min(at + 1, order.length - 1)];
  if (key !== "ArrowUp" && key !== "ArrowDown") return null;
  const line = lines.findIndex((one) => one.includes(from)) + (key === "ArrowUp" ? -1 : 1);
  if (!lines[line]) return from;
  const centre = (/** @type {number} */ one) => boxes[one].x + boxes[one].width / 2;
  const away = (/** @type {number} */ one) => Math.abs(centre(one) - centre(from));
  return lines[line].reduce((best, one) => (away(one) < away(best) ? one : best));
}

/** @param {string} tag @param {Record<string, string>} settings */
function part(tag, settings) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(settings)) made.setAttribute(name, value);
  return made;
}

/**
 * Copy what is safe of a parsed drawing, and note its elements by id.
 * @param {Element} node
 * @param {Map<string, SVGGraphicsElement>} byId
 * @returns {Element | null}
 */
function copied(node, byId) {
  if (node.namespaceURI !== SVG || !isPart(node.localName)) return null;
  const copy = document.createElementNS(SVG, node.localName);
  for (const { name, localName, value } of node.attributes) {
    if (isSafe(name, value)) copy.setAttribute(localName, value);
  }
  if (copy.id) byId.set(copy.id, /** @type {SVGGraphicsElement} */ (copy));
  for (const child of node.children) {
    const inner = copied(child, byId);
    if (inner) copy.append(inner);
  }
  return copy;
}

class ChartView {
  /** @param {Model} model @param {HTMLElement} el @param {AbortSignal} signal */
  constructor(model, el, signal) {
    this.model = model;
    this.signal = signal;
    this.host = document.createElement("div");
    const look = document.createElement("style");
    look.textContent = LOOK;
    this.page = document.createElement("div");
    this.host.attachShadow({ mode: "open" }).append(look, this.page);
    el.classList.add("ew-chart");
    el.append(this.host);
    /** @type {Map<string, SVGGraphicsElement>} */
    this.byId = new Map();
    /** @type {{box: Box, pick: Pick, button: Element}[]} */
    this.picks = [];
    this.placed = false;
    this.current = 0;
    this.page.addEventListener("keydown", (event) => this.onKey(event), { signal });
    this.page.addEventListener("click", (event) => this.onClick(event), { signal });
  }

  /** The kernel draws for the page's theme; what is not drawn for it yet is not shown. */
  followTheme = () => {
    const theme = themeOf(document.body.dataset);
    if (this.model.get("theme") === theme) return;
    this.model.set("theme", theme);
    this.model.save_changes();
  };

  draw = () => {
    const chart = this.model.get("chart");
    const theme = themeOf(document.body.dataset);
    if (!chart.svg || (chart.themed && chart.theme !== theme)) return;
    this.byId.clear();
    this.picks = [];
    this.placed = false;
    const parsed = new DOMParser().parseFromString(chart.svg, "image/svg+xml").documentElement;
    const drawing = /** @type {SVGSVGElement | null} */ (parsed.localName === "svg" ? copied(parsed, this.byId) : null);
    if (!drawing) {
      this.page.textContent = chart.finding;
      return;
    }
    drawing.classList.add("drawing");
    drawing.removeAttribute("height");
    drawing.setAttribute("role", chart.picks.length ? "group" : "img");
    drawing.setAttribute("aria-label", chart.finding);
    // Charts are drawn at 100 dots an inch, of which SVG has 72 points.
    this.host.style.setProperty("--ew-chart-most", `${(drawing.viewBox.baseVal.width * 100) / 72}px`);
    drawing.setAttribute("width", "100%");
    const focused = this.host.shadowRoot?.activeElement?.getAttribute("data-gid");
    this.page.replaceChildren(drawing);
    this.place(focused ?? "");
  };

  /** Lay a button over each mark; a drawing that is not seen yet has no places. @param {string} [focused] */
  place(focused = "") {
    const drawing = this.page.querySelector("svg");
    if (!drawing || this.placed || !drawing.getBoundingClientRect().width) return;
    this.placed = true;
    const layer = part("g", {});
    for (const pick of this.model.get("chart").picks) {
      const mark = this.byId.get(pick.gid);
      if (!mark) continue;
      const box = roomy(mark.getBBox());
      const { x, y, width, height } = box;
      const button = part("rect", { class: "pick", role: "button", rx: "3", x: String(x), y: String(y), width: String(width), height: String(height), "aria-label": pick.label, "data-gid": pick.gid, tabindex: "-1" });
      const hint = part("title", {});
      hint.textContent = pick.label;
      button.append(hint);
      this.picks.push({ box, pick, button });
    }
    const order = readingLines(this.picks.map(({ box }) => box)).flat();
    layer.append(...order.map((at) => this.picks[at].button));
    drawing.append(layer);
    this.showSelected();
    const again = this.picks.findIndex(({ pick }) => pick.gid === focused);
    this.makeCurrent(again < 0 ? order[0] ?? 0 : again, again >= 0);
  }

  showSelected = () => {
    const selected = this.model.get("selected");
    for (const { pick, button } of this.picks) button.setAttribute("aria-pressed", String(pick.id === selected));
  };

  /** One pick at a time is reached by Tab; arrow keys lead to the others. @param {number} at @param {boolean} [focus] */
  makeCurrent(at, focus = false) {
    this.picks[this.current]?.button.setAttribute("tabindex", "-1");
    this.current = at;
    const button = /** @type {SVGElement | undefined} */ (this.picks[at]?.button);
    button?.setAttribute("tabindex", "0");
    if (focus) button?.focus({ preventScroll: false });
  }

  /** @param {Event} event */
  pickAt(event) {
    const target = /** @type {Element} */ (event.target);
    return this.picks.findIndex(({ button }) => button === target || button.contains(target));
  }

  /** @param {number} at */
  pick(at) {
    const { id } = this.picks[at].pick;
    for (const { pick, button } of this.picks) button.setAttribute("aria-pressed", String(pick.id === id));
    this.model.send({ type: "pick", id });
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const at = this.pickAt(event);
    if (at < 0) return;
    this.makeCurrent(at, true);
    this.pick(at);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const at = this.pickAt(event);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = nextPick(this.picks.map(({ box }) => box), at, event.key);
    const picks = event.key === "Enter" || event.key === " ";
    if (to === null && !picks) return;
    event.preventDefault();
    event.stopPropagation();
    if (to !== null) this.makeCurrent(to, true);
    else if (!event.repeat) this.pick(at);
  }
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el, signal }) {
  const view = new ChartView(model, el, signal);
  model.on("change:chart", view.draw);
  model.on("change:selected", view.showSelected);
  const theme = new MutationObserver(() => {
    view.followTheme();
    view.draw();
  });
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-vscode-theme-kind"] });
  const size = new ResizeObserver(() => view.place());
  signal.addEventListener("abort", () => {
    theme.disconnect();
    size.disconnect();
    model.off(null, view.draw);
    model.off(null, view.showSelected);
  });
  guardKeys(el, signal);
  view.followTheme();
  attached(el, signal).then(() => {
    view.draw();
    size.observe(view.host);
  });
}

export default { render };
