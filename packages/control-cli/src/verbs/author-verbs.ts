import { conformVerb } from "./conform-verb.ts";
import { newVerb } from "./new-verb.ts";
import { tryVerb } from "./try-verb.ts";
import type { Verb } from "./verb.ts";

/** What those need who write agents, in the order of the help. */
export const authorVerbs: readonly Verb[] = [newVerb, tryVerb, conformVerb];
