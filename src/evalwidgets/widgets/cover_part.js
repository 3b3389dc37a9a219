// @ts-check
// Sensitive pictures: the content note comes first, and the person chooses what to see of them, and how.
//
// Each picture stays under its cover until it is revealed, or while a key is held to peek; each time
// is reported to the kernel once, which gives the picture and keeps count. The card lies over the
// picture area until something is revealed, then it is a row below it.

import { LOOKS, meantBy, revealedOf } from "./covers.js";
import { PartPictures } from "./part_pictures.js";
import { setHidden } from "./stage_input.js";
import { element, say } from "./stage_page.js";
import { showTool, toolButton } from "./stage_bar.js";

/** @typedef {import("./stage_canvas.js").Stage} CoverStage */
/** @typedef {import("./scene_track.js").Picture} SensitivePicture */
/** @typedef {import("./stage_tools.js").Tool} CoverTool */

/** The most pictures of one scene: an original and four candidates. */
const PLACES = 5;
const LOOK_WORDS = { blurred: "Blurred", grey: "Grey", full: "Full" };
const CHOICE = "It stays covered until you show it. Blurred, grey or full is a choice of how to look, not a protection.";

export class CoverPart {
  #stage;
  #covers;
  #pictures;
  #card;
  /** @type {[HTMLButtonElement, CoverTool][]} the card's own buttons */
  #buttons;
  /** @type {string | null} role of the picture under the pointer */
  #under = null;
  /** Whether something was revealed: then the card gives way. */
  #begun = false;
  #noted = ""; // key of the scene whose note was announced

  /**
   * @param {CoverStage} stage
   * @param {import("./covers.js").Covers} covers
   */
  constructor(stage, covers) {
    this.#stage = stage;
    this.#covers = covers;
    this.#pictures = new PartPictures(stage);
    this.tools = [this.#revealing(() => this.#meant, "reveal", "U"), this.#peeking(() => this.#meant, "peek", "Shift+U"), this.#lookingNext()];
    const rows = Array.from({ length: PLACES }, (_, place) => this.#row(place));
    const looks = LOOKS.map((look) => this.#looking(look));
    this.#buttons = [...rows.flat(), ...looks, this.#skipping()].map((tool) => [toolButton(tool, stage.signal), tool]);
    this.#card = buildCard(this.#buttons.map(([button]) => button));
    this.element = this.#card.card;
    stage.area.after(this.element);
  }

  reset() {
    this.#covers.reset();
    this.#under = null;
    this.#begun = false;
    this.#noted = "";
  }

  /** @param {unknown} _at @param {import("./stage_canvas.js").Drawing | null} drawing */
  hover(_at, drawing) {
    const role = drawing?.picture.role ?? null;
    if (role === this.#under) return;
    this.#under = role;
    this.#show();
  }

  write() {
    this.#pictures.want(revealedOf(this.#stage.scene));
    this.#show();
  }

  /** The scene, if it is a sensitive one. */
  get #scene() {
    const { scene } = this.#stage;
    return scene?.sensitive ? scene : null;
  }

  get #meant() {
    return meantBy(this.#stage.pictures, this.#under);
  }

  /**
   * @param {() => SensitivePicture | undefined} of
   * @param {string} name
   * @param {string} key
   * @returns {CoverTool}
   */
  #revealing(of, name, key) {
    const open = () => this.#isRevealed(of());
    return {
      name, key, group: "evidence", keyOnly: true, print: "U",
      word: () => `${open() ? "Cover" : "Show"} ${nameOf(of())}`,
      label: () => (open() ? `Cover ${nameOf(of())} again` : `Show ${nameOf(of())}`),
      shown: () => this.#scene !== null && of() !== undefined,
      on: open,
      act: () => this.#reveal(of()),
    };
  }

  /**
   * @param {() => SensitivePicture | undefined} of
   * @param {string} name
   * @param {string} key
   * @returns {CoverTool}
   */
  #peeking(of, name, key) {
    return {
      name, key, group: "evidence", keyOnly: true, print: "⇧ U",
      word: () => "Peek",
      label: () => `Peek at ${nameOf(of())} for as long as you hold`,
      shown: () => this.#scene !== null && of() !== undefined && !this.#isRevealed(of()),
      on: () => this.#covers.isPeeking,
      act: () => this.#peek(of()),
      release: () => this.#unpeek(),
    };
  }

  /** @param {import("./covers.js").OpenLook} look @returns {CoverTool} */
  #looking(look) {
    return {
      name: look, key: "", group: "evidence", print: "",
      word: () => LOOK_WORDS[look],
      label: () => `${LOOK_WORDS[look]}: how pictures look once they are shown`,
      shown: () => this.#scene !== null,
      on: () => this.#covers.look === look,
      act: () => this.#choose(look),
    };
  }

