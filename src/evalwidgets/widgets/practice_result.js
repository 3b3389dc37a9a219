// @ts-check
// The result of an exam: the verdict in a sentence, the evidence as bars, three things to work on, the rule.

import { make } from "./form_elements.js";
import { intervalBar, percent, rangeInWords, rateInWords } from "./interval_bar.js";

/**
 * @typedef {import("./interval_bar.js").Rate} Rate
 * @typedef {Rate & {label: string, n: number, note: string}} CriterionRate
 * @typedef {{kind: "result", verdict: "pass" | "not_yet" | "not_enough" | "none", title: string, sentence: string, rate: Rate | null, criteria: CriterionRate[], focus: string[], rule: string[], links: {label: string, what: string}[]}} Result
 */

/** A sign for each verdict, so that none is told by colour alone; none of them is an alarm. */
const SIGNS = { pass: "✓", not_yet: "↗", not_enough: "…", none: "" };

/** The link that a key opens: its number, or Enter for the first. @param {Result["links"]} links @param {string} key */
export function linkOf(links, key) {
  return (key === "Enter" ? links[0] : links[Number(key) - 1]) ?? null;
}

/** @param {Result} result @param {(what: string) => void} open */
export function drawResult(result, open) {
  const page = make("div", "ew-result");
  const main = make("div", "ew-result-main");
  main.append(head(result));
  if (result.rate) main.append(overall(result.rate));
  if (result.criteria.length) main.append(make("h2", "", "By criterion"), criteria(result.criteria), legend());
  const side = make("aside", "ew-result-side");
  if (result.focus.length) side.append(make("h2", "", "What to work on"), listOf("ol", "ew-result-focus", result.focus));
  if (result.rule.length) side.append(make("h2", "", "How this was decided"), listOf("ul", "ew-result-rule", result.rule));
  side.append(links(result.links, open));
  page.append(main, side);
  return page;
}

/** @param {Result} result */
function head(result) {
  const box = make("header", `ew-verdict ew-verdict-${result.verdict.replace("_", "-")}`);
  const words = make("div");
  words.append(make("h1", "", result.title), make("p", "", result.sentence));
  if (SIGNS[result.verdict]) box.append(make("span", "ew-verdict-sign", SIGNS[result.verdict]));
  box.append(words);
  return box;
}

/** @param {Rate} rate */
function overall(rate) {
  const box = make("div", "ew-overall");
  const line = make("div", "ew-overall-line");
  line.append(make("b", "ew-overall-value", rate.value === null ? "–" : percent(rate.value)), make("span", "", rate.value === null ? rateInWords(rate) : `within tolerance · ${rangeInWords(rate)}`));
  const scale = make("div", "ew-rate-scale");
  scale.append(...[0, 25, 50, 75, 100].map((share) => make("span", "", `${share} %`)));
  box.append(line, intervalBar(rate, "All criteria"), scale);
  return box;
}

/** @param {CriterionRate[]} rates */
function criteria(rates) {
  const list = make("div", "ew-rates");
  for (const one of rates) {
    const words = make("span", "ew-rates-words", `${rateInWords(one)} · n = ${one.n}`);
    if (one.note) words.append(make("span", "ew-rates-note", one.note));
    list.append(make("span", "ew-rates-label", one.label), intervalBar(one, one.label), words);
  }
  return list;
}

function legend() {
  const line = make("div", "ew-rate-legend");
  for (const [className, word] of [["ew-rate-value", "share of answers within tolerance"], ["ew-rate-band", "its interval: where the true share may lie"], ["ew-rate-target", "target"]]) {
    const one = make("span");
    const sample = make("span", "ew-rate-sample");
    sample.append(make("span", className));
    one.append(sample, word);
    line.append(one);
  }
  return line;
}

/** @param {"ol" | "ul"} tag @param {string} className @param {string[]} sentences */
function listOf(tag, className, sentences) {
  const list = make(tag, className);
  list.append(...sentences.map((sentence) => make("li", "", sentence)));
  return list;
}

/** @param {Result["links"]} given @param {(what: string) => void} open */
function links(given, open) {
  const box = make("div", "ew-result-links");
  given.forEach((link, at) => {
    const button = make("button", `ew-wall-button${at ? "" : " ew-main"}`);
    button.type = "button";
    button.append(make("kbd", "ew-key", at ? String(at + 1) : "⏎"), make("span", "", link.label));
    button.addEventListener("click", () => open(link.what));
    box.append(button);
  });
  return box;
}
