// @ts-check
// A rate with its interval, against its target: the interval is a band, the rate a dot, the target a line.

import { make } from "./form_elements.js";

/** @typedef {{value: number | null, low: number | null, high: number | null, target: number | null}} Rate */

/** Where a share from 0 to 1 stands on the bar, as CSS. @param {number} share */
export function placeOf(share) {
  return `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`;
}

/** A share as people read it. @param {number} share */
export function percent(share) {
  return `${Math.round(100 * share)} %`;
}

/** The interval and the target of a rate in words. @param {Rate} rate */
export function rangeInWords({ low, high, target }) {
  const range = low === null || high === null ? [] : [`${Math.round(100 * low)} to ${percent(high)}`];
  const aim = target === null ? [] : [`target ${percent(target)}`];
  return [...range, ...aim].join(", ");
}

/** A rate in words: for whoever cannot see the bar, and beside it. @param {Rate} rate */
export function rateInWords(rate) {
  if (rate.value === null) return "no answer to go by";
  return [percent(rate.value), rangeInWords(rate)].filter(Boolean).join(" · ");
}

/** @param {Rate} rate @param {string} label */
export function intervalBar(rate, label) {
  const bar = make("div", "ew-rate");
  bar.setAttribute("role", "img");
  bar.setAttribute("aria-label", `${label}: ${rateInWords(rate)}`);
  if (rate.low !== null && rate.high !== null) {
    const band = make("span", "ew-rate-band");
    band.style.left = placeOf(rate.low);
    band.style.right = placeOf(1 - rate.high);
    bar.append(band);
  }
  for (const [share, className] of /** @type {const} */ ([[rate.target, "ew-rate-target"], [rate.value, "ew-rate-value"]])) {
    if (share === null) continue;
    const mark = make("span", className);
    mark.style.left = placeOf(share);
    bar.append(mark);
  }
  return bar;
}
