// What there is to see of the derivative besides the walk, behind one tab: each kind has a link, by `view`.

import { Asking } from "../walk/asking.js";
import { fetchStudy } from "../walk/studies.js";

const ASKED = ["e", "at", "share", "grain", "folds", "digits", "lang", "view"];

export class Study {
  /** `parts`: by kind, what shows the answer to a question of that kind. */
  constructor(root, player, parts) {
    Object.assign(this, { root, player, parts });
    this.buttons = [...root.querySelectorAll("[data-kind]")];
    [this.of, this.by] = ["of", "by"].map((name) => root.querySelector(`select.${name}`));
    this.of.addEventListener("change", () => player.adopt({ view: `${this.#kind}:${this.of.value}` }));
    this.by.addEventListener("change", () => player.adopt({ view: `${this.#kind}:${this.of.value}:${this.by.value}` }));
    this.places = [...root.querySelectorAll("[data-study]")];
    for (const button of this.buttons) {
      // Another kind of study is about the same two nodes.
      button.addEventListener("click", () =>
        player.adopt({ view: [button.dataset.kind, ...player.state.view.split(":").slice(1)].join(":") }),
      );
    }
    this.asking = new Asking({ root, problem: root.querySelector(":scope > .problem") });
    this.asking.drop();
    if (this.#kind) player.revealed = "study";
  }

  /** The kind that the link names, if there is such a one. */
  get #kind() {
    const [kind] = this.player.state.view.split(":");
    return kind in this.parts ? kind : "";
  }

  render() {
    const { player } = this;
    const open = player.revealed === "study";
    if (open !== this.open) this.#turn(open);
    const kind = this.#kind;
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    for (const place of this.places) place.hidden = place.dataset.study !== kind;
    if (!open || !kind || !player.document) return;
    const key = JSON.stringify(ASKED.map((name) => player.state[name]));
    if (this.asking.has(key)) this.parts[kind].render();
    else this.#ask(key, kind);
  }

  // Whoever opens the panel has a link to it; whoever leaves it has none.
  #turn(open) {
    this.open = open;
    if (!open) for (const part of Object.values(this.parts)) part.leave?.();
    const { view } = this.player.state;
    const wanted = open ? (this.#kind ? view : Object.keys(this.parts)[0]) : this.#kind ? "" : view;
    if (wanted !== view) queueMicrotask(() => this.player.adopt({ view: wanted }));
  }

  // The operators, and what each can be differentiated by: its arguments and the inputs.
  #offer({ of, by }) {
    const { nodes } = this.player.document.graph;
    const own = nodes.find(({ id }) => id === of.id)?.args ?? [];
    const reached = nodes.filter(({ id, kind }) => kind === "input" || (kind !== "literal" && own.includes(id)));
    for (const [select, offered, chosen] of [
      [this.of, nodes.filter(({ kind }) => kind === "operator"), of],
      [this.by, reached, by],
    ]) {
      select.replaceChildren(...offered.map(({ id, name }) => new Option(name, id, false, id === chosen.id)));
    }
  }

  #ask(key, kind) {
    const { api, state } = this.player;
    this.asking.ask(
      key,
      (signal) => fetchStudy(api, kind, state, { signal }),
      ({ answer }) => {
        if (!answer) return;
        this.#offer(answer);
        this.parts[kind].show(answer);
      },
    );
  }
}
