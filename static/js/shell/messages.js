// What else has to be said: warnings, a walk that stops early, a server that does not answer.

import { button, make, part, parts } from "../tools/elements.js";
import { say } from "../tools/strings.js";

export class Messages {
  /** @type {Walk | null | undefined} */
  #document;
  #offline = "";

  /** @param {HTMLElement} root @param {Player} player */
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.notices = part(document, "#notices");
  }

  render() {
    const { document: walk, offline } = this.player;
    if (this.#offline !== offline) this.#setOffline(offline);
    if (this.#document === walk) return;
    const later = this.#document !== undefined;
    this.#document = walk;
    if (later) for (const notice of parts(this.notices, "p:not(.offline)")) notice.remove();
    this.root.replaceChildren();
    if (!walk) return;
    if (walk.error) {
      const end = say("stopped", { count: walk.steps.length });
      const texts = [walk.error.message, walk.error.hint, end].filter(Boolean);
      this.root.append(make("p", { className: "stop" }, texts.join(" ")));
    }
    this.root.append(...walk.warnings.map(({ message }) => make("p", { className: "warning" }, message)));
  }

  /** @param {string} offline */
  #setOffline(offline) {
    this.#offline = offline;
    this.notices.querySelector(".offline")?.remove();
    if (!offline) return;
    const retry = button(say("retry"), () => this.player.retry(), "quiet");
    this.notices.append(make("p", { className: "offline" }, `${say(offline)} `, retry));
  }
}
