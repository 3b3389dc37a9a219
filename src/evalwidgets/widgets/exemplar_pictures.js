// @ts-check
// The pictures of an exemplar wall: small ones that came with it, large ones that are asked for when one is opened.

export class ExemplarPictures {
  /** @type {Map<string, string>} */
  #small = new Map();
  /** @type {Map<string, string>} */
  #large = new Map();
  /** @type {Map<string, HTMLImageElement>} */
  #ready = new Map();
  /** @type {Set<string>} */
  #asked = new Set();

  /** @param {(name: string) => void} ask  asks the kernel for a picture with all its pixels */
  constructor(ask) {
    this.ask = ask;
  }

  /** Hold these small pictures beside those that are held already. @param {Record<string, BlobPart>} pictures */
  hold(pictures) {
    for (const [name, data] of Object.entries(pictures))
      if (!this.#small.has(name)) this.#small.set(name, URL.createObjectURL(new Blob([data], { type: "image/jpeg" })));
  }

  /** Resolve once every small picture can be painted at once, or cannot be painted at all. */
  async decoded() {
    const decode = async (/** @type {string} */ url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      this.#ready.set(url, image); // held, so that it stays decoded
    };
    const fresh = [...this.#small.values()].filter((url) => !this.#ready.has(url));
    await Promise.allSettled(fresh.map(decode));
  }

  /** Let go of every small picture but these. @param {string[]} names */
  drop(names) {
    for (const [name, url] of this.#small) {
      if (names.includes(name)) continue;
      URL.revokeObjectURL(url);
      this.#ready.delete(url);
      this.#small.delete(name);
    }
  }

  /** A large picture has come. @param {string} name @param {string} media @param {BlobPart} data */
  enlarge(name, media, data) {
    if (!this.#large.has(name)) this.#large.set(name, URL.createObjectURL(new Blob([data], { type: media })));
  }

  /** @param {string} name */
  small(name) {
    return this.#small.get(name) ?? "";
  }

  /** The large picture, or the small one until it has come. @param {string} name */
  large(name) {
    if (name && !this.#large.has(name) && !this.#asked.has(name)) {
      this.#asked.add(name);
      this.ask(name);
    }
    return this.#large.get(name) ?? this.small(name);
  }

  release() {
    for (const url of [...this.#small.values(), ...this.#large.values()]) URL.revokeObjectURL(url);
    this.#small.clear();
    this.#ready.clear();
    this.#large.clear();
    this.#asked.clear();
  }
}
