// What the form knows without a page: rows, focus, answers shown before the kernel confirms them.
import assert from "node:assert/strict";
import test from "node:test";

import {
  CONFIDENCE, REMARKS, answerOf, countWords, digitOf, emptyAnswer, firstOpen, isAnswered, openSheet, optionFor, rowAfter,
  rowBeside, rowIds, rowOf, showAct, takeMarks, wasChosen,
} from "../../src/evalwidgets/widgets/form_state.js";

/** A row of a layout. */
function row(id, more = {}) {
  const options = [1, 2, 3].map((value) => ({ value, key: String(value), name: `Level ${value}`, descriptor: "" }));
  return {
    id, control: "ordinal", gate: false, label: id, question: "?", help: "", options, na: [], reasons: [], second: true,
    branching: false, words: [], optional: false, before: null, ...more,
  };
}

/** Marks in which nothing is said. */
function marks(more = {}) {
  return {
    key: "k", seq: 0, visible: ["safety", "sharp", "light", "remark"], answers: {}, flags: {}, confidence: null, note: "",
    notes: {}, problems: [], ready: false, overall: "", revision: 1, ...more,
  };
}

/** A sheet with a gate, two levels and an optional row; `hidden` is not asked now. */
function sheet(more = {}) {
  const rows = [row("safety", { gate: true, branching: true }), row("sharp"), row("hidden"), row("light"), row("remark", { optional: true })];
  return openSheet({ key: "k", rows, flags: [], confidence: true, focus: [] }, marks(more));
}

/** An answer with some parts said. */
const said = (more) => ({ ...emptyAnswer(), ...more });

test("only what is asked has a row, in the order of the rubric, then confidence and remarks", () => {
  assert.deepEqual(rowIds(sheet()), ["safety", "sharp", "light", "remark", CONFIDENCE, REMARKS]);
  const without = sheet({ visible: ["safety"] });
  without.layout.confidence = false;
  assert.deepEqual(rowIds(without), ["safety", REMARKS]);
});

test("a sheet opens at the first row that waits for an answer", () => {
  assert.equal(sheet().focus, "safety");
  assert.equal(sheet({ answers: { safety: said({ value: "ok" }), sharp: said({ na: "dark" }) } }).focus, "light");
});

test("a complete sheet opens at its first row", () => {
  const answers = { safety: said({ value: "ok" }), sharp: said({ value: 0 }), light: said({ value: [] }) };

  assert.equal(firstOpen(sheet({ answers })), "safety");
});

test("a sheet that was sent back opens at the criterion that the note is about, if it is asked", () => {
  const about = (/** @type {string} */ criterion) => {
    const { layout, marks: known } = sheet();
    return openSheet({ ...layout, sent_back: { by: "lee", criterion, label: "", note: "look again" } }, known).focus;
  };

  assert.equal(about("light"), "light");
  assert.equal(about("hidden"), "safety");
  assert.equal(about(""), "safety");
});

test("zero, nothing in a list and not applicable are answers; a note alone is none", () => {
  const some = sheet({ answers: { safety: said({ value: 0 }), sharp: said({ value: [] }), light: said({ na: "x" }), remark: said({ note: "x" }) } });

  assert.deepEqual(["safety", "sharp", "light", "remark", CONFIDENCE].map((id) => isAnswered(some, id)), [true, true, true, false, false]);
  some.marks.confidence = 2;
  assert.ok(isAnswered(some, CONFIDENCE));
});

test("after an answer the focus goes to the next row that is not optional", () => {
  assert.equal(rowAfter(sheet(), "safety"), "sharp");
  assert.equal(rowAfter(sheet(), "light"), CONFIDENCE);
});

test("after the last row the focus goes to what still stands in the way, else stays", () => {
  const problems = [{ criterion: "sharp", kind: "advice", message: "" }, { criterion: "gone", kind: "missing", message: "" }, { criterion: "light", kind: "missing", message: "" }];

  assert.equal(rowAfter(sheet({ problems }), CONFIDENCE), "light");
  assert.equal(rowAfter(sheet({ problems: problems.slice(0, 1) }), CONFIDENCE), CONFIDENCE);
});

