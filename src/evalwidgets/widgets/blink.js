// @ts-check
// Blinking: turns by itself at a steady pace, frame by frame, never faster than it says.
//
// A turn is due when its period is over since the last one. It is never made up for: a page that was
// late would flash. Frames stand still while the page is hidden, and so does this.

/** Changes a second. Flashes may not exceed 3 a second (WCAG 2.3.1); a change is half a flash. */
export const BLINK_RATES = [1, 2, 3];

/** @param {number} rate @returns {number} the next rate; after the fastest the slowest */
export function nextRate(rate) {
  return BLINK_RATES[(BLINK_RATES.indexOf(rate) + 1) % BLINK_RATES.length];
}

/** @typedef {{request: (callback: (now: number) => void) => number, cancel: (id: number) => void}} Frames */

export class Blink {
  #frame = 0; // 0: stopped
  #last = -1; // when it turned last; before the first frame: never
  #rate;
  #turn;
  #frames;

  /**
   * @param {() => number} rate  changes a second
   * @param {() => void} turn
   * @param {Frames} frames  the browser's animation frames
   */
  constructor(rate, turn, frames) {
    this.#rate = rate;
    this.#turn = turn;
    this.#frames = frames;
  }

  get on() {
    return this.#frame !== 0;
  }

  /** The first turn comes a period from now: what is seen is looked at first. */
  start() {
    if (this.on) return;
    this.#last = -1;
    this.#again();
  }

  stop() {
    this.#frames.cancel(this.#frame);
    this.#frame = 0;
  }

  #again() {
    this.#frame = this.#frames.request((now) => this.#tick(now));
  }

  /** @param {number} now  in milliseconds */
  #tick(now) {
    this.#again();
    if (this.#last < 0) this.#last = now;
    if (now - this.#last < 1000 / this.#rate()) return;
    this.#last = now;
    this.#turn();
  }
}
