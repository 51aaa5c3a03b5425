import type { Collector } from "@mimolo/operations";

/** Where the page is to be opened, and what has to be said of that address. */
export interface PageText {
  readonly address: string;
  readonly about: string;
}

/** The page's address with a code, and why it is not where it usually is; `null` where nothing listens over TCP. */
export function pageText(collector: Collector, command: (verb: string) => string): PageText | null {
  const address = collector.loginCode()?.address ?? null;
  if (address === null) return null;
  const { port } = collector.config.control;
  const isUsual = port === 0 || new URL(address).port === String(port);
  const elsewhere = isUsual ? "" : `not on port ${port}, which is taken; `;
  return { address, about: `${elsewhere}good once, for five minutes; later: ${command("open")}` };
}
