import { compilePrivacy, type PrivacyFilter, type PrivacyRule } from "@mimolo/protocol";
import { regexEngine } from "./regex-engine.ts";

/** The filter of the rules that hold now, compiled anew when they are others. */
export function liveFilter(current: () => readonly PrivacyRule[]): () => PrivacyFilter {
  let rules = current();
  let filter = compilePrivacy(rules, regexEngine);
  return () => {
    const now = current();
    if (now !== rules) {
      rules = now;
      filter = compilePrivacy(now, regexEngine);
    }
    return filter;
  };
}
