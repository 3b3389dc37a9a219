// @ts-check
// Pictures that a part of the stage needs beside those of its scene: fetched, kept, and drawn once there.

/** @typedef {import("./stage_canvas.js").Stage} PictureStage */

const ASK_AGAIN_MS = 5000;

export class PartPictures {
  /** @type {string[]} */
  #wanted = [];
  #again = 0; // timer: ask again for what did not come
  #stage;

  /** @param {PictureStage} stage */
  constructor(stage) {
    this.#stage = stage;
    const { cache, signal } = stage;
    cache.onArrival(() => this.#arrived(), signal);
    signal.addEventListener("abort", () => {
      this.#stopAsking();
      cache.release(this);
    });
  }

  /** Need these from now on, and no others. @param {string[]} pictures */
  want(pictures) {
    if (String(pictures) === String(this.#wanted)) return;
    this.#wanted = pictures;
    this.#hold();
  }

  /** @param {string} picture */
  get(picture) {
    return this.#stage.cache.get(picture);
  }

  #hold() {
    this.#stage.cache.hold(this, this.#wanted);
    if (this.#isLacking()) this.#again ||= setInterval(() => this.#hold(), ASK_AGAIN_MS);
    else this.#stopAsking();
  }

  #isLacking() {
    return this.#wanted.some((picture) => !this.get(picture));
  }

  #arrived() {
    if (!this.#wanted.length) return;
    if (!this.#isLacking()) this.#stopAsking();
    this.#stage.look();
  }

  #stopAsking() {
    clearInterval(this.#again);
    this.#again = 0;
  }
}
