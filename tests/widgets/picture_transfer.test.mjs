// Fetching pictures in parts: what is asked for when, and that every byte comes to its place.
import assert from "node:assert/strict";
import test from "node:test";

import { PictureTransfers } from "../../src/evalwidgets/widgets/picture_transfer.js";

const STEP = 10;

/** Transfers from a kernel that has these pictures, and everything they did. */
function transfersOf(sizes) {
  const did = { sent: [], arrived: {}, time: 0 };
  const transfers = new PictureTransfers({
    send: ({ type, picture, at }) => did.sent.push(`${type} ${picture} ${at}`),
    arrived: (picture, bytes, mediaType) => (did.arrived[picture] = { bytes, mediaType }),
    now: () => did.time,
  });
  const answer = (name, at) => transfers.receive(partOf(name, at, sizes[name]), bytesOf(name, at, sizes[name]));
  let answered = 0;
  /** Answer what was asked for, in order, until nothing is. */
  const answerAll = () => {
    for (; answered < did.sent.length; answered += 1) {
      const [, name, at] = did.sent[answered].split(" ");
      answer(name, Number(at));
    }
  };
  return { transfers, did, answer, answerAll };
}

function partOf(picture, at, size) {
  return { picture, at, size, media_type: `image/${picture}` };
}

/** The bytes of a part, inside a larger buffer as a websocket message has them. */
function bytesOf(name, at, size) {
  const length = Math.min(STEP, size - at);
  const message = new Uint8Array(length + 7).fill(255);
  for (let byte = 0; byte < length; byte += 1) message[3 + byte] = valueOf(name, at + byte);
  return new DataView(message.buffer, 3, length);
}

function valueOf(name, place) {
  return (name.charCodeAt(0) * 31 + place) % 251;
}

function assertWhole({ bytes, mediaType }, name, size) {
  const expected = Array.from({ length: size }, (_, place) => valueOf(name, place));
  const actual = Array.from({ length: bytes.byteLength }, (_, place) => bytes.getUint8(place));
  assert.deepEqual(expected, actual);
  assert.equal(`image/${name}`, mediaType);
}

test("the first part of a picture tells its size, and two are in flight from then on", () => {
  const { transfers, did, answer } = transfersOf({ a: 45 });

  transfers.request(["a"]);
  assert.deepEqual(["need a 0"], did.sent);
  answer("a", 0);
  assert.deepEqual(["need a 10", "need a 20"], did.sent.slice(1));
  answer("a", 10);
  assert.deepEqual(["need a 30"], did.sent.slice(3));
});

for (const size of [1, STEP - 1, STEP, STEP + 1, 3 * STEP, 45]) {
  test(`a picture of ${size} bytes arrives once, with every byte in its place`, () => {
    const { transfers, did, answerAll } = transfersOf({ a: size });

    transfers.request(["a"]);
    answerAll();

    assertWhole(did.arrived.a, "a", size);
    assert.equal(Math.ceil(size / STEP), did.sent.length);
  });
}

test("parts that come in another order are put in their places", () => {
  const { transfers, did, answer, answerAll } = transfersOf({ a: 35 });
  transfers.request(["a"]);
  answer("a", 0);

  answer("a", 20);
  answer("a", 10);
  assert.deepEqual({}, did.arrived);
  answerAll();

  assertWhole(did.arrived.a, "a", 35);
});

test("never are more than two parts in flight, whatever is requested meanwhile", () => {
  const sizes = { a: 25, b: 31, c: 8, d: 60 };
  const { transfers, did, answer } = transfersOf(sizes);
  const names = Object.keys(sizes);

  transfers.request(["a", "b"]);
  for (let answered = 0; answered < did.sent.length; answered += 1) {
    assert.ok(did.sent.length - answered <= 2, did.sent.join(", "));
    const [, name, at] = did.sent[answered].split(" ");
    answer(name, Number(at));
    transfers.request([names[answered % 4], "c", ...names].filter((each) => !did.arrived[each]));
  }

  assert.deepEqual(names, Object.keys(did.arrived).sort());
  for (const name of names) assertWhole(did.arrived[name], name, sizes[name]);
});

test("pictures come in the order they were requested in", () => {
  const { transfers, did, answerAll } = transfersOf({ c: 45, a: 45, b: 45 });

  transfers.request(["c", "a", "b"]);
  answerAll();

  assert.deepEqual(["c", "a", "b"], Object.keys(did.arrived));
});

test("what becomes urgent overtakes the rest of what is under way", () => {
  const { transfers, did, answer, answerAll } = transfersOf({ a: 95, b: 95, z: 25 });
  transfers.request(["a", "b"]);
  answer("a", 0);

  transfers.request(["z", "a", "b"]);
  answer("b", 0);
  answer("a", 10);

  assert.deepEqual(["need z 0"], did.sent.slice(3, 4));
  answerAll();
  assert.deepEqual(["z", "a", "b"], Object.keys(did.arrived));
  assertWhole(did.arrived.a, "a", 95);
  assertWhole(did.arrived.b, "b", 95);
});

