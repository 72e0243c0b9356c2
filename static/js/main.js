// The page: its parts, wired in one visible list.

import { Address } from "./walk/address.js";
import { Board } from "./page/board.js";
import { Busy } from "./page/busy.js";
import { Card } from "./page/card.js";
import { Code } from "./page/code.js";
import { Choices } from "./page/choices.js";
import { ClosedStudy } from "./page/closed.js";
import "./graph/computation-graph.js";
import { Folds } from "./page/folds.js";
import { Help } from "./page/help.js";
import { Hint } from "./page/hint.js";
import { Inputs } from "./page/inputs.js";
import { JacobianStudy } from "./page/jacobian.js";
import { Jump } from "./page/jump.js";
import { Keys } from "./page/keys.js";
import { Languages } from "./page/languages.js";
import { Latex } from "./page/latex.js";
import { Layouts } from "./page/layouts.js";
import { Messages } from "./page/messages.js";
import { NodeDetails } from "./page/node.js";
import { Panels } from "./page/panels.js";
import { PathsStudy } from "./page/paths.js";
import { Picture } from "./page/picture.js";
import { Player } from "./walk/player.js";
import { ProgramField } from "./page/program.js";
import { Reading } from "./page/reading.js";
import { Settings } from "./page/settings.js";
import { Share } from "./page/share.js";
import { Study } from "./page/study.js";
import { Swipe } from "./page/swipe.js";
import { useKeys } from "./walk/codec.js";
import { useStrings } from "./tools/strings.js";
import { TraceTable } from "./page/table.js";
import { Tabs } from "./page/tabs.js";
import { Themes } from "./page/themes.js";
import { Transport } from "./page/transport.js";

const part = (id) => document.getElementById(id);
const data = JSON.parse(part("page-data").textContent);
useStrings(data.strings);
useKeys(data.keys);

const bench = part("bench");
const player = new Player(bench.dataset.api, data);
const themes = new Themes(document.documentElement, player, part("project"));
const settings = new Settings(part("settings"), player, part("open-settings"), themes);
const help = new Help(part("help"), player, part("open-help"));
const panels = new Panels(bench, player, part("tools"));
const jump = new Jump(part("transport"), player);
const program = new ProgramField(part("program"), player);
const folds = new Folds(part("grain"), player);
const details = new NodeDetails(part("node"), player, folds);
const studied = (kind) => part("study").querySelector(`[data-study=${kind}]`);
const study = new Study(part("study"), player, {
  jacobian: new JacobianStudy(studied("jacobian"), player),
  closed: new ClosedStudy(studied("closed"), player),
  paths: new PathsStudy(studied("paths"), player, part("picture")),
});
const share = new Share(part("share"), player, part("open-share"), part("hall"), data.origin);

player
  .add(themes)
  .add(panels)
  .add(new Tabs(part("tabs"), player))
  .add(new Picture(part("picture"), player, details, folds))
  .add(new Reading(part("reading"), player))
  .add(new Transport(part("transport"), player))
  .add(new Card(part("card"), player))
  .add(new TraceTable(part("trace"), player))
  .add(new Board(part("board"), player))
  .add(details)
  .add(study)
  .add(new Code(part("code"), player))
  .add(program)
  .add(new Latex(part("latex"), player))
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
  .add(new Swipe([part("picture"), part("card")], player))
  .add(new Busy(bench, player))
  .add(new Keys(document, player, { folds, help, jump, panels, program, settings, share, themes }))
  .add(new Address(window, player, data.example))
  .render();
program.restore();
