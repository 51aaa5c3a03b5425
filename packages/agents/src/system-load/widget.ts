// system-load at a glance.
import { h, meter, sparkline } from "@mimolo/agent-sdk";
import type { LoadGlance } from "./system-load.ts";

/** Above these a bar says so. */
const WARN_PERCENT = 75;
const BAD_PERCENT = 90;

/** How busy processor, memory and disk are, and how the processor was in the last minutes. */
export function systemLoadWidget({ cpuPercent, recent, memoryPercent, diskPercent, load1m }: LoadGlance) {
  return h(
    "div",
    "mml-stack",
    gauge("Processor", cpuPercent),
    recent.length > 1 && sparkline(recent, "How busy the processor was, oldest first", 100),
    gauge("Memory", memoryPercent),
    gauge("Disk", diskPercent),
    h("p", "mml-caption", `load ${load1m.toFixed(2)} over the last minute`),
  );
}

function gauge(what: string, percent: number | null) {
  if (percent === null) return null;
  const text = `${Math.round(percent)} %`;
  return h(
    "div",
    "mml-stack",
    h("div", "mml-row mml-spread", h("span", "mml-label", what), h("span", "mml-value", text)),
    meter(percent / 100, `${what} ${text}`, toneOf(percent)),
  );
}

function toneOf(percent: number): string {
  if (percent >= BAD_PERCENT) return "mml-bad";
  return percent >= WARN_PERCENT ? "mml-warn" : "mml-ok";
}
