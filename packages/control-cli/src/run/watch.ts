import type { Collector } from "@mimolo/operations";
import type { LogLine, Segment } from "@mimolo/protocol";
import type { Output } from "../output.ts";
import { timeOfDay } from "../present/clock-time.ts";
import { duration } from "../present/duration.ts";
import type { LiveLine } from "../present/live-line.ts";
import { newsLine } from "../present/log-line.ts";
import { printable } from "../present/width.ts";
import { confirmationText } from "./confirmation-text.ts";
import { News } from "./news.ts";
import type { Today } from "./today.ts";

const LEVELS: readonly LogLine["level"][] = ["debug", "info", "warning", "error"];

/** Diagnostics that are the protocol at work, not news for a person. */
const PLUMBING: ReadonlySet<string> = new Set([
  "handshake",
  "heartbeat",
  "status",
  "ack",
  "metadata",
  "metric",
  "custom",
  "result",
  "request",
  "state",
  "agent_state",
]);

/** What became of an edit of the configuration, or of a plugin that somebody is writing. */
const EDITS_TAKEN: ReadonlySet<string> = new Set(["config-reloaded", "plugin-reloaded"]);

export interface Watching {
  readonly output: Output;
  readonly live: LiveLine;
  readonly today: Today;
  /** The least serious line of diagnostics to show, now. */
  verbosity(): LogLine["level"];
  committed(): void;
  segmentClosed(): void;
}

/** Whether a line of diagnostics is news for the person at the terminal. */
export function isNews(line: LogLine, verbosity: LogLine["level"]): boolean {
  if (PLUMBING.has(line.type)) return false;
  // The collector's own coming and going is on the screen anyhow; what it made of an edit is not.
  if (EDITS_TAKEN.has(line.code ?? "")) return LEVELS.indexOf(verbosity) <= LEVELS.indexOf("info");
  const least = line.type === "collector" && verbosity === "info" ? "warning" : verbosity;
  return LEVELS.indexOf(line.level) >= LEVELS.indexOf(least);
}

/** Turns what the collector tells into lines for a person and into the figures of the status line. */
export function watch(collector: Collector, watching: Watching): () => void {
  const { output, live, today } = watching;
  const news = new News();
  const ended = new Set<string>();
  let openId: string | null = null;
  const say = (line: string) => live.around(() => output.note(line));
  const offs = [
    collector.on("segment:opened", (segment) => {
      today.note(segment, true);
      openId = segment.id;
      const [reason] = segment.reasons;
      const why = reason === undefined ? segment.labels.join(", ") : printable(reason);
      say(`${timeOfDay(Date.parse(segment.start))}  work began (${why})`);
    }),
    collector.on("segment:extended", (segment) => today.note(segment, true)),
    collector.on("segment:closed", (segment) => {
      today.note(segment, false);
      // Imports of long ago close unseen; what was said to begin is said to end.
      if (segment.confidence === "observed" || segment.id === openId) say(closedLine(segment));
      watching.segmentClosed();
    }),
    collector.on("segment:revised", (segment) => {
      if (openId !== null && segment.replaces.includes(openId)) openId = segment.id;
      today.revise(segment, segment.replaces);
    }),
    collector.on("evidence:committed", () => watching.committed()),
    collector.on("agent:state", (change) => {
      const { label, state, previous, cause } = change;
      if (state === previous) return;
      if (state === "quarantined") warn(`${label} is in quarantine (${cause}); \`mimolo logs ${label}\` says why`);
      else if (state === "blocked" && previous !== "planned")
        warn(`${label} is ${state}: ${cause.replace(/^blocked: /, "")}`);
      if (state !== "backing-off") return void ended.delete(label);
      ended.add(label);
      // One that is blocked in the same breath is not started again.
      queueMicrotask(() => ended.delete(label) && warn(`${label} ended (${cause}) and will be started again`));
    }),
    collector.on("confirmation:asked", (confirmation) => warn(confirmationText(confirmation))),
    collector.on("log", (line) => {
      const verbosity = watching.verbosity();
      if (!isNews(line, verbosity)) return;
      const text = newsLine(line, output.colour);
      const atMs = Date.parse(line.at);
      const lines = verbosity === "debug" ? [text] : news.take(line, text, atMs);
      for (const each of lines) say(`${timeOfDay(atMs)}  ${each}`);
    }),
  ];
  const warn = (line: string) => live.around(() => output.warn(printable(line)));
  return () => {
    for (const off of offs) off();
  };
}

function closedLine(segment: Segment): string {
  const how = segment.confidence === "observed" ? "" : ", in part reconstructed";
  return `${timeOfDay(Date.parse(segment.end))}  work ended after ${duration(segment.duration_s * 1000)}${how}`;
}
