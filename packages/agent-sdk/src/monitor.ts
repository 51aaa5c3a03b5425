// `defineMonitor`: events instead of summaries. Each event is evidence by itself; what a segment collected is put together by
// `filter` when it closes.
import { IDENTIFIER_PATTERN, type MonitorSpec } from "@mimolo/protocol/wire";
import { type Runnable, runnable } from "./agent.ts";
import type { Desk } from "./behaviour.ts";
import type { PluginContext } from "./context.ts";
import { AgentSdkError } from "./error.ts";
import type { PluginHooks } from "./plugins/hooks.ts";
import { offersOf } from "./plugins/offers-of.ts";
import { interfacesOf } from "./plugins/interfaces-of.ts";
import { isPromiseLike } from "./promise-like.ts";
import type { Window } from "./tally.ts";
import { widgetFeature } from "./widget/drawing.ts";

const DEFAULT_POLL_SECONDS = 5;
const EMIT_LIMIT_MS = 5000;
const EVENTS = "events";

/** Something that happened. */
export interface MonitorEvent<Payload extends object = object> {
  /** Short name of what happened, such as `file_saved`. */
  readonly event: string;
  /** Details; must hold `dataHeader` if the monitor has one. */
  readonly payload?: Payload;
  /** The name older monitors have for `payload`. */
  readonly data?: Payload;
  /** When, in milliseconds since the Unix epoch; default now. */
  readonly atMs?: number;
}

type Emitted<Payload extends object> = MonitorEvent<Payload> | readonly MonitorEvent<Payload>[] | null | undefined;

type ItemsOf<Payload, Header> = Header extends keyof Payload ? Payload[Header] : unknown;

type Hook = (context: PluginContext) => unknown;

export interface MonitorOptions<Header extends string, Payload extends object, Aggregate> extends PluginHooks {
  /** A plain identifier, such as `editor_saves`. */
  readonly label: string;
  /** Key of the items inside an event's payload; without it nothing is collected. */
  readonly dataHeader?: Header;
  /** Whether an event opens or extends a segment. Default true. */
  readonly resetsCooldown?: boolean;
  /** Whether events are entries of their own, written at once, outside aggregation. Default false. */
  readonly infrequent?: boolean;
  /** Default 5; the setting `poll_interval_s` overrides it. */
  readonly pollEverySeconds?: number;
  /** Looks once: what happened, or nothing. May be async, should be over in 100 ms. What it throws, and an answer that does not
   *  come within 5 s, becomes an `error` message `emit-failed`, and the next polls come more rarely until one succeeds; what comes
   *  after all is still sent. */
  readonly emitEvent: (context: PluginContext) => Emitted<Payload> | PromiseLike<Emitted<Payload>>;
  /** Aggregates what a segment collected: one value of `payload[dataHeader]` per event, asked after it has closed. Has 4.5 s and
   *  65,000 bytes for its answer; else, or when it throws, the segment keeps its unique items. Default: the items as they came. */
  readonly filter?: (items: ItemsOf<Payload, NoInfer<Header>>[]) => Aggregate;
  /** Default `local.<label>`. */
  readonly id?: string;
  /** Semver, default `0.0.0`. */
  readonly version?: string;
  /** Whenever polling goes on. Has 5 s, like `onStop`. */
  readonly onStart?: Hook;
  /** Whenever polling goes off. */
  readonly onStop?: Hook;
  /** When a segment closes that this monitor may have had a part in. Has 5 s; holds up nothing else. */
  readonly onSegmentClose?: (segmentId: string, context: PluginContext) => unknown;
}

/** A monitor, ready to run. The collector asks its `filter` after a segment has closed; here it stands to be tested. */
export interface Monitor<Item = unknown, Aggregate = unknown> extends Runnable {
  readonly spec: MonitorSpec;
  readonly filter: (items: Item[]) => Aggregate;
}

/** Defines a monitor; nothing happens before `run()`. Throws `invalid-definition` for a label that is no identifier. */
export function defineMonitor<
  const Header extends string = never,
  Payload extends object = object,
  Aggregate = ItemsOf<Payload, Header>[],
