// Boundary cards: what counts as an answer, and what is said back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { answered, dealt, openCard, outcome, score, turned } from "../../src/evalwidgets/widgets/exemplar_cards.js";

const CARDS = [{ lower: 3, upper: 4, level: 3 }, { lower: 1, upper: 2, level: 2 }];

test("a card takes one of its two levels, once, and is turned only then", () => {
  const deck = dealt(CARDS);

  assert.equal(answered(deck, 5), deck);
  assert.equal(turned(deck), deck);
  const said = answered(deck, 4);
  assert.deepEqual([said.said, said.right], [4, 0]);
  assert.equal(answered(said, 3), said);
  assert.deepEqual(openCard(turned(said)), CARDS[1]);
});

test("the score counts what was answered, to the end", () => {
  let deck = dealt(CARDS);
  assert.equal(score(deck), "Card 1 of 2");
  deck = answered(deck, 3);
  assert.equal(score(deck), "Card 1 of 2 · 1 of 1 right");
  deck = answered(turned(deck), 1);
  assert.equal(score(deck), "Card 2 of 2 · 1 of 2 right");
  deck = turned(deck);
  assert.equal(openCard(deck), null);
  assert.equal(answered(deck, 1), deck);
  assert.equal(score(deck), "All 2 cards · 1 of 2 right");
});

test("an answer is told with its sign: too lenient up, too strict down", () => {
  assert.equal(outcome(CARDS[0], 3), "✓ Yes, it is 3.");
  assert.match(outcome(CARDS[0], 4), /^↑ It is 3; .*lenient/);
  assert.match(outcome(CARDS[1], 1), /^↓ It is 2; .*strict/);
});
