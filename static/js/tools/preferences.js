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

  get(name) {
    return this.#values[name];
  }

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

function stored() {
  try {
    const found = JSON.parse(localStorage.getItem(STORE)) ?? {};
    return Object.fromEntries(Object.entries(found).filter(([name, value]) => typeof value === typeof DEFAULTS[name]));
  } catch {
    return {};
  }
}

export const preferences = new Preferences();