test("arrows move from row to row and stop at the ends", () => {
  const open = sheet();

  assert.equal(rowBeside(open, "safety", -1), "safety");
  assert.equal(rowBeside(open, "sharp", 1), "light");
  assert.equal(rowBeside(open, REMARKS, 1), REMARKS);
});

test("an act is shown at once and leaves the marks that came before untouched", () => {
  const open = sheet();
  const before = open.marks;

  showAct(open, "rate", ["sharp", 3]);
  showAct(open, "write_note", ["", "dull"]);
  showAct(open, "flag", ["edge", "why"]);
  showAct(open, "set_confidence", [2]);

  assert.deepEqual(before, marks());
  assert.deepEqual(answerOf(open, "sharp"), said({ value: 3 }));
  assert.deepEqual([open.marks.note, open.marks.flags, open.marks.confidence], ["dull", { edge: "why" }, 2]);
  showAct(open, "flag", ["edge", null]);
  assert.deepEqual(open.marks.flags, {});
});

test("the kernel has the last word, but not about what it has not heard yet", () => {
  const open = sheet();
  open.seq = 2;
  open.waiting = true;
  showAct(open, "rate", ["sharp", 3]);

  assert.equal(takeMarks(open, marks({ seq: 1 })), false);
  assert.equal(answerOf(open, "sharp").value, 3);
  assert.ok(open.waiting);
  assert.equal(takeMarks(open, marks({ seq: 2, answers: { sharp: said({ value: 2 }) } })), true);
  assert.equal(answerOf(open, "sharp").value, 2);
  assert.equal(open.waiting, false);
});

test("when the row that has the focus goes away, the focus goes to the first open one", () => {
  const open = sheet();
  open.focus = "light";

  takeMarks(open, marks({ visible: ["safety", "sharp"], answers: { safety: said({ value: "ok" }) } }));

  assert.equal(open.focus, "sharp");
});

test("a row that stays keeps the focus", () => {
  const open = sheet();
  open.focus = "light";

  takeMarks(open, marks());

  assert.equal(open.focus, "light");
});

test("words are counted as Python counts them", () => {
  for (const [text, count] of [["", 0], ["  ", 0], ["... - !", 0], ["two words", 2], [" a\n b\t3 ", 3], ["l'été à gauche -", 3]]) {
    assert.equal(countWords(text), count, JSON.stringify(text));
  }
});

test("digits count on both parts of the keyboard, and nothing else is one", () => {
  assert.deepEqual(["Digit0", "Numpad7", "KeyA", "F1", "NumpadAdd", "Digit12"].map(digitOf), ["0", "7", "", "", "", ""]);
});

test("a key picks the option that prints it", () => {
  assert.equal(optionFor(row("sharp"), "2").value, 2);
  assert.equal(optionFor(row("sharp"), "9"), undefined);
  assert.equal(rowOf(sheet(), "nowhere"), undefined);
});

test("a sheet that is asked anew has the rows in focus and no others, and begins on them", () => {
  const layout = { key: "k", rows: [row("safety"), row("sharp")], flags: [], confidence: false, focus: ["sharp"] };
  const anew = openSheet(layout, marks({ visible: ["sharp"], answers: { sharp: said({ value: 2 }) } }));
  assert.deepEqual(rowIds(anew), ["sharp"]);
  assert.equal(anew.focus, "sharp");
  assert.equal(rowAfter(anew, "sharp"), "sharp");
});

test("the answer before is known on its option, on each of several, and not where there was none", () => {
  const chosen = (before) => row("sharp", { before }).options.filter((option) => wasChosen(row("sharp", { before }), option));
  assert.deepEqual(chosen({ value: 2, text: "2" }).map((option) => option.value), [2]);
  assert.deepEqual(chosen({ value: [1, 3], text: "2 marked" }).map((option) => option.value), [1, 3]);
  assert.deepEqual(chosen({ value: null, text: "not applicable, hidden" }), []);
  assert.deepEqual(chosen(null), []);
});
