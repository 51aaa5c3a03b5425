import type { Scenario } from "../scenario.ts";
import { atRest, manyFlushes } from "./at-rest.ts";
import { backPressure } from "./back-pressure.ts";
import { badLinesCome } from "./bad-lines.ts";
import { commandsCome, flushes } from "./commands.ts";
import { committedAll, killed, nothingCommitted, oldSpool, refusedOne } from "./durable.ts";
import { collectorDies, shutDownAtOnce, shutDownTwice, stdinEnds, stdinEndsAtOnce, terminated } from "./endings.ts";
import { invoked, phases, unanswered, widgets } from "./features.ts";
import { firstContact } from "./first-contact.ts";
import { heartbeats, throttled } from "./heartbeats.ts";
import { lineEnds } from "./line-ends.ts";
import { newerCollector, olderCollector } from "./other-versions.ts";
import { rejected } from "./rejected.ts";
import { silentCollector } from "./silent-collector.ts";

/** Every scenario; the first is played first, and alone. */
export const scenarios: readonly Scenario[] = [
  firstContact,
  rejected,
  olderCollector,
  newerCollector,
  silentCollector,
  badLinesCome,
  lineEnds,
  backPressure,
  stdinEnds,
  stdinEndsAtOnce,
  terminated,
  shutDownAtOnce,
  shutDownTwice,
  collectorDies,
  commandsCome,
  flushes,
  heartbeats,
  committedAll,
  killed,
  refusedOne,
  nothingCommitted,
  oldSpool,
  atRest,
  manyFlushes,
  phases,
  throttled,
  widgets,
  invoked,
  unanswered,
];
