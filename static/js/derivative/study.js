// What there is to see of the derivative besides the walk, behind one tab: each kind has a link, by `view`.

import { part, parts } from "../tools/elements.js";
import { isStill } from "../tools/slots.js";
import { Asking } from "../walk/asking.js";
import { dependence, fetchStudy } from "../walk/studies.js";

/**
 * @typedef {Part & { show(answer: any): void, leave?(): void }} Shown what shows the answer to a question of one kind
 */

export class Study {
  #open = false;

  /** @param {HTMLElement} root @param {Player} player @param {Record<string, Shown>} shown by kind */
  constructor(root, player, shown) {
    this.player = player;
    this.shown = shown;
    this.buttons = parts(root, "[data-kind]");
    this.of = part(root, "select.of", HTMLSelectElement);
    this.by = part(root, "select.by", HTMLSelectElement);
    this.of.addEventListener("change", () => player.adopt({ view: `${this.#kind}:${this.of.value}` }));
    this.by.addEventListener("change", () => player.adopt({ view: `${this.#kind}:${this.of.value}:${this.by.value}` }));
    this.places = parts(root, "[data-study]");
    for (const button of this.buttons) {
      // Another kind of study is about the same two nodes.
      button.addEventListener("click", () =>
        player.adopt({ view: [button.dataset.kind, ...player.state.view.split(":").slice(1)].join(":") }),
      );
    }
    this.asking = new Asking({ root, problem: part(root, ":scope > .problem") });
    this.asking.drop();
    if (this.#kind) player.revealed = "study";
  }

  /** The kind that the link names, if there is such a one. */
  get #kind() {
    const [kind] = this.player.state.view.split(":");
    return kind in this.shown ? kind : "";
  }

  render() {
    const { player } = this;
    const open = player.revealed === "study";
    if (open !== this.#open) this.#turn(open);
    const kind = this.#kind;
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    for (const place of this.places) place.hidden = place.dataset.study !== kind;
    if (!open || !kind || !player.document) return;
    const key = dependence(player.state, "digits", "lang", "view");
    if (this.asking.has(key)) this.shown[kind].render();
    else this.#ask(key, kind);
  }

  // Whoever opens the panel has a link to it; whoever leaves it has none.
  #turn(/** @type {boolean} */ open) {
    this.#open = open;
    if (!open) for (const one of Object.values(this.shown)) one.leave?.();
    const { view } = this.player.state;
    const wanted = open ? (this.#kind ? view : Object.keys(this.shown)[0]) : this.#kind ? "" : view;
    if (wanted !== view) queueMicrotask(() => this.player.adopt({ view: wanted }));
  }

  /**
   * The operators, and what each can be differentiated by: its arguments and the inputs.
   *
   * @param {Pick<Paths, "of" | "by">} asked
   */
  #offer({ of, by }) {
    const nodes = this.player.document?.graph.nodes ?? [];
    const own = nodes.find(({ id }) => id === of.id)?.args ?? [];
    const reached = nodes.filter(
      ({ id, kind, role }) => !isStill(role) && (kind === "input" || (kind !== "literal" && own.includes(id))),
    );
    fill(
      this.of,
      nodes.filter(({ kind }) => kind === "operator"),
      of.id,
    );
    fill(this.by, reached, by.id);
  }

  /** @param {string} key @param {string} kind */
  #ask(key, kind) {
    const { api, state } = this.player;
    this.asking.ask(
      key,
      (signal) => fetchStudy(api, kind, state, { signal }),
      ({ answer }) => {
        if (!answer) return;
        this.#offer(answer);
        this.shown[kind].show(answer);
      },
    );
  }
}

/** @param {HTMLSelectElement} select @param {GraphNode[]} offered @param {string} chosen */
function fill(select, offered, chosen) {
  select.replaceChildren(...offered.map(({ id, name }) => new Option(name, id, false, id === chosen)));
}
