import type { Segment, TimelineReport } from "@mimolo/protocol";
import type { Api } from "../../api/index.ts";
import type { LiveState } from "../../live/index.ts";
import { askDays, askLanes, askSegments, type Days, type Lane } from "../../timeline-parts/ask.ts";
import { commonGaps, timedLanes } from "../../timeline-parts/lane-spans.ts";
import { type Piece, piecesOf } from "../../timeline-parts/pieces.ts";
import { Reading } from "../../timeline-parts/reading.svelte.ts";
import { lengthOf, overlaps, type Stretch } from "../../timeline-parts/stretch.ts";
import { tileOf } from "../../timeline-parts/tile.ts";

const DAY_MS = 86_400_000;
/** Segments are told apart up to so long a stretch, lanes up to another. */
const MOST_FOR_SEGMENTS_MS = 16 * DAY_MS;
export const MOST_FOR_LANES_MS = 62 * DAY_MS;
/** What grows is read again so often, at most: a pixel of a month takes its time. */
const AGAIN_MS = 20_000;
const SETTLED_MS = 120;

/** What is known of the stretch that is looked at; reactive. */
export class EvidenceOfTime {
  readonly #api: Api;
  readonly #live: () => LiveState;
  readonly #days = new Reading<Days>();
  readonly #lanes = new Reading<readonly Lane[]>();
  readonly #segments = new Reading<TimelineReport>();

  constructor(api: Api, live: () => LiveState) {
    this.#api = api;
    this.#live = live;
  }

  readonly days = $derived.by(() => this.#days.value);
  readonly lanes = $derived.by(() => timedLanes(this.#lanes.value ?? []));
  readonly problem = $derived.by(() => this.#days.problem ?? this.#lanes.problem ?? this.#segments.problem);
  readonly isReading = $derived.by(
    () => this.#lanes.isPending || this.#segments.isPending || this.#days.value === null,
  );

  /** In order; what the page hears of by itself is newer than what was read. */
  readonly segments: readonly Segment[] = $derived.by(() => {
    const { segments, open, segmentsFromMs } = this.#live();
    const recent = [...segments, ...(open === null ? [] : [open])];
    const read = this.#segments.value;
    if (read === null) return recent;
    const older = [...read.segments, ...(read.open === null ? [] : [read.open])].filter(
      ({ end }) => Date.parse(end) < segmentsFromMs,
    );
    return [...older, ...recent];
  });

  readonly pieces: readonly Piece[] = $derived.by(() => piecesOf(this.segments, commonGaps(this.lanes)));

  segmentsIn(stretch: Stretch): Segment[] {
    return this.segments.filter(({ start, end }) =>
      overlaps({ fromMs: Date.parse(start), toMs: Date.parse(end) + 1 }, stretch),
    );
  }

  /** Asks for what is not there yet. */
  look(stretch: Stretch, nowMs: number): void {
    const { connection, changes } = this.#live();
    if (connection.name !== "open") return;
    const tile = tileOf(stretch);
    const againMs = Math.max(AGAIN_MS, lengthOf(tile.range) / 2_000);
    const isGrowing = tile.range.toMs > nowMs - againMs && tile.range.fromMs < nowMs;
    const key = `${tile.key} ${changes.anew} ${isGrowing ? Math.floor(nowMs / againMs) : ""}`;
    this.#askDays(stretch, nowMs, changes.anew);
    if (lengthOf(stretch) > MOST_FOR_LANES_MS) return;
    this.#lanes.ask(key, () => askLanes(this.#api, tile.range, tile.resolution_s), SETTLED_MS);
    if (lengthOf(stretch) > MOST_FOR_SEGMENTS_MS) return;
    this.#segments.ask(`${key} ${changes.segments}`, () => askSegments(this.#api, tile.range), SETTLED_MS);
  }

  #askDays(stretch: Stretch, nowMs: number, anew: number): void {
    const yearMs = 366 * DAY_MS;
    const years = Math.max(1, Math.ceil((nowMs - stretch.fromMs) / yearMs));
    const from = new Date(nowMs - years * yearMs).toISOString().slice(0, 10);
    this.#days.ask(`${years} ${anew} ${Math.floor(nowMs / 60_000)}`, () => askDays(this.#api, { from }));
  }
}
