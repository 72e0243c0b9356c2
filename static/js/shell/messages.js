// What else has to be said: warnings, a walk that stops early, a server that does not answer.

import { say } from "../tools/strings.js";

export class Messages {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    this.notices = document.getElementById("notices");
  }

  render() {
    const { document: walk, offline } = this.player;
    if (this.offline !== offline) this.#setOffline(offline);
    if (this.document === walk) return;
    const later = this.document !== undefined;
    this.document = walk;
    if (later) this.notices.querySelectorAll("p:not(.offline)").forEach((notice) => notice.remove());
    this.root.replaceChildren();
    if (!walk) return;
    if (walk.error) {
      const end = say("stopped", { count: walk.steps.length });
      const texts = [walk.error.message, walk.error.hint, end].filter(Boolean);
      this.root.append(paragraph(texts.join(" "), "stop"));
    }
    for (const warning of walk.warnings) this.root.append(paragraph(warning.message, "warning"));
  }

  #setOffline(offline) {
    this.offline = offline;
    this.notices.querySelector(".offline")?.remove();
    if (!offline) return;
    const text = paragraph(`${say(offline)} `, "offline");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet" });
    button.textContent = say("retry");
    button.addEventListener("click", () => this.player.retry());
    text.append(button);
    this.notices.append(text);
  }
}

function paragraph(text, className) {
  return Object.assign(document.createElement("p"), { textContent: text, className });
}
