// @ts-check
// Boundary cards as a value: which card lies open, what was said to it, and how many were right.

/**
 * @typedef {{lower: number, upper: number, level: number}} Card
 * @typedef {{cards: Card[], at: number, said: number | null, right: number}} Deck
 */

/** @param {Card[]} cards @returns {Deck} */
export function dealt(cards) {
  return { cards, at: 0, said: null, right: 0 };
}

/** The card that lies open; none at the end. @param {Deck} deck @returns {Card | null} */
export function openCard(deck) {
  return deck.cards[deck.at] ?? null;
}

/** Say a level; only one of the card's two counts, and only once. @param {Deck} deck @param {number} level @returns {Deck} */
export function answered(deck, level) {
  const card = openCard(deck);
  if (!card || deck.said !== null || (level !== card.lower && level !== card.upper)) return deck;
  return { ...deck, said: level, right: deck.right + Number(level === card.level) };
}

/** Go on, once the open card is answered. @param {Deck} deck @returns {Deck} */
export function turned(deck) {
  return deck.said === null ? deck : { ...deck, at: deck.at + 1, said: null };
}

/** The score in words. @param {Deck} deck */
export function score(deck) {
  const done = deck.at + Number(deck.said !== null);
  const place = openCard(deck) ? `Card ${deck.at + 1} of ${deck.cards.length}` : `All ${deck.cards.length} cards`;
  return done ? `${place} · ${deck.right} of ${done} right` : place;
}

/** How an answered card came out, in words. @param {Card} card @param {number} said */
export function outcome(card, said) {
  if (said === card.level) return `✓ Yes, it is ${card.level}.`;
  return said > card.level ? `↑ It is ${card.level}; you were a level too lenient.` : `↓ It is ${card.level}; you were a level too strict.`;
}
