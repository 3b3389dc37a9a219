// @ts-check
// Fetches pictures from the kernel in parts, so that no small message waits long behind a large one.
//
// One websocket carries everything, in order: a picture sent whole holds the kernel's answer to a key
// back for seconds on a slow link. The browser therefore pulls, two parts at a time: enough to keep
// the link busy, little enough to overtake. Every page hears the kernel's answers to every other
// page, so only what this page awaits is taken.

/** @typedef {{type: "need", picture: string, at: number}} Need  asks for the part that begins at byte `at` */
/** @typedef {{picture: string, at: number, size: number, media_type: string}} Part  `size`: of the whole picture */
/**
 * @typedef {object} TransferOptions
 * @property {(need: Need) => void} send
 * @property {(picture: string, bytes: DataView, mediaType: string) => void} arrived  a picture is whole
 * @property {() => number} [now]  milliseconds
 */
/**
 * What has come of one picture.
 * @typedef {object} Transfer
 * @property {Uint8Array | null} bytes  null until the first part tells the size
 * @property {number} step  bytes of every part but the last
 * @property {number[]} due  where the parts begin that are still to be asked for
 * @property {Map<number, number>} awaited  where the parts begin that were asked for, and when
 * @property {boolean} wanted  whether more than what is awaited will be asked for
 */

const IN_FLIGHT = 2;
/** After this long a part is taken for lost; a slow link, or a busy kernel, needs seconds. */
const LOST_AFTER_MS = 20_000;

export class PictureTransfers {
  /** @type {Map<string, Transfer>} the most urgent first */
  #open = new Map();
  /** @type {Map<string, number>} when the kernel said that it has no such picture */
  #refused = new Map();
  #send;
  #arrived;
  #now;

  /** @param {TransferOptions} options */
  constructor({ send, arrived, now = () => performance.now() }) {
    this.#send = send;
    this.#arrived = arrived;
    this.#now = now;
  }

  /**
   * Fetch these and no others. What has come of a picture is kept; parts that are lost, and pictures
   * that the kernel did not have, are asked for again after a while. A picture that is no longer
   * among them is forgotten as soon as the parts that are under way have come.
   * @param {readonly string[]} pictures  the most urgent first
   */
  request(pictures) {
    const before = this.#open;
    this.#open = new Map();
    for (const picture of pictures) {
      if (this.#isRecent(this.#refused.get(picture))) continue;
      this.#open.set(picture, { ...(before.get(picture) ?? begun()), wanted: true });
    }
    for (const [picture, transfer] of before) {
      if (!this.#open.has(picture)) this.#open.set(picture, { ...transfer, wanted: false });
    }
    this.#giveUpLost();
    this.#forget();
    this.#fill();
  }

  /**
   * Take a part, if it is awaited, and ask for the next.
   * @param {Part} part
   * @param {DataView} buffer
   */
  receive({ picture, at, size, media_type: mediaType }, buffer) {
    const transfer = this.#open.get(picture);
    if (!transfer?.awaited.delete(at)) return;
    if (!store(transfer, at, size, buffer)) {
      this.refuse(picture);
      return;
    }
    const whole = !transfer.due.length && !transfer.awaited.size;
    if (whole) this.#open.delete(picture);
    this.#forget();
    this.#fill();
    if (whole) this.#arrived(picture, viewOf(transfer), mediaType);
  }

  /** The kernel cannot give this picture: the others go on. @param {string} picture */
  refuse(picture) {
    if (!this.#open.delete(picture)) return;
    this.#refused.set(picture, this.#now());
    this.#fill();
  }

  /** @param {number | undefined} time */
  #isRecent(time) {
    return time !== undefined && this.#now() - time < LOST_AFTER_MS;
  }

  #giveUpLost() {
    for (const { due, awaited } of this.#open.values()) {
      const lost = [...awaited].flatMap(([at, asked]) => (this.#isRecent(asked) ? [] : [at]));
      for (const at of lost) awaited.delete(at);
      due.unshift(...lost);
    }
  }

  #forget() {
    for (const [picture, { wanted, awaited }] of this.#open) {
      if (!wanted && !awaited.size) this.#open.delete(picture);
    }
  }

  #fill() {
    let free = IN_FLIGHT;
    for (const { awaited } of this.#open.values()) free -= awaited.size;
    for (const [picture, { due, awaited, wanted }] of this.#open) {
      if (!wanted) continue;
      for (const at of due.splice(0, Math.max(free, 0))) {
        awaited.set(at, this.#now());
        free -= 1;
        this.#send({ type: "need", picture, at });
      }
    }
  }
}

/** @returns {Transfer} one of which nothing was asked for yet */
function begun() {
  return { bytes: null, step: 0, due: [0], awaited: new Map(), wanted: true };
}

/**
 * Put a part in its place; the first one tells how many there are.
 * @param {Transfer} transfer
 * @param {number} at
 * @param {number} size
 * @param {DataView} buffer
 * @returns {boolean} false if it does not fit: an empty part would be asked for for ever
 */
function store(transfer, at, size, buffer) {
  const length = buffer.byteLength;
  const isFirst = transfer.bytes === null;
  const total = transfer.bytes?.length ?? size;
  const expected = Math.min(isFirst ? length : transfer.step, total - at);
  if (length === 0 || length !== expected || size !== total) return false;
  transfer.bytes ??= new Uint8Array(size);
  transfer.bytes.set(new Uint8Array(buffer.buffer, buffer.byteOffset, length), at);
  if (!isFirst) return true;
  transfer.step = length;
  for (let next = length; next < size; next += length) transfer.due.push(next);
  return true;
}

/** @param {Transfer} transfer */
function viewOf({ bytes }) {
  return new DataView(/** @type {Uint8Array} */ (bytes).buffer);
}
