import type { Rule } from "../rule.ts";
import { commandRules } from "./commands.ts";
import { durableRules } from "./durable/index.ts";
import { endingRules } from "./ending.ts";
import { evidenceRules } from "./evidence.ts";
import { featureRules } from "./features/index.ts";
import { handshakeRules } from "./handshake.ts";
import { heartbeatRules } from "./heartbeats.ts";
import { lineRules } from "./lines.ts";
import { releaseRules } from "./release.ts";
import { resourceRules } from "./resources.ts";
import { toleranceRules } from "./tolerance.ts";

/** Every rule, in the order of the ids. */
export const rules: readonly Rule[] = [
  handshakeRules,
  lineRules,
  commandRules,
  evidenceRules,
  durableRules,
  heartbeatRules,
  toleranceRules,
  endingRules,
  resourceRules,
  featureRules,
  releaseRules,
].flat();
