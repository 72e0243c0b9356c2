// The page: its parts, wired in one visible list.

import { Address } from "./walk/address.js";
import { Busy } from "./page/busy.js";
import { Card } from "./page/card.js";
import { Choices } from "./page/choices.js";
import "./graph/computation-graph.js";
import { Inputs } from "./page/inputs.js";
import { Keys } from "./page/keys.js";
import { Languages } from "./page/languages.js";
import { Messages } from "./page/messages.js";
import { Picture } from "./page/picture.js";
import { Player } from "./walk/player.js";
import { ProgramField } from "./page/program.js";
import { Share } from "./page/share.js";
import { useStrings } from "./tools/strings.js";
import { TraceTable } from "./page/table.js";
import { Transport } from "./page/transport.js";

const part = (id) => document.getElementById(id);
const data = JSON.parse(part("page-data").textContent);
useStrings(data.strings);

const bench = part("bench");
const player = new Player(bench.dataset.api, data);
player
  .add(new Picture(part("picture"), player))
  .add(new Transport(part("transport"), player))
  .add(new Card(part("card"), player))
  .add(new TraceTable(part("trace"), player))
  .add(new ProgramField(part("program"), player))
  .add(new Choices(part("choices"), player))
  .add(new Inputs(part("inputs"), player))
  .add(new Messages(part("warnings"), player))
  .add(new Languages(part("languages"), player))
  .add(new Share(part("share"), player))
  .add(new Busy(bench, player))
  .add(new Keys(document, player))
  .add(new Address(window, player, data.example))
  .render();
