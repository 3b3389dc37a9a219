// @ts-check
// What the lead has asked the kernel for and is not answered yet. A kernel can be busy for seconds:
// until it answers, the button looks pressed and the board says that it works.

import { keyRoot } from "./keys.js";

/**
 * Resolves to whether the act was done.
 * @typedef {(act: string, ...said: unknown[]) => Promise<boolean>} Act
 */

/** Acts that mean more when they are pressed twice; of all others the second press is a slip. */
const REPEATED = new Set(["turn", "next_criterion", "step", "pick_beside"]);

export class Asks {
  /** @type {Map<number, {what: string, done: (done: boolean) => void}>} */
  #open = new Map();
  #n = 0;

  /** @param {(content: Record<string, unknown>) => void} send @param {HTMLElement} el */
  constructor(send, el) {
    this.send = send;
    this.el = el;
  }

  /** @type {Act} */
  act = (act, ...said) => {
    const what = JSON.stringify([act, said]);
    if (!REPEATED.has(act) && [...this.#open.values()].some((one) => one.what === what)) return Promise.resolve(false);
    const n = ++this.#n;
    const answer = new Promise((/** @type {(done: boolean) => void} */ done) => this.#open.set(n, { what, done }));
    this.send({ type: "act", n, act, said });
    if (act !== "look") this.#count(1, answer);
    return answer;
  };

  /** The kernel has answered one of them. @param {Record<string, any>} content */
  answered = (content) => {
    if (content.type !== "answered") return;
    const ask = this.#open.get(content.n);
    this.#open.delete(content.n);
    ask?.done(content.done);
  };

  /** The board counts what all its parts wait for. @param {number} by @param {Promise<boolean>} answer */
  #count(by, answer) {
    const root = keyRoot(this.el);
    const add = (/** @type {number} */ more) => (root.dataset.waiting = String(Number(root.dataset.waiting ?? 0) + more));
    add(by);
    answer.then(() => add(-by));
  }
}
