import type { Rule } from "../rule.ts";
import { handshakeRules } from "./handshake.ts";

/** Every rule, in the order of the ids. */
export const rules: readonly Rule[] = [handshakeRules].flat();