  /** @returns {CoverTool} */
  #lookingNext() {
    const next = () => LOOKS[(LOOKS.indexOf(this.#covers.look) + 1) % LOOKS.length];
    return {
      name: "look-next", key: "Shift+G", group: "evidence", keyOnly: true, print: "⇧ G",
      word: () => "",
      label: () => "Blurred, grey, full: the next of them",
      shown: () => this.#scene !== null,
      act: () => this.#choose(next()),
    };
  }

  /** The two buttons of one picture of the scene. @param {number} place */
  #row(place) {
    const of = () => {
      const picture = this.#scene?.pictures[place];
      return picture && picture.width > 0 ? picture : undefined;
    };
    const peeking = this.#peeking(of, `peek-${place}`, "");
    const inSight = () => this.#stage.pictures.some(({ role }) => role === of()?.role);
    return [this.#revealing(of, `reveal-${place}`, ""), { ...peeking, shown: () => peeking.shown() && inSight() }];
  }

  /** @returns {CoverTool} */
  #skipping() {
    return {
      name: "skip", key: "", group: "evidence", print: "",
      word: () => "Skip without giving a reason",
      label: () => "Skip without giving a reason",
      shown: () => this.#scene !== null,
      act: () => this.#stage.keys.dispatchEvent(new CustomEvent("ew:skip", { bubbles: true, detail: { key: this.#scene?.key } })),
    };
  }

  /** @param {SensitivePicture | undefined} picture */
  #isRevealed(picture) {
    const scene = this.#scene;
    return scene !== null && picture !== undefined && this.#covers.isRevealed(scene, picture.role);
  }

  /** @param {SensitivePicture | undefined} picture */
  #reveal(picture) {
    const scene = this.#scene;
    if (!scene || !picture) return;
    const revealed = this.#covers.toggle(scene, picture.role);
    this.#begun ||= revealed;
    if (revealed) this.#report(scene.key, picture.role, "reveal");
    this.#changed(`${picture.label} ${revealed ? "shown" : "covered"}`);
  }

  /** @param {SensitivePicture | undefined} picture */
  #peek(picture) {
    const scene = this.#scene;
    if (!scene || !picture || !this.#covers.peek(scene, picture.role)) return;
    this.#report(scene.key, picture.role, "peek");
    this.#changed(`${picture.label} shown while you hold`);
  }

  #unpeek() {
    if (this.#covers.unpeek()) this.#changed("Covered");
  }

  /** @param {import("./covers.js").OpenLook} look */
  #choose(look) {
    this.#covers.look = look;
    this.#changed(LOOK_WORDS[look]);
  }

  /** @param {string} key @param {string} role @param {"reveal" | "peek"} how */
  #report(key, role, how) {
    this.#stage.tell({ type: "reveal", key, role, how });
  }

  /** @param {string} words */
  #changed(words) {
    this.#stage.look();
    this.#stage.announce([words]);
  }

  #show() {
    const scene = this.#scene;
    const { card, choice } = this.#card;
    setHidden(card, !scene, this.#stage.keys);
    if (!scene?.sensitive) return;
    card.dataset.place = this.#begun ? "below" : "over";
    card.toggleAttribute("data-aside", this.#covers.isPeeking);
    choice.hidden = this.#begun;
    this.#sayNote(scene.key, scene.sensitive);
    for (const [button, tool] of this.#buttons) showTool(button, tool);
    this.#markMeant(scene);
  }

  /** @param {string} key @param {import("./scene_track.js").Sensitive} sensitive */
  #sayNote(key, { note, seen, pause }) {
    say(this.#card.note, note);
    say(this.#card.count, counted(seen));
    say(this.#card.pause, pause);
    this.#card.pause.hidden = !pause;
    if (this.#noted !== key) this.#stage.announce([`Content note: ${note} U shows the picture.`]);
    this.#noted = key;
  }

  /** The keys are printed where they act: at the picture under the pointer, or the main one. @param {import("./scene_track.js").Scene} scene */
  #markMeant(scene) {
    const meant = scene.pictures.findIndex(({ role }) => role === this.#meant?.role);
    this.#buttons.slice(0, 2 * PLACES).forEach(([button], index) => button.toggleAttribute("data-meant", index >> 1 === meant));
  }
}

/** @param {SensitivePicture | undefined} picture  a letter stays a letter */
function nameOf(picture) {
  const label = picture?.label ?? "";
  return label.length > 1 ? label.toLowerCase() : label;
}

/** @param {number} seen */
function counted(seen) {
  if (!seen) return "";
  return seen === 1 ? "1 sensitive picture opened today" : `${seen} sensitive pictures opened today`;
}

/**
 * The card: the note, two buttons for each picture, the ways of looking, and the way out.
 * @param {HTMLButtonElement[]} buttons
 */
function buildCard(buttons) {
  const title = element("h3", "ew-cover-title", {}, ["Content note"]);
  const note = element("p", "ew-cover-note", { dir: "auto" });
  const choice = element("p", "ew-cover-choice", {}, [CHOICE]);
  const count = element("span", "ew-cover-count");
  const pause = element("p", "ew-cover-pause");
  const pictures = buttons.slice(0, 2 * PLACES);
  const looks = buttons.slice(2 * PLACES, 2 * PLACES + LOOKS.length);
  const rows = pictures.flatMap((button, index) => (index % 2 ? [] : [element("div", "ew-cover-row", {}, [button, pictures[index + 1]])]));
  const card = element("section", "ew-cover", { role: "region", "aria-label": "Content note" }, [
    element("div", "ew-cover-words", {}, [title, note, count]),
    choice,
    element("div", "ew-cover-rows", {}, rows),
    element("div", "ew-cover-looks", { role: "group", "aria-label": "How pictures are shown" }, [
      element("kbd", "ew-key", { "aria-hidden": "true" }, ["⇧ G"]), ...looks,
    ]),
    ...buttons.slice(2 * PLACES + LOOKS.length),
    pause,
  ]);
  card.hidden = true;
  return { card, note, choice, count, pause };
}
