import type { Rule } from "../rule.ts";
import { endingRules } from "./ending.ts";
import { handshakeRules } from "./handshake.ts";
import { lineRules } from "./lines.ts";
import { releaseRules } from "./release.ts";
import { toleranceRules } from "./tolerance.ts";

/** Every rule, in the order of the ids. */
export const rules: readonly Rule[] = [handshakeRules, lineRules, toleranceRules, endingRules, releaseRules].flat();
