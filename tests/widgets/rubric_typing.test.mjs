// What is typed is told after a pause, once, as it stands then; leaving a text tells it at once.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

class Element extends EventTarget {
  dataset = {};
  value = "";
  className = "";
  inside = [];
  constructor(tag) {
    super();
    this.tag = tag;
  }
  append(...inside) {
    this.inside.push(...inside);
  }
  setAttribute() {}
  type(text) {
    this.value = text;
    this.dispatchEvent(new Event("input"));
  }
}

globalThis.document = { createElement: (tag) => new Element(tag) };
globalThis.window = globalThis;
const { changedWords, live } = await import("../../src/evalwidgets/widgets/rubric_typing.js");

/** A part that shows one field, and what the kernel is told of it. */
function aPart() {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  const told = [];
  const part = { field: null, named: () => part.field };
  const draw = (value) => (part.field = live("input", "help", "Help", value, part, (text) => told.push(text)));
  return { part, told, draw };
}

test("what is typed is told once, after a pause", () => {
  const { told, draw } = aPart();
  const field = draw("");
  field.type("L");
  mock.timers.tick(500);
  field.type("Look");
  mock.timers.tick(500);
  assert.deepEqual(told, []);
  mock.timers.tick(200);
  assert.deepEqual(told, ["Look"]);
});

test("a field that is drawn anew while it waits is told as it stands then", () => {
  const { part, told, draw } = aPart();
  draw("").type("Look");
  draw("").value = "Look twice";
  mock.timers.tick(700);
  assert.deepEqual(told, ["Look twice"]);
  assert.equal(part.field.value, "Look twice");
});

test("leaving a text tells it at once and not again", () => {
  const { told, draw } = aPart();
  const field = draw("");
  field.type("Look");
  field.dispatchEvent(new Event("blur"));
  field.dispatchEvent(new Event("blur"));
  mock.timers.tick(700);
  assert.deepEqual(told, ["Look"]);
});

test("a text that nobody typed in is not told", () => {
  const { told, draw } = aPart();
  draw("Look").dispatchEvent(new Event("blur"));
  mock.timers.tick(700);
  assert.deepEqual(told, []);
});

test("what went and what came have elements of their own", () => {
  const words = changedWords([["same", "a "], ["gone", "red"], ["new", "blue"]]);
  assert.deepEqual(words.map((one) => [one.tag, ...one.inside]), [["span", "a "], ["del", "red"], ["ins", "blue"]]);
});
