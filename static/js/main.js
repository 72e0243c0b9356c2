// The page: its parts, wired in one visible list.

import { Code } from "./code/code.js";
import { ClosedStudy } from "./derivative/closed.js";
import { JacobianStudy } from "./derivative/jacobian.js";
import { PathsStudy } from "./derivative/paths.js";
import { Study } from "./derivative/study.js";
import { Choices } from "./editor/choices.js";
import { Folds } from "./editor/folds.js";
import { Inputs } from "./editor/inputs.js";
import { Layouts } from "./editor/layouts.js";
import { Offer } from "./editor/offer.js";
import { ProgramField } from "./editor/program.js";
import { ComputationGraph } from "./graph/computation-graph.js";
import { Picture } from "./graph/picture.js";
import { Reading } from "./graph/reading.js";
import { Busy } from "./shell/busy.js";
import { Help } from "./shell/help.js";
import { Hint } from "./shell/hint.js";
import { Keys } from "./shell/keys.js";
import { Languages } from "./shell/languages.js";
import { Messages } from "./shell/messages.js";
import { Panels } from "./shell/panels.js";
import { Settings } from "./shell/settings.js";
import { Share } from "./shell/share.js";
import { Tabs } from "./shell/tabs.js";
import { Themes } from "./shell/themes.js";
import { Board } from "./step/board.js";
import { Card } from "./step/card.js";
import { Jump } from "./step/jump.js";
import { NodeDetails } from "./step/node.js";
import { Swipe } from "./step/swipe.js";
import { Trace } from "./step/trace.js";
import { Transport } from "./step/transport.js";
import { part as find } from "./tools/elements.js";
import { useStrings } from "./tools/strings.js";
import { Address } from "./walk/address.js";
import { useKeys } from "./walk/codec.js";
import { Player } from "./walk/player.js";

/** @param {string} id */
const part = (id) => find(document, `#${id}`);
const data = JSON.parse(part("page-data").textContent ?? "");
useStrings(data.strings);
useKeys(data.keys);

const bench = part("bench");
const player = new Player(bench.dataset.api ?? "", data);
const themes = new Themes(document.documentElement, player, part("project"));
const settings = new Settings(part("settings"), player, part("open-settings"), themes);
const help = new Help(part("help"), player, part("open-help"));
const panels = new Panels(bench, part("tools"));
const jump = new Jump(part("transport"), player);
const program = new ProgramField(part("program"), player);
const folds = new Folds(part("grain"), player);
const details = new NodeDetails(part("node"), player, folds);
const picture = find(document, "#picture", ComputationGraph);
const studied = (/** @type {string} */ kind) => find(part("study"), `[data-study=${kind}]`);
const study = new Study(part("study"), player, {
  jacobian: new JacobianStudy(studied("jacobian"), player),
  closed: new ClosedStudy(studied("closed"), player),
  paths: new PathsStudy(studied("paths"), player, picture),
});
const swiped = [
  { place: picture, scroller: picture.scroller },
  { place: part("card"), scroller: part("card") },
];
const share = new Share(part("share"), player, part("open-share"), part("hall"), data.origin);

player
  .add(themes)
  .add(panels)
  .add(new Tabs(part("tabs"), player))
  .add(new Picture(picture, player, details, folds))
  .add(new Reading(part("reading"), player))
  .add(new Transport(part("transport"), player))
  .add(new Card(part("card"), player))
  .add(new Trace(part("trace"), player))
  .add(new Board(part("board"), player))
  .add(details)
  .add(study)
  .add(new Code(part("code"), player))
  .add(program)
  .add(new Offer(part("offer"), player, program))
  .add(new Choices(part("choices"), player))
  .add(folds)
  .add(new Layouts(part("layout"), player))
  .add(new Inputs(part("inputs"), player))
  .add(new Messages(part("warnings"), player))
  .add(new Languages(part("languages"), player))
  .add(share)
  .add(jump)
  .add(settings)
  .add(new Hint(part("hint")))
  .add(new Swipe(swiped, player))
  .add(new Busy(bench, player))
  .add(new Keys(document, player, { folds, help, jump, panels, program, settings, share, themes }))
  .add(new Address(window, player, data.example))
  .render();
program.restore();
