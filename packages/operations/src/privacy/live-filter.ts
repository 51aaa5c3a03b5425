import { isDeepStrictEqual } from "node:util";
import { compilePrivacy, type PrivacyFilter, type PrivacyRule } from "@mimolo/protocol";
import { regexEngine } from "./regex-engine.ts";

/** The filter of the rules that hold now, compiled anew when they are others. */
export function liveFilter(current: () => readonly PrivacyRule[]): () => PrivacyFilter {
  let rules = current();
  let filter = compilePrivacy(rules, regexEngine);
  return () => {
    const now = current();
    if (now === rules) return filter;
    // A configuration that is read again says the same in other objects: what was judged by them stays judged.
    if (!isDeepStrictEqual(now, rules)) filter = compilePrivacy(now, regexEngine);
    rules = now;
    return filter;
  };
}