test("what waits already is moved to the front and not begun anew", () => {
  const { transfers, did, answer, answerAll } = transfersOf({ a: 45, b: 45, c: 45 });
  transfers.request(["a", "b", "c"]);
  answer("a", 0);

  transfers.request(["c", "b", "a"]);
  answerAll();

  assert.deepEqual(["c", "b", "a"], Object.keys(did.arrived));
  assert.equal(new Set(did.sent).size, did.sent.length);
});

test("a part that was not awaited, or comes twice, changes nothing", () => {
  const { transfers, did, answer, answerAll } = transfersOf({ a: 35, other: 9 });
  answer("other", 0);
  transfers.request(["a"]);
  answer("a", 10);
  answer("a", 0);
  transfers.receive(partOf("a", 0, 99), new DataView(new ArrayBuffer(STEP)));

  answerAll();
  answer("a", 30);

  assert.deepEqual(["a"], Object.keys(did.arrived));
  assertWhole(did.arrived.a, "a", 35);
  assert.equal(4, did.sent.length);
});

test("what is lost is asked for again after a while, and only that", () => {
  const { transfers, did, answer, answerAll } = transfersOf({ a: 45 });
  transfers.request(["a"]);
  answer("a", 0);
  answer("a", 20);
  did.sent.length = 0; // parts 10 and 30 are lost

  did.time = 19_999;
  transfers.request(["a"]);
  assert.deepEqual([], did.sent);
  did.time = 20_000;
  transfers.request(["a"]);
  assert.deepEqual(["need a 10", "need a 30"], did.sent);
  answer("a", 30);
  answer("a", 10);
  answer("a", 40);

  assertWhole(did.arrived.a, "a", 45);
});

test("lost parts of one picture do not keep another waiting for ever", () => {
  const { transfers, did, answer } = transfersOf({ a: 5, b: 5, c: 5 });
  transfers.request(["a", "b"]);

  did.time = 20_000;
  transfers.request(["c", "a", "b"]);
  answer("c", 0);

  assert.deepEqual(["need c 0", "need a 0", "need b 0"], did.sent.slice(2));
  assertWhole(did.arrived.c, "c", 5);
});

test("a picture that has arrived can be fetched again: it was let go meanwhile", () => {
  const { transfers, did, answerAll } = transfersOf({ a: 5 });
  transfers.request(["a"]);
  answerAll();

  transfers.request(["a"]);

  assert.deepEqual(["need a 0", "need a 0"], did.sent);
});

test("a picture that the kernel does not have makes room, and is asked for again after a while", () => {
  const { transfers, did } = transfersOf({});
  transfers.request(["a", "b", "c"]);

  transfers.refuse("a");
  transfers.refuse("of another page");
  transfers.request(["a", "b", "c"]);
  assert.deepEqual(["need c 0"], did.sent.slice(2));
  did.time = 20_000;
  transfers.refuse("b");
  transfers.refuse("c");
  transfers.request(["a"]);

  assert.deepEqual(["need a 0"], did.sent.slice(3));
});

for (const [what, size, length] of [["an empty", 25, 0], ["a short", 25, 4], ["a long", 25, 11]]) {
  test(`${what} part ends the transfer instead of being asked for for ever`, () => {
    const { transfers, did, answer } = transfersOf({ a: size, b: 5 });
    transfers.request(["a"]);
    answer("a", 0);
    transfers.request(["a", "b"]);

    transfers.receive(partOf("a", 10, size), new DataView(new ArrayBuffer(length)));
    answer("a", 20);
    answer("b", 0);

    assert.deepEqual(["need a 0", "need a 10", "need a 20", "need b 0"], did.sent);
    assert.deepEqual(["b"], Object.keys(did.arrived));
  });
}

test("an empty first part ends the transfer too", () => {
  const { transfers, did } = transfersOf({});
  transfers.request(["a"]);

  transfers.receive(partOf("a", 0, 0), new DataView(new ArrayBuffer(0)));
  transfers.request(["a"]);

  assert.deepEqual([["need a 0"], {}], [did.sent, did.arrived]);
});

test("what is no longer requested is forgotten before it was begun", () => {
  const { transfers, did, answerAll } = transfersOf({ a: 25, b: 25, c: 25, d: 25 });
  transfers.request(["a", "b", "c", "d"]);

  transfers.request(["d"]);
  answerAll();

  assert.deepEqual(["need a 0", "need b 0", "need d 0", "need d 10", "need d 20"], did.sent);
  assert.deepEqual(["d"], Object.keys(did.arrived));
});

test("a picture that is forgotten under way ends with the parts that were asked for, and arrives if they are all", () => {
  const { transfers, did, answer } = transfersOf({ small: 9, large: 45 });
  transfers.request(["small", "large"]);

  transfers.request([]);
  answer("small", 0);
  answer("large", 0);
  assert.deepEqual(["small"], Object.keys(did.arrived));
  assert.equal(2, did.sent.length);

  transfers.request(["large"]);
  assert.deepEqual(["need large 0"], did.sent.slice(2));
});

test("a picture that is wanted again while its parts are under way goes on where it was", () => {
  const { transfers, did, answerAll } = transfersOf({ a: 45 });
  transfers.request(["a"]);

  transfers.request([]);
  transfers.request(["a"]);
  answerAll();

  assertWhole(did.arrived.a, "a", 45);
  assert.equal(5, did.sent.length);
});
