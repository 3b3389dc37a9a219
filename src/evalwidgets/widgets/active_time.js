// @ts-check
// Active seconds: the page is visible and the person has done something lately.

const IDLE_MS = 60_000; // looking hard at one picture is work; a minute without any sign is a pause

/** Counts active time; `tick` is told the time, so that tests need no clock. */
export class ActiveTime {
  constructor() {
    this.active = 0;
    this.last = 0;
    this.lastSign = 0;
    this.visible = true;
  }

  /** @param {number} now */
  start(now) {
    this.active = 0;
    this.last = now;
    this.lastSign = now;
  }

  /**
   * Something happened: a key, the mouse, the page shown or hidden.
   * @param {number} now
   * @param {boolean} visible
   */
  sign(now, visible) {
    this.tick(now);
    this.visible = visible;
    this.lastSign = now;
  }

  /** @param {number} now */
  tick(now) {
    if (this.visible) this.active += Math.max(0, Math.min(now, this.lastSign + IDLE_MS) - Math.max(this.last, 0));
    this.last = Math.max(now, this.last);
  }

  /**
   * @param {number} now
   * @returns {number} active seconds since `start`
   */
  seconds(now) {
    this.tick(now);
    return Math.round(this.active / 100) / 10;
  }
}
