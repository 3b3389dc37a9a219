// What a chart may hold, in which order its marks are read, and where the arrow keys lead.
import assert from "node:assert/strict";
import test from "node:test";

import { isPart, isSafe, nextPick, readingLines, roomy, themeOf } from "../../src/evalwidgets/widgets/chart_view.js";

const box = (x, y, width = 10, height = 10) => ({ x, y, width, height });
// Two lines of a heat-map, given out of order: 2 0 3 above 1 4.
const cells = [box(20, 1), box(0, 40), box(0, 0), box(40, -1), box(38, 40)];

test("nothing that runs, loads or writes text of its own is part of a chart", () => {
  for (const name of ["script", "style", "foreignObject", "iframe", "a", "animate", "set", "text", "feImage"]) assert.equal(false, isPart(name), name);
  for (const name of ["svg", "g", "defs", "path", "use", "clipPath", "image"]) assert.equal(true, isPart(name), name);
});

test("no handler is copied, however it is written", () => {
  for (const name of ["onclick", "onload", "ONMOUSEOVER", "xlink:onfocus", "class", "tabindex", "role"]) assert.equal(false, isSafe(name, "x"), name);
});

test("a reference stays inside the drawing or carries its picture with it", () => {
  assert.equal(true, isSafe("xlink:href", "#m1"));
  assert.equal(true, isSafe("href", "data:image/png;base64,AAAA"));
  for (const where of ["https://example.org/a.svg#m", "//example.org", "javascript:void 0", "data:image/svg+xml;base64,AAAA", "data:text/html,x", " #m1"]) {
    assert.equal(false, isSafe("xlink:href", where), where);
  }
});

test("a style may not fetch anything", () => {
  assert.equal(true, isSafe("style", "fill: #1a6bb0; stroke-width: 1.4"));
  assert.equal(true, isSafe("clip-path", "url(#p12)"));
  for (const style of ["fill: url(https://example.org/x)", "fill: url( 'https://example.org/x' )", "fill: URL(x)", "fill: u\\72l(x)", "background: image-set('x' 1x)"]) {
    assert.equal(false, isSafe("style", style), style);
  }
});

test("the theme is what JupyterLab or VS Code say, and light where nobody does", () => {
  assert.equal("dark", themeOf({ jpThemeLight: "false" }));
  assert.equal("light", themeOf({ jpThemeLight: "true", vscodeThemeKind: "vscode-dark" }));
  assert.equal("dark", themeOf({ vscodeThemeKind: "vscode-dark" }));
  assert.equal("light", themeOf({}));
});

test("small marks get room to be hit, around the same middle; large ones hardly grow", () => {
  assert.deepEqual({ x: -7, y: -7, width: 18, height: 18 }, roomy(box(0, 0, 4, 4)));
  assert.deepEqual({ x: -1, y: -1, width: 52, height: 32 }, roomy(box(0, 0, 50, 30)));
});

test("marks are read line by line, however they were drawn", () => {
  assert.deepEqual([[2, 0, 3], [1, 4]], readingLines(cells));
  assert.deepEqual([], readingLines([]));
});

test("left and right go on to the next line and stop at the ends", () => {
  const walk = (from, key) => nextPick(cells, from, key);

  assert.deepEqual([0, 3, 1, 4, 4], [2, 0, 3, 1, 4].map((from) => walk(from, "ArrowRight")));
  assert.deepEqual([2, 2, 0, 3, 1], [2, 0, 3, 1, 4].map((from) => walk(from, "ArrowLeft")));
  assert.deepEqual([2, 4], [walk(0, "Home"), walk(0, "End")]);
});

test("up and down go to the nearest mark of the line beside, or nowhere", () => {
  assert.equal(1, nextPick(cells, 2, "ArrowDown"));
  assert.equal(4, nextPick(cells, 3, "ArrowDown"));
  assert.equal(3, nextPick(cells, 4, "ArrowUp"));
  assert.equal(4, nextPick(cells, 4, "ArrowDown"));
  assert.equal(2, nextPick(cells, 2, "ArrowUp"));
});

test("other keys mean nothing here", () => {
  for (const key of ["Enter", " ", "b", "Tab", "Escape"]) assert.equal(null, nextPick(cells, 0, key));
});
