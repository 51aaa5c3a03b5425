import type { EvidenceRecord } from "@mimolo/protocol";
import { objectOf, textOf, timeOf } from "../loose.ts";
import type { Stretch } from "./fold.ts";
import { type Interval, meets, subtract } from "./intervals.ts";

/** A person's word about a stretch of time; of two the later one counts. */
export interface Correction extends Interval {
  readonly seq: number;
  readonly as: "work" | "idle";
  readonly note: string;
}

/** A segment to be: a stretch, or what corrections made of one or several. */
export interface Piece extends Interval {
  /** `seq` of the record that opens it; with the collector's id the segment's id. */
  readonly openedBy: number;
  /** The stretches it draws its spans from. */
  readonly stretches: readonly Stretch[];
  /** Time a correction calls work, sorted by start. */
  readonly claims: readonly Claim[];
}

/** What is left of a work correction after later ones. */
export interface Claim extends Interval {
  readonly seq: number;
  readonly note: string;
}

/** The correction in a record; `null` for other kinds and for one without length. */
export function correctionOf(record: EvidenceRecord): Correction | null {
  if (record.kind !== "correction") return null;
  const data = objectOf(record.data) ?? {};
  const startMs = timeOf(data["from"]);
  const endMs = timeOf(data["to"]);
  const as = data["as"];
  if (startMs === null || endMs === null || endMs <= startMs || (as !== "work" && as !== "idle")) return null;
  return { seq: record.seq, startMs, endMs, as, note: textOf(data["note"]) ?? "" };
}

/** Applies corrections, oldest first, to the stretches they meet. Idle time cuts segments, half-open; work adds a segment and
 *  joins those it touches. What is far from every correction comes back as it was. */
export function correct(stretches: readonly Stretch[], corrections: readonly Correction[]): Piece[] {
  const untouched = new Set(stretches.map(pieceOf));
  const pieces = corrections.toSorted((a, b) => a.seq - b.seq).reduce(apply, [...untouched]);
  return pieces.map((piece) =>
    untouched.has(piece) ? piece : { ...piece, stretches: stretches.filter((stretch) => meets(stretch, piece)) },
  );
}

/** A stretch that no correction meets. */
export function pieceOf(stretch: Stretch): Piece {
  const { startMs, endMs, spans } = stretch;
  const openedBy = spans[0]?.cutBy ?? spans[0]?.source.seq ?? 0;
  return { startMs, endMs, openedBy, stretches: [stretch], claims: [] };
}

function apply(pieces: Piece[], correction: Correction): Piece[] {
  return correction.as === "idle" ? cutOut(pieces, correction) : join(pieces, correction);
}

function cutOut(pieces: readonly Piece[], idle: Correction): Piece[] {
  return pieces.flatMap((piece) => {
    if (piece.startMs === piece.endMs) {
      return idle.startMs <= piece.startMs && piece.startMs < idle.endMs ? [] : [piece];
    }
    if (!meets(piece, idle)) return [piece];
    const claims = piece.claims.flatMap((claim) => subtract(claim, [idle]).map((part) => ({ ...claim, ...part })));
    return subtract(piece, [idle]).map((part, index) => ({
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
    stretches: [],
    claims: [...touched.flatMap((piece) => piece.claims), work].toSorted((a, b) => a.startMs - b.startMs),
  };
  return [...apart, joined].toSorted((a, b) => a.startMs - b.startMs);
}