>(options: MonitorOptions<Header, Payload, Aggregate>): Monitor<ItemsOf<Payload, Header>, Aggregate> {
  const { label, dataHeader, pollEverySeconds = DEFAULT_POLL_SECONDS, version = "0.0.0", onSegmentClose } = options;
  if (!IDENTIFIER_PATTERN.test(label)) {
    throw new AgentSdkError("invalid-definition", `label ${JSON.stringify(label)} is no plain identifier`);
  }
  const spec: MonitorSpec = {
    label,
    data_header: dataHeader ?? null,
    resets_cooldown: options.resetsCooldown ?? true,
    infrequent: options.infrequent ?? false,
    poll_interval_s: pollEverySeconds,
  };
  const filter = options.filter ?? ((items) => items as Aggregate);
  const aggregate = { filter: (params: unknown) => filter(itemsIn(params) as Parameters<typeof filter>[0]) };
  const own = asksFilter(options) ? { aggregate } : {};
  const interfaces = [...Object.keys(own), ...interfacesOf(options)];
  const run = runnable({
    id: options.id ?? `local.${label.toLowerCase().replaceAll("_", "-")}`,
    version,
    features: [
      ...(interfaces.length === 0 ? [] : (["invoke"] as const)),
      ...(onSegmentClose === undefined ? [] : (["segment"] as const)),
      ...widgetFeature(options),
    ],
    metadata: { monitor: spec, ...(interfaces.length === 0 ? {} : { interfaces }) },
    everySeconds: pollEverySeconds,
    giveUpMs: EMIT_LIMIT_MS,
    failureCode: "emit-failed",
    begin: (desk) => ({
      ...beginMonitor(options, desk),
      invoke: () => offersOf(options, own),
      shown: options,
    }),
  });
  return { ...run, spec, filter };
}

function asksFilter({ dataHeader, filter }: { dataHeader?: unknown; filter?: unknown }): boolean {
  return dataHeader !== undefined || filter !== undefined;
}

function itemsIn(params: unknown): unknown[] {
  const items = (params as { items?: unknown } | null | undefined)?.items;
  if (!Array.isArray(items)) throw new Error("the call has no list of items");
  return items;
}

function beginMonitor<Header extends string, Payload extends object, Aggregate>(
  options: MonitorOptions<Header, Payload, Aggregate>,
  desk: Desk,
) {
  const { label, dataHeader, emitEvent, onStart, onStop, onSegmentClose } = options;
  const { tally, context } = desk;
  // Known from the start, so that a window without events is no news.
  tally.count(EVENTS, 0);
  const tell = (emitted: Emitted<Payload>) => {
    const events = emitted === null || emitted === undefined ? [] : [emitted].flat();
    for (const event of events) {
      sendEvent(event, dataHeader, desk);
      tally.count(EVENTS, 1);
    }
  };
  return {
    hooks: {
      activate: onStart === undefined ? undefined : () => onStart(context),
      suspend: onStop === undefined ? undefined : () => onStop(context),
    },
    // An event that cannot be taken now is better seen late than dropped.
    sample() {
      if (!desk.hasRoom()) return undefined;
      const emitted = emitEvent(context);
      return isPromiseLike(emitted) ? emitted.then(tell) : tell(emitted);
    },
    // The events carry the work; the summary only says how many there were.
    summarize: ({ counts, samples }: Window) => ({
      data: { monitor: label, events: counts[EVENTS] ?? 0, polls: samples },
      activity: "passive" as const,
    }),
    pending: () => 0,
    segment:
      onSegmentClose === undefined
        ? undefined
        : (phase: "opened" | "closed", id: string) => (phase === "closed" ? onSegmentClose(id, context) : undefined),
  };
}

function sendEvent(
  { event, data, payload = data, atMs }: MonitorEvent,
  dataHeader: string | undefined,
  desk: Desk,
): void {
  if (typeof event !== "string" || event === "") throw new Error('an event needs a name: { event: "file_saved" }');
  if (dataHeader !== undefined && !(payload !== undefined && Object.hasOwn(payload, dataHeader))) {
    throw new Error(
      `event ${JSON.stringify(event)}: payload has no ${JSON.stringify(dataHeader)}, the monitor's dataHeader`,
    );
  }
  const sent = desk.evidence({
    type: "event",
    ...(atMs === undefined ? {} : { timestamp: new Date(atMs).toISOString() }),
    data: { event, ...(payload === undefined ? {} : { payload }) },
  });
  if (!sent.ok) throw new Error(`event ${JSON.stringify(event)}: ${sent.lengthBytes} bytes do not fit a line`);
}
