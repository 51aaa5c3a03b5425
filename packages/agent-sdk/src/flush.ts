// One window → one summary line.
import type { ArtifactReference } from "@mimolo/protocol/wire";
import { ACTIVITIES, activitySignal } from "./activity.ts";
import { type Keeping, referencesOf } from "./artifacts/keeping.ts";
import { asError } from "./as-error.ts";
import type { Report, Running } from "./behaviour.ts";
import type { Clock } from "./clock.ts";
import type { Taken } from "./evidence-stream.ts";
import type { Tally, Window } from "./tally.ts";
import type { Draft } from "./voice.ts";
import { within } from "./within.ts";

const SUMMARIZE_LIMIT_MS = 5000;

/** Why there was no summary. The window goes on, so what it holds comes with the next one. */
export type Flushed = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string };

export class Flusher {
  readonly #clock: Clock;
  readonly #tally: Tally;
  readonly #running: Running;
  readonly #stream: { readonly hasRoom: boolean; send(draft: Draft): Taken };
  readonly #store: Pick<Keeping["store"], "waiting" | "told"> | null;
  latencyMs: number | null = null;

  constructor(options: {
    clock: Clock;
    tally: Tally;
    running: Running;
    stream: { readonly hasRoom: boolean; send(draft: Draft): Taken };
    /** Where the agent keeps files. */
    store: Pick<Keeping["store"], "waiting" | "told"> | null;
  }) {
    this.#clock = options.clock;
    this.#tally = options.tally;
    this.#running = options.running;
    this.#stream = options.stream;
    this.#store = options.store;
  }

  /** Summarises what was seen so far and sends it. */
  async flush(): Promise<Flushed> {
    if (!this.#stream.hasRoom) {
      return { ok: false, code: "collector-not-reading", message: "no summary: those before it were not read yet" };
    }
    const startedMs = this.#clock.ticksMs();
    const window = this.#tally.take();
    try {
      const report = await within(this.#clock, SUMMARIZE_LIMIT_MS, "summarize", () => this.#running.summarize(window));
      const stored = (await this.#store?.waiting()) ?? [];
      const sent = this.#stream.send(summaryOf(report, window, stored));
      if (sent.ok) {
        await this.#store?.told(stored, idsIn(sent.kept));
        return { ok: true };
      }
      await this.#sayTooLong(report, window, stored, sent.lengthBytes);
      return {
        ok: false,
        code: "summary-too-long",
        message: `a summary of ${sent.lengthBytes} bytes does not fit a line`,
      };
    } catch (error) {
      this.#tally.giveBack();
      return { ok: false, code: "summarize-failed", message: asError(error).message };
    } finally {
      this.latencyMs = this.#clock.ticksMs() - startedMs;
    }
  }

  /** The data is lost, but that there was work is not. */
  async #sayTooLong(
    { activity, reason }: Report,
    window: Window,
    stored: readonly ArtifactReference[],
    lengthBytes: number,
  ): Promise<void> {
    const data = { too_long: { bytes: lengthBytes } };
    const report = { data, activity, ...(reason === undefined ? {} : { reason }) };
    const sent = this.#stream.send(summaryOf(report, window, stored));
    if (sent.ok) await this.#store?.told(stored, idsIn(sent.kept));
  }
}

/** Throws where JavaScript let through what is no report: idle for a misspelt `worked` would lose work in silence. */
function summaryOf(report: Report, window: Window, stored: readonly ArtifactReference[]): Draft {
  const { data, activity, reason, intervalSeconds } = report;
  const artifacts = referencesOf(report.artifacts, stored);
  if (typeof data !== "object" || data === null || Array.isArray(data)) throw new Error("summarize: data is no object");
  if (!ACTIVITIES.includes(activity)) {
    throw new Error(`summarize: activity ${JSON.stringify(activity)} is not one of ${ACTIVITIES.join(", ")}`);
  }
  const intervalMs = activity === "worked" ? window.workMs : window.lengthMs;
  const intervalS = intervalSeconds ?? (intervalMs === null ? undefined : Math.round(intervalMs) / 1000);
  return {
    type: "summary",
    data: {
      ...data,
      activity_signal: activitySignal(activity, reason),
      ...(artifacts === undefined ? {} : { artifacts }),
    },
    metrics: { samples: window.samples, ...(intervalS === undefined ? {} : { interval_s: intervalS }) },
  };
}

/** The files that a summary refers to after privacy rules. */
function idsIn(kept: Draft | null): ReadonlySet<unknown> {
  const { artifacts } = (kept?.["data"] ?? {}) as { artifacts?: unknown };
  if (!Array.isArray(artifacts)) return new Set();
  return new Set(artifacts.map((reference: { artifact_id?: unknown } | null) => reference?.artifact_id));
}
