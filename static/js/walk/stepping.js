// A walk at a step, and how one steps: by hand, by phases, by itself.

const PACE = 1100; // milliseconds a step while playing

export class Stepping {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Walk | null} document @param {State} state */
  constructor(document, state) {
    this.document = document;
    this.state = state;
  }

  /** Show what has changed. */
  render() {}

  /** Take over a part of the state that no document depends on. @param {Partial<State>} changes */
  adopt(changes) {
    this.state = { ...this.state, ...changes };
    this.render();
  }

  get step() {
    return this.document ? this.state.step : 0;
  }

  get steps() {
    return this.document ? this.document.steps.length : 0;
  }

  /** The step that led to the picture shown; undefined at the start. */
  get current() {
    return this.document?.steps[this.step - 1];
  }

  get playing() {
    return this.#timer !== undefined;
  }

  /** @param {number} step */
  go(step) {
    this.pause();
    this.move(step);
  }

  first() {
    this.go(0);
  }

  back() {
    this.go(this.step - 1);
  }

  forward() {
    this.go(this.step + 1);
  }

  last() {
    this.go(this.steps);
  }

  /** Where a phase begins or ends: the start, the turn from values to derivatives, the end. */
  get turns() {
    const forwards = this.document?.steps.filter(({ phase }) => phase === "forward").length ?? 0;
    return [...new Set([0, forwards, this.steps])];
  }

  nextPhase() {
    this.go(this.turns.find((turn) => turn > this.step) ?? this.steps);
  }

  previousPhase() {
    this.go(this.turns.findLast((turn) => turn < this.step) ?? 0);
  }

  toggle() {
    if (this.playing) this.pause();
    else if (this.steps) this.#play();
    this.render();
  }

  pause() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #play() {
    if (this.step >= this.steps) this.move(0);
    const tick = () => {
      this.#timer = this.step + 1 < this.steps ? setTimeout(tick, PACE) : undefined;
      this.move(this.step + 1);
    };
    this.#timer = setTimeout(tick, PACE / 3);
  }

  /** To a step, or as near as there is one; a walk that plays goes on playing. @param {number} step */
  move(step) {
    this.adopt({ step: Math.min(Math.max(step, 0), this.steps) });
  }
}
