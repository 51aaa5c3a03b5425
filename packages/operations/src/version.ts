import { readFileSync } from "node:fs";

/** This package's version, which is the wire's `app_version`: all packages share one. */
export const version: string = readVersion();

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return (manifest as { version: string }).version;
}
