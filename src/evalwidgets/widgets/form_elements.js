// @ts-check
// Elements that rows of the form are made of.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} [className]
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, className = "", text = "") {
  const el = document.createElement(tag);
  if (className) el.className = className;
  if (text) el.textContent = text;
  return el;
}

/** What a key does. @param {string} key @param {string} what */
export function keyHint(key, what) {
  const hint = make("span");
  hint.append(make("kbd", "ew-key", key), ` ${what}`);
  return hint;
}

/** The explicit "none". @param {string} label @param {() => void} choose */
export function noneButton(label, choose) {
  const button = make("button", "ew-anchor");
  button.type = "button";
  button.append(make("kbd", "ew-key", "0"), make("span", "ew-anchor-text", label));
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", choose);
  return button;
}
