// @ts-check
// The small pictures of a contact sheet: asked for while their cards are in sight, a few at a time, and let go
// when there are too many. What has been scrolled past before it was asked for is never asked for.

/** @typedef {{ask: (places: number[]) => void, create: (blob: Blob) => string, revoke: (url: string) => void, show: (place: number) => void}} ThumbDoors */

const AT_ONCE = 6; // what the kernel makes in one go: it can hear nothing else meanwhile
const KEPT = 500;

export class Thumbs {
  /** @type {Map<number, string>} */
  #urls = new Map();
  /** @type {Set<number>} */
  #asked = new Set();
  /** @type {number[]} */
  #wanted = [];

  /** @param {ThumbDoors} doors @param {number} [kept] */
  constructor(doors, kept = KEPT) {
    this.doors = doors;
    this.kept = kept;
  }

  /** These are in sight now, most wanted first; nothing else is wanted any more. @param {number[]} places */
  want(places) {
    this.#wanted = places;
    for (const place of places) {
      const url = this.#urls.get(place);
      if (url === undefined) continue;
      this.#urls.delete(place); // the last of the map was wanted last
      this.#urls.set(place, url);
    }
    this.#next();
  }

  /** One has come; without data it cannot be shown. @param {number} place @param {Blob | null} blob */
  came(place, blob) {
    this.#asked.delete(place);
    const old = this.#urls.get(place);
    if (old) this.doors.revoke(old);
    this.#urls.set(place, blob ? this.doors.create(blob) : "");
    this.#drop();
    this.doors.show(place);
    this.#next();
  }

  /** Its address; "" if it cannot be shown, undefined until it has come. @param {number} place */
  of(place) {
    return this.#urls.get(place);
  }

  clear() {
    for (const url of this.#urls.values()) if (url) this.doors.revoke(url);
    this.#urls.clear();
    this.#asked.clear();
    this.#wanted = [];
  }

  #next() {
    if (this.#asked.size) return;
    const places = this.#wanted.filter((place) => !this.#urls.has(place)).slice(0, AT_ONCE);
    if (!places.length) return;
    for (const place of places) this.#asked.add(place);
    this.doors.ask(places);
  }

  #drop() {
    const wanted = new Set(this.#wanted);
    for (const [place, url] of this.#urls) {
      if (this.#urls.size <= this.kept) return;
      if (wanted.has(place)) continue;
      if (url) this.doors.revoke(url);
      this.#urls.delete(place);
    }
  }
}
