// What a reader prefers on this device, kept across visits: how the page looks and behaves, never what it shows.
// Where a browser keeps nothing (private windows, blocked storage) a preference lasts as long as the page.

const STORE = "chainwalk";
const DEFAULTS = {
  theme: "", // "" follows the system; light, dark, projector
  unprojected: "", // the theme to which the projector gives way again
  motion: "", // "" follows the system; normal, slow, off
  letters: true, // single letters are keys
  hint: false, // the hint of the first visit was closed
  left: true, // the panels beside the picture are open
  right: true,
  leftWidth: 0, // in pixels; 0 is as the style sheet has it
  rightWidth: 0,
};

class Preferences {
  #values = { ...DEFAULTS, ...stored() };

  /** @template {keyof typeof DEFAULTS} Name @param {Name} name @returns {(typeof DEFAULTS)[Name]} */
  get(name) {
    return this.#values[name];
  }

  /** @template {keyof typeof DEFAULTS} Name @param {Name} name @param {(typeof DEFAULTS)[Name]} value */
  set(name, value) {
    if (this.#values[name] === value) return;
    this.#values[name] = value;
    try {
      localStorage.setItem(STORE, JSON.stringify(this.#values));
    } catch {
      // Kept for this page alone.
    }
  }
}

/** What is kept, as far as it is of the kind that it should be. @returns {Partial<typeof DEFAULTS>} */
function stored() {
  try {
    const found = JSON.parse(localStorage.getItem(STORE) ?? "{}") ?? {};
    const fits = Object.entries(DEFAULTS).filter(([name, value]) => typeof found[name] === typeof value);
    return Object.fromEntries(fits.map(([name]) => [name, found[name]]));
  } catch {
    return {};
  }
}

export const preferences = new Preferences();
