import type { Scenario } from "../scenario.ts";
import { backPressure } from "./back-pressure.ts";
import { badLinesCome } from "./bad-lines.ts";
import { collectorDies, shutDownAtOnce, shutDownTwice, stdinEnds, stdinEndsAtOnce, terminated } from "./endings.ts";
import { firstContact } from "./first-contact.ts";
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
];
