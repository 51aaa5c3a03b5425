import type { ConformanceOptions } from "@mimolo/agent-sdk/testing";
import { duration } from "./duration.ts";

type OnProgress = NonNullable<ConformanceOptions["onProgress"]>;

/** Where a check stands, in one line: how many situations are through, which one is under way and what it waits for. */
export function progressText(...[done, of, title, waiting]: Parameters<OnProgress>): string {
  const place = `${done}/${of}  ${title}`;
  return waiting === null ? place : `${place}: waits for ${waiting.for}, up to ${duration(waiting.up_to_ms)}`;
}
