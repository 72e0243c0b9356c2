// What the scripts call by one name everywhere.

type Player = import("../static/js/walk/player.js").Player;
type State = import("../static/js/walk/codec.js").State;
type GraphElement = import("../static/js/graph/computation-graph.js").ComputationGraph;

/** A part of the page: `render` shows what the player has. */
interface Part {
  render(): void;
}

/** A complaint of the engine as the scripts carry it: with the program that it is about, or with a way to ask again. */
type Complained = Partial<Problem> & { message: string; program?: string | null; retry?: () => void };

/** The place of a word in a text, from and to. */
type Span = [number, number];

/** What the transport's buttons do, and what a page around an embed may ask for. */
type Verb = "first" | "back" | "forward" | "last" | "toggle";
