import type { Collector } from "@mimolo/operations";
import { probeSandbox } from "@mimolo/supervisor";
import type { Call } from "../call.ts";
import { duration } from "../present/duration.ts";
import { LiveLine } from "../present/live-line.ts";
import { version } from "../version.ts";
import { commandOf } from "./dry-run.ts";
import { commandFor, firstScreen } from "./first-screen.ts";
import { sandboxText } from "./sandbox-text.ts";
import { pageText } from "./page-text.ts";
import { bringHistory } from "./history.ts";
import type { RunOptions } from "./settings.ts";
import { statusLine, workOf } from "./status-line.ts";
import type { StopRequest } from "./stop-request.ts";
import { Today } from "./today.ts";
import { watch } from "./watch.ts";

const REFRESH_MS = 1000;

export interface SessionParts {
  readonly call: Call<RunOptions>;
  readonly collector: Collector;
  readonly stop: StopRequest;
}

/** What a person sees of one run, from the first screen to the last line. */
export class Session {
  readonly #parts: SessionParts;
  readonly #live: LiveLine;
  readonly #today = new Today();
  readonly #command: (verb: string) => string;
  readonly #unwatch: () => void;
  #records = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: SessionParts) {
    const { call, collector, stop } = parts;
    const { output, options, surroundings } = call;
    const { quiet, json } = output.options;
    this.#parts = parts;
    this.#live = new LiveLine(output, !quiet && !json && surroundings.env["TERM"] !== "dumb");
    this.#command = commandFor(surroundings.env, options.dataDir);
    this.#unwatch = watch(collector, {
      output,
      live: this.#live,
      today: this.#today,
      verbosity: () => (output.options.verbose ? "debug" : collector.config.monitor.console_verbosity),
      committed: () => {
        this.#records = collector.records;
      },
      segmentClosed: () => {
        if (options.once === true) stop.ask("once");
      },
    });
  }

  /** The collector runs: shows the first screen, brings history in, begins to refresh the status line. */
  async began(): Promise<void> {
    const { call, collector } = this.#parts;
    const { output } = call;
    const { segments, open } = collector.timeline();
    for (const segment of segments) this.#today.note(segment, false);
    if (open !== null) this.#today.note(open, true);
    if (output.options.json) await output.json(collector.status());
    else output.note(...this.#screen());
    this.#sayBlocked();
    this.#timer = setInterval(() => this.#refresh(), REFRESH_MS);
    void this.#bringHistory();
  }

  /** A reason to stop came. */
  ending(): void {
    this.#records = this.#parts.collector.records;
    this.#still();
    const { output } = this.#parts.call;
    if (this.#parts.stop.reason === "SIGINT") output.note("", "Stopping; Ctrl-C again stops at once.");
  }

  /** Everything has stopped. */
  ended(): void {
    const { call, collector } = this.#parts;
    const worked = `${duration(this.#today.observedMs(call.surroundings.nowMs()))} of work seen today`;
    const open = this.#today.open;
    const joined = open === null || open.confidence === "observed" ? "" : `; ${workOf(open)}`;
    const records = `${this.#records} ${this.#records === 1 ? "record" : "records"}`;
    call.output.note(
      `Stopped. ${records} of evidence in ${collector.directory.root}, ${worked}${joined}.`,
      `  ${this.#command("timeline")} shows it.`,
    );
  }

  /** Shows nothing more. */
  end(): void {
    this.#still();
    this.#unwatch();
  }

  async #bringHistory(): Promise<void> {
    const { call, collector, stop } = this.#parts;
    const { output, surroundings } = call;
    const line = await bringHistory({
      collector,
      reconstruct: async (options) => (await import("@mimolo/agents/git-history")).reconstructHistory(options),
      directory: surroundings.cwd,
      nowMs: surroundings.nowMs(),
    }).catch((error: unknown) => `Git history was not read: ${String(error)}`);
    if (line !== null && stop.reason === null) this.#live.around(() => output.note("", line));
  }

  #still(): void {
    clearInterval(this.#timer);
    this.#live.clear();
  }

  #refresh(): void {
    const { call, collector } = this.#parts;
    const nowMs = call.surroundings.nowMs();
    this.#live.show(
      statusLine({
        agents: collector.status().agents,
        open: this.#today.open,
        todayMs: this.#today.observedMs(nowMs),
        records: collector.records,
      }),
    );
  }

  #screen(): string[] {
    const { call, collector } = this.#parts;
    return firstScreen(
      {
        version: version(),
        folder: call.surroundings.cwd,
        dataDir: collector.directory.root,
        agents: collector.plans.map((plan) => ({
          label: plan.label,
          about: aboutOf(plan),
        })),
        online: collector.plans
          .filter(({ blocked, granted }) => blocked === null && granted.includes("network"))
          .map(({ label }) => label),
        page: pageText(collector, this.#command),
        sandbox: sandboxText(collector.plans, probeSandbox({ env: call.surroundings.env })),
        command: this.#command,
        columns: call.output.isTerminal ? call.output.columns : undefined,
      },
      call.output.colour,
    );
  }

  #sayBlocked(): void {
    const { call, collector } = this.#parts;
    for (const { label, blocked } of collector.plans) {
      if (blocked !== null) call.output.warn(`${label} is blocked: ${blocked}`);
    }
  }
}

/** What it watches, or the command it is; what is not simply trusted is said. */
function aboutOf(plan: Collector["plans"][number]): string {
  const about = plan.builtin?.description ?? plan.program.manifest?.description ?? commandOf(plan);
  if (plan.blocked !== null) return `${about} (blocked)`;
  return plan.verdict === "dev" ? `${about} (dev)` : about;
}
