// @ts-check
// What feedback is and how it is said: marks by sign and word, never by colour, and nothing cheers.

/**
 * An anchor: a picture that shows a level.
 * @typedef {{level: number | string, name: string, descriptor: string, why: string, pictures: Record<string, string>}} Anchor
 * @typedef {"within" | "lenient" | "strict" | "different" | "missing" | "not_judged"} FeedbackMark
 * @typedef {"" | "misread" | "missed" | "disagree"} Why
 * @typedef {{criterion: string, label: string, mark: FeedbackMark, by: number, given: string, accepted: string, sentence: string, boundary: string, why: Why, contested: boolean, anchors: {mine: Anchor | null, right: Anchor | null} | null}} FeedbackRow
 * @typedef {{found: number, missed: number, extra: number}} FoundRegions
 * @typedef {{key: string, title: string, rationale: string, rows: FeedbackRow[], regions: FoundRegions | null, confidence: string, boundaries: {label: string, note: string}[], position: string, scored: boolean}} Feedback
 */

/** Why an answer differs, by its key. @type {readonly {key: string, why: Exclude<Why, "">, name: string}[]} */
export const WHYS = [
  { key: "1", why: "misread", name: "misread the rule" },
  { key: "2", why: "missed", name: "missed it" },
  { key: "3", why: "disagree", name: "disagree" },
];

/** How the stage draws marked places (region_paint.js), in words. @type {readonly {look: keyof FoundRegions, what: string}[]} */
export const REGION_LOOKS = [
  { look: "found", what: "found" },
  { look: "missed", what: "missed" },
  { look: "extra", what: "extra" },
];

/** Whether there is something to explain: gold does not accept the answer. @param {FeedbackRow} row */
export function isOff({ mark }) {
  return mark !== "within" && mark !== "not_judged";
}

/** @param {FeedbackRow} row @returns {{sign: string, word: string}} */
export function markOf({ mark, by }) {
  const levels = by ? `${Math.abs(by)} ` : "";
  switch (mark) {
    case "within": return { sign: "✓", word: "within" };
    case "lenient": return { sign: "↑", word: `${levels}too lenient` };
    case "strict": return { sign: "↓", word: `${levels}too strict` };
    case "different": return { sign: "≠", word: "different" };
    case "missing": return { sign: "–", word: "not answered" };
    default: return { sign: "·", word: "not judged" };
  }
}

/** What lies under a row, in words for who does not see it. @param {FeedbackRow} row */
export function spokenRow(row) {
  const { word } = markOf(row);
  return `${row.label}: ${word}. You: ${row.given || "no answer"}. Accepted: ${row.accepted}.`;
}

/** "level 4, Good" @param {Anchor} anchor */
export function levelWords({ level, name }) {
  return name ? `${level} ${name}` : String(level);
}
