// @ts-check
// The icons of the stage's tools: strokes on a grid of 16 by 16, in the colour of the text.

const SVG = "http://www.w3.org/2000/svg";

/** Each icon as one path. A part names one in its tools (`icon`). */
const ICONS = {
  original: "M3 2.5v3.2h3.2 M3.2 5.5A5.4 5.4 0 1 1 2.7 9",
  swap: "M2.5 5.5h10.5 M10.3 2.8 13 5.5l-2.7 2.7 M13.5 11H3 M5.7 8.3 3 11l2.7 2.7",
  turn: "M2.8 6.6A5.4 5.4 0 0 1 12.6 5 M12.8 2v3.2H9.6 M13.2 9.4A5.4 5.4 0 0 1 3.4 11 M3.2 14v-3.2h3.2",
  blink: "M1.5 8.3h2.8l2-5 3.2 9.6 2-4.6h3",
  side: "M1.8 3.5h5v9h-5z M9.2 3.5h5v9h-5z",
  wipe: "M8 1.5v13 M5.5 3.5H2v9h3.5 M10.5 3.5H14v9h-3.5",
  views: "M8 2l6 3.2-6 3.2-6-3.2z M2 8.2l6 3.2 6-3.2 M2 11.2l6 3.2 6-3.2",
  overview: "M1.8 3h12.4v10H1.8z M8.5 8h3.2v2.6H8.5z",
  actual: "M2.5 5 4.3 3.7v8.6 M10.9 5l1.8-1.3v8.6 M7.9 6.4v.1 M7.9 9.9v.1",
  out: "M11.2 7a4.2 4.2 0 1 1-8.4 0a4.2 4.2 0 1 1 8.4 0z M10.1 10.1 14 14 M5.2 7h3.6",
  in: "M11.2 7a4.2 4.2 0 1 1-8.4 0a4.2 4.2 0 1 1 8.4 0z M10.1 10.1 14 14 M5.2 7h3.6 M7 5.2v3.6",
  mark: "M2.5 5.3V2.5h2.8 M10.7 2.5h2.8v2.8 M13.5 10.7v2.8h-2.8 M5.3 13.5H2.5v-2.8 M8 5.5v5 M5.5 8h5",
  box: "M2.5 4h11v8h-11z",
  polygon: "M8 2 14 6.5 11.8 13.5H4.2L2 6.5z",
  hide: "M1.5 8S3.7 3.8 8 3.8 14.5 8 14.5 8 12.3 12.2 8 12.2 1.5 8 1.5 8z M3.2 13.2 12.8 2.8",
  cover: "M2 3h12v10H2z M2 9.2 7.2 3 M4.6 13 13 3 M10 13l4-4.8",
  evidence: "M2 13.5h12 M4.3 10.8V8.2 M8 10.8V4.6 M11.7 10.8V6.4",
};

/** @typedef {keyof typeof ICONS} IconName */

/** @param {IconName} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "ew-stage-icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
