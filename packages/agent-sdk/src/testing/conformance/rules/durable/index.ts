// 41x and on: durable acks, so that neither a crash nor a full disk loses evidence.
import type { Rule } from "../../rule.ts";
import { numberRules } from "./numbers.ts";
import { settlingRules } from "./settling.ts";
import { windowRules } from "./window.ts";

export const durableRules: readonly Rule[] = [numberRules, settlingRules, windowRules].flat();
