import type { EvidenceRecord } from "@mimolo/protocol";
import { objectOf, textOf, timeOf } from "../loose.ts";
import type { Stretch } from "./fold.ts";
import { type Interval, meets, subtract } from "./intervals.ts";

/** A person's word about a stretch of time; of two the later one counts. */
export interface Correction extends Interval {
  readonly seq: number;
  readonly as: "work" | "idle";
  readonly note: string | null;
}

/** A segment to be: a stretch, or what corrections made of one or several. */
export interface Piece extends Interval {
  /** `seq` of the record that opens it; with the collector's id the segment's id. */
  readonly openedBy: number;
  /** The stretches it draws its spans from. */
  readonly stretches: readonly Stretch[];
  /** Time a correction calls work, sorted by start. */
  readonly claims: readonly Interval[];
  readonly notes: readonly string[];
}

/** The correction in a record; `null` for other kinds and for one without length. */
export function correctionOf(record: EvidenceRecord): Correction | null {
  if (record.kind !== "correction") return null;
  const data = objectOf(record.data) ?? {};
  const startMs = timeOf(data["from"]);
  const endMs = timeOf(data["to"]);
  const as = data["as"];
  if (startMs === null || endMs === null || endMs <= startMs || (as !== "work" && as !== "idle")) return null;
  return { seq: record.seq, startMs, endMs, as, note: textOf(data["note"]) };
}

/** Applies corrections, oldest first, to the stretches they meet. Idle time cuts segments, half-open; work adds a segment and
 *  joins those it touches. What is far from every correction comes back as it was. */
export function correct(stretches: readonly Stretch[], corrections: readonly Correction[]): Piece[] {
  const pieces = stretches.map(pieceOf);
  return corrections
    .toSorted((a, b) => a.seq - b.seq)
    .reduce(
      (current, correction) => (correction.as === "idle" ? cutOut(current, correction) : join(current, correction)),
      pieces,
    );
}

/** A stretch that no correction meets. */
export function pieceOf(stretch: Stretch): Piece {
  const { startMs, endMs, spans } = stretch;
  const openedBy = spans[0]?.cutBy ?? spans[0]?.source.seq ?? 0;
  return { startMs, endMs, openedBy, stretches: [stretch], claims: [], notes: [] };
}

function cutOut(pieces: readonly Piece[], idle: Correction): Piece[] {
  return pieces.flatMap((piece) => {
    const claims = piece.claims.flatMap((claim) => subtract(claim, [idle]));
    if (piece.startMs === piece.endMs)
      return idle.startMs <= piece.startMs && piece.startMs < idle.endMs ? [] : [piece];
    const rest = subtract(piece, [idle]);
    return rest.map((part, index) => ({
      ...piece,
      ...part,
      openedBy: index === 0 ? piece.openedBy : idle.seq,
      claims: claims.filter((claim) => meets(claim, part)),
    }));
  });
}

function join(pieces: readonly Piece[], work: Correction): Piece[] {
  const touched = pieces.filter((piece) => piece.startMs <= work.endMs && piece.endMs >= work.startMs);
  const apart = pieces.filter((piece) => !touched.includes(piece));
  const first = touched[0];
  const keeps = first !== undefined && first.startMs <= work.startMs;
  const joined: Piece = {
    startMs: keeps ? first.startMs : work.startMs,
    endMs: Math.max(work.endMs, ...touched.map((piece) => piece.endMs)),
    openedBy: keeps ? first.openedBy : work.seq,
    stretches: [...new Set(touched.flatMap((piece) => piece.stretches))],
    claims: [...touched.flatMap((piece) => piece.claims), work].toSorted((a, b) => a.startMs - b.startMs),
    notes: [...touched.flatMap((piece) => piece.notes), ...(work.note ? [work.note] : [])],
  };
  return [...apart, joined].toSorted((a, b) => a.startMs - b.startMs);
}
