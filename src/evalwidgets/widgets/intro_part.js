// @ts-check
// Instruction first, then the original, then the edited picture: who judges an edit should know what
// was asked before they see what came of it. One key leads on; the form takes no answer before the
// end, which it is told by an event on the element of the whole panel:
//   ew:seen          stage to form: everything of the scene with this key was on the screen
//   ew:seen-wanted   form to stage: say it again, for a form that came later

import { isTyping } from "./keys.js";
import { setHidden } from "./stage_input.js";
import { element, say } from "./stage_page.js";

/** @typedef {import("./stage_canvas.js").Stage} IntroStage */
/** @typedef {import("./stage_canvas.js").Drawing} IntroDrawing */

const CAPTION = "What was asked";
const NEXT_WORDS = { asked: "", original: "show the original", all: "show the edited picture" };

export class IntroPart {
  #stage;
  #intro;
  #page;
  #said = ""; // what was announced last

  /**
   * @param {IntroStage} stage
   * @param {import("./intro.js").Intro} intro
   */
  constructor(stage, intro) {
    this.#stage = stage;
    this.#intro = intro;
    this.#page = buildIntro(() => this.#advance(), stage.signal);
    this.element = this.#page.host;
    stage.area.append(this.element);
  }

  /** Hear the key before form and tools do: until everything is seen, Space and Enter lead on. */
  start() {
    const { keys, signal } = this.#stage;
    keys.addEventListener("keydown", (event) => {
      if (!this.#isMeant(event)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) this.#advance();
    }, { capture: true, signal });
    keys.addEventListener("ew:seen-wanted", () => this.#intro.isSeen && this.#report(), { signal });
  }

  reset() {
    this.#said = "";
  }

  /** @param {IntroDrawing[]} drawings */
  write(drawings) {
    const { scene, root, keys } = this.#stage;
    const { step } = this.#intro;
    const { card, texts, next, word } = this.#page;
    const nothing = !scene?.pictures.some(({ width }) => width > 0); // a picture that cannot be shown holds nobody up
    if (scene && (drawings.length || nothing) && this.#intro.finish()) this.#report();
    if (step === "all") delete root.dataset.intro;
    else root.dataset.intro = step;
    setHidden(card, step !== "asked", keys);
    setHidden(next, step === "all", keys);
    if (step === "all" || !scene) return this.#silence();
    say(texts, scene.texts[0]?.text ?? "");
    say(word, NEXT_WORDS[this.#intro.next]);
    this.#announce(scene, step);
  }

  /** @param {KeyboardEvent} event */
  #isMeant(event) {
    const { root, keys } = this.#stage;
    const { code, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (this.#intro.step === "all" || ctrlKey || metaKey || altKey || shiftKey || event.defaultPrevented) return false;
    if (!/^(Space|(Numpad)?Enter)$/.test(code) || isTyping(event) || keys.classList.contains("ew-carded")) return false;
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    return !button || !root.contains(button); // a button of the stage that has the focus is pressed
  }

  #advance() {
    if (this.#intro.advance()) this.#stage.look();
  }

  #report() {
    const { scene, keys } = this.#stage;
    keys.dispatchEvent(new CustomEvent("ew:seen", { detail: { key: scene?.key } }));
  }

  /** What was said of a step does not outlast it. */
  #silence() {
    if (this.#said) this.#stage.announce([]);
    this.#said = "";
  }

  /** @param {import("./scene_track.js").Scene} scene @param {import("./intro.js").IntroStep} step */
  #announce(scene, step) {
    const words = [step === "asked" ? `${CAPTION}: ${scene.texts[0]?.text}` : "The original", `Space: ${NEXT_WORDS[this.#intro.next]}`];
    const said = words.join();
    if (said !== this.#said) this.#stage.announce(words);
    this.#said = said;
  }
}

/** @param {() => void} advance @param {AbortSignal} signal */
function buildIntro(advance, signal) {
  const texts = element("p", "ew-intro-text", { dir: "auto" });
  const card = element("section", "ew-intro", { role: "region", "aria-label": CAPTION }, [element("h3", "ew-intro-caption", {}, [CAPTION]), texts]);
  const word = element("span", "ew-intro-word");
  const next = element("button", "ew-intro-next", { type: "button" }, [element("kbd", "ew-key", { "aria-hidden": "true" }, ["Space"]), word]);
  next.addEventListener("click", advance, { signal });
  card.hidden = next.hidden = true;
  const host = element("div", "ew-intro-host", {}, [card, next]);
  return { host, card, texts, next, word };
}
