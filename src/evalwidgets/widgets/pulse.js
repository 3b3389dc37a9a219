// @ts-check
// A pulse: a message every few seconds while it is wanted and somebody can see the page.

const EVERY_MS = 3000; // a meeting feels prompt, and a store is read a few times a minute

/**
 * The parts of a browser that a pulse needs; a test hands over its own.
 * @typedef {{page: {visibilityState: string, addEventListener: (name: string, act: () => void, options: {signal: AbortSignal}) => void}, every: (act: () => void, ms: number) => any, stop: (timer: any) => void}} Browser
 */

/** @returns {Browser} */
function thisBrowser() {
  return { page: document, every: (act, ms) => setInterval(act, ms), stop: (timer) => clearInterval(timer) };
}

/** Beats while it is wanted, the page is visible and the view lives. */
export class Pulse {
  /** @param {() => void} beat @param {AbortSignal} signal @param {Browser} [browser] */
  constructor(beat, signal, browser = thisBrowser()) {
    this.beat = beat;
    this.signal = signal;
    this.browser = browser;
    this.wanted = false;
    /** @type {any} */
    this.timer = null;
    browser.page.addEventListener("visibilitychange", () => this.turn(), { signal });
    signal.addEventListener("abort", () => this.turn());
  }

  /** @param {boolean} wanted */
  follow(wanted) {
    this.wanted = wanted;
    this.turn();
  }

  /** Begin or end as things stand; whoever comes back to the page hears the news at once. */
  turn() {
    const beats = this.wanted && this.browser.page.visibilityState === "visible" && !this.signal.aborted;
    if (beats === (this.timer !== null)) return;
    if (this.timer !== null) this.browser.stop(this.timer);
    this.timer = beats ? this.browser.every(() => this.once(), EVERY_MS) : null;
    if (beats) this.once();
  }

  once() {
    try {
      this.beat();
    } catch {
      this.follow(false); // the kernel is gone, and with it whoever would listen
    }
  }
}
