import { addVerb } from "./add-verb.ts";
import { agentVerbs } from "./agent-verbs.ts";
import { answerVerbs } from "./answer-verbs.ts";
import { artifactsVerb } from "./artifacts-verb.ts";
import { authorVerbs } from "./author-verbs.ts";
import { collectorVerbs } from "./collector-verbs.ts";
import { doingVerbs } from "./doing-verbs.ts";
import { ledgerVerbs } from "./ledger-verbs.ts";
import { machineVerbs } from "./machine-verbs.ts";
import { pluginVerb } from "./plugin-verb.ts";
import { trustVerbs } from "./trust-verbs.ts";
import type { Verb } from "./verb.ts";

/** Every verb there is, in the order of the help. */
export const verbs: readonly Verb[] = [
  ...collectorVerbs,
  ...agentVerbs,
  addVerb,
  ...trustVerbs,
  pluginVerb,
  ...authorVerbs,
  ...doingVerbs,
  ...ledgerVerbs,
  artifactsVerb,
  ...answerVerbs,
  ...machineVerbs,
];
