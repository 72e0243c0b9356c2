// One table of keys for the handler (and for whatever explains them).

export const KEYS = [
  { key: "ArrowRight", sign: "→", verb: "forward" },
  { key: "ArrowLeft", sign: "←", verb: "back" },
  { key: "Home", sign: "Home", verb: "first" },
  { key: "End", sign: "End", verb: "last" },
  { key: " ", sign: "Space", verb: "toggle" },
];

const FIELDS = "input, textarea, select, [contenteditable]";
const PRESSED = "button, a, summary"; // Space is theirs

export class Keys {
  constructor(root, player) {
    this.player = player;
    root.addEventListener("keydown", (event) => this.#press(event));
  }

  render() {}

  #press(event) {
    const found = KEYS.find(({ key }) => key === event.key);
    if (!found || event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const target = event.composedPath()[0];
    if (target instanceof Element) {
      if (target.closest(FIELDS) || (event.key === " " && target.closest(PRESSED))) return;
    }
    event.preventDefault(); // a step, never a scroll
    if (!(event.repeat && found.verb === "toggle")) this.player[found.verb]();
  }
}
