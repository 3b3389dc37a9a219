// @ts-check
// The steps of the tour, without a page: what each says, what it points at, and what a person does
// to go on. Enter always goes on; the steps can be read without doing them.

/**
 * What a person did, and how the panel stands after it.
 * @typedef {object} Gesture
 * @property {"keydown" | "keyup" | "wheel" | "answered" | "written" | "seen"} what
 * @property {string} [code]  of a key
 * @property {boolean} [shift]
 * @property {boolean} [levels]  whether the open question has levels now
 * @property {boolean} [rowAsks]  whether the open question is one of the rubric, and not the confidence
 */
/**
 * @typedef {object} TourStep
 * @property {string} say
 * @property {string[]} keys  printed before the words
 * @property {string} at  selector of what it points at; the first that is seen
 * @property {(gesture: Gesture) => boolean} does  whether this gesture is one of those it waits for
 * @property {number} [times]  how many of them; 1 without it
 */

/** @param {string} code @param {"keydown" | "keyup"} [what] @returns {(gesture: Gesture) => boolean} */
function key(code, what = "keydown") {
  return (gesture) => gesture.what === what && gesture.code === code && !gesture.shift;
}

const DIGIT = /^(Digit|Numpad)[1-9]$/;

/** @type {readonly TourStep[]} */
export const TOUR_STEPS = [
  {
    say: "This was asked. Read it before you look at the pictures.",
    keys: [], at: ".ew-intro, .ew-stage-texts", does: ({ what }) => what === "seen",
  },
  {
    say: "Hold it to see the original in the same place, and let go. What flickers has changed.",
    keys: ["Space"], at: ".ew-stage-view", does: key("Space", "keyup"),
  },
  {
    say: "The same without holding: it turns to the original, and back. Press it twice.",
    keys: ["X"], at: '[data-tool="turn"]', does: key("KeyX"), times: 2,
  },
  {
    say: "Real pixels, and the whole picture again. Press it twice, or turn the wheel over the picture.",
    keys: ["Z"], at: '[data-tool="actual"]', does: (gesture) => key("KeyZ")(gesture) || gesture.what === "wheel", times: 2,
  },
  {
    say: "A digit answers the open question and opens the next. Answer down to the first with levels.",
    keys: ["1 – 9"], at: ".ew-row.ew-focused", does: ({ what, levels }) => what === "answered" && levels === true,
  },
  {
    say: "Levels: read what each stands for; a digit answers. With Shift, a second one that you could defend: try that.",
    keys: ["⇧ 1 – 5"], at: ".ew-row.ew-focused", does: ({ what, code, shift }) => what === "keydown" && DIGIT.test(code ?? "") && shift === true,
  },
  {
    say: "A note: what you see, where, and the rule. Write a few words, then leave it by Esc.",
    keys: ["J"], at: ".ew-row.ew-focused", does: ({ what }) => what === "written",
  },
  {
    say: "How sure are you? C, then 1 guessing, 2 fairly sure, 3 certain. It is asked before the feedback.",
    keys: ["C", "1 – 3"], at: '[data-row="#confidence"]', does: ({ what, code, rowAsks, shift }) => what === "keydown" && /^(Digit|Numpad)[123]$/.test(code ?? "") && rowAsks === false && !shift,
  },
  {
    say: "Submit. Here it ends the tour, and nothing is kept. All keys: press ? at any time.",
    keys: ["Ctrl ⏎"], at: ".ew-submit", does: () => false,
  },
];

export class Tour {
  /** Index of the step; -1 while it does not run. */
  at = -1;
  #done = 0; // how often the step was done

  /** @returns {TourStep | undefined} */
  get step() {
    return TOUR_STEPS[this.at];
  }

  get isLast() {
    return this.at === TOUR_STEPS.length - 1;
  }

  begin() {
    this.at = 0;
    this.#done = 0;
  }

  end() {
    this.at = -1;
  }

  /** On to the next step; from the last there is none. @returns {boolean} */
  next() {
    if (!this.step || this.isLast) return false;
    this.at += 1;
    this.#done = 0;
    return true;
  }

  /** @param {Gesture} gesture @returns {boolean} whether this led on */
  hear(gesture) {
    const { step } = this;
    if (!step?.does(gesture)) return false;
    this.#done += 1;
    return this.#done >= (step.times ?? 1) && this.next();
  }
}
