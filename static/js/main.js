// The page: its parts, wired in one visible list.

import { Address } from "./address.js";
import { Busy } from "./busy.js";
import { Card } from "./card.js";
import { Choices } from "./choices.js";
import "./computation-graph.js";
import { Inputs } from "./inputs.js";
import { Keys } from "./keys.js";
import { Languages } from "./languages.js";
import { Messages } from "./messages.js";
import { Picture } from "./picture.js";
import { Player } from "./player.js";
import { ProgramField } from "./program.js";
import { Share } from "./share.js";
import { useStrings } from "./strings.js";
import { TraceTable } from "./table.js";
import { Transport } from "./transport.js";

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
