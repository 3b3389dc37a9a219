// @ts-check
// Pictures that travel as bytes in a trait, as addresses for <img>: made when they are first asked
// for, given back when the trait no longer has them.

/** @typedef {{create: (blob: Blob) => string, revoke: (url: string) => void}} UrlMaker */

/** @type {UrlMaker} */
const BROWSER_URLS = { create: (blob) => URL.createObjectURL(blob), revoke: (url) => URL.revokeObjectURL(url) };

export class PictureUrls {
  /** @type {Record<string, DataView>} */
  #bytes = {};
  /** @type {Map<string, string>} */
  #urls = new Map();
  #maker;

  /** @param {UrlMaker} [maker] */
  constructor(maker = BROWSER_URLS) {
    this.#maker = maker;
  }

  /** Take the pictures of the trait. @param {Record<string, DataView>} bytes  by hash */
  take(bytes) {
    this.#bytes = bytes;
    for (const [hash, url] of this.#urls) {
      if (hash in bytes) continue;
      this.#maker.revoke(url);
      this.#urls.delete(hash);
    }
  }

  /** The address of a picture; "" if there is none. @param {string | undefined} hash */
  of(hash) {
    const known = this.#urls.get(hash ?? "");
    const bytes = this.#bytes[hash ?? ""];
    if (known || !hash || !bytes) return known ?? "";
    const url = this.#maker.create(new Blob([/** @type {DataView<ArrayBuffer>} */ (bytes)], { type: "image/jpeg" }));
    this.#urls.set(hash, url);
    return url;
  }

  clear() {
    this.take({});
  }
}
