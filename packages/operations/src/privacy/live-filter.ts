import { compilePrivacy, type PrivacyFilter, type PrivacyRule } from "@mimolo/protocol";

/** The filter of the rules that hold now, compiled anew when they are others. */
export function liveFilter(current: () => readonly PrivacyRule[]): () => PrivacyFilter {
  let rules = current();
  let filter = compilePrivacy(rules);
  return () => {
    const now = current();
    if (now !== rules) {
      rules = now;
      filter = compilePrivacy(now);
    }
    return filter;
  };
}
