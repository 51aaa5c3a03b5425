import { type Browser, chromium } from "playwright-core";
import { findBrowser } from "../../../../../scripts/browser.mjs";

/** Names that a page somewhere else may have, all of them this machine's loopback address here: what a name that is bound anew
 *  amounts to. */
export const FOREIGN = "evil.example";
export const REBOUND = "rebound.example";

/** A browser that reaches nothing but this machine. What it keeps to itself about local addresses is switched off: what is on
 *  trial is the collector, which cannot count on the browser somebody has. */
export function launchBrowser(): Promise<Browser> {
  const rules = `MAP ${FOREIGN} 127.0.0.1, MAP ${REBOUND} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`;
  return chromium.launch({
    executablePath: findBrowser() ?? "chromium",
    args: [
      `--host-resolver-rules=${rules}`,
      "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets",
    ],
  });
}
