// The timeline once more, slow on purpose: written from docs/evidence.md, with no data structure but arrays, every question
// asked anew of all records. Shares no code with src.
import { createHash } from "node:crypto";
import type { EvidenceRecord, Segment } from "@mimolo/protocol";
import {
  closingHoles,
  cooldown,
  foldOrder,
  holes,
  infrequentEntries,
  iso,
  ms,
  type Of,
  order,
  type Part,
  parts,
  policyAt,
  slices,
  yields,
} from "./slow-spans.ts";

interface Stretch {
  start: number;
  end: number;
  opener: number;
  work: Part[];
}

interface Draft {
  start: number;
  end: number;
  opener: number;
}

type Asked = Pick<Of<"aggregate">["data"], "agent_label" | "header" | "input_seqs_sha256">;

/** The timeline at `nowMs`, and `asked`: what monitors would be asked to aggregate. */
export function slowFold(all: readonly EvidenceRecord[], collectorId: string, nowMs: number) {
  const erased = all.filter((r) => r.kind === "erasure").map((r) => r.data.seq);
  const records = all.filter((r, i) => all.findIndex((o) => o.seq === r.seq) === i && !erased.includes(r.seq));
  const spans = parts(records);
  const stretches = fold(records, spans);
  const tail = stretches.at(-1);
  const asked = new Map<string, Asked>();
  const shown = corrected(records, stretches).map((draft) => {
    const parents = stretches.filter((stretch) => shares(stretch, draft));
    const work = parents.flatMap((stretch) => stretch.work).filter((part) => shares(part, draft));
    const seen = [...work, ...spans.filter((part) => !part.resetting && shares(part, draft))];
    const { lost, claimed, notes } = gone(records, draft, work, stretches);
    const segment: Segment = {
      id: `${collectorId}:${draft.opener}`,
      start: iso(draft.start),
      end: iso(draft.end),
      duration_s: (draft.end - draft.start - lost.reduce((sum, gap) => sum + gap.to - gap.from, 0)) / 1000,
      resets_count: Math.max(0, work.length - 1),
      labels: [...new Set(seen.map((part) => part.label))].toSorted(),
      reasons: [...new Set([...reasonsOf(work), ...notes])],
      aggregated: aggregated(seen, records, asked),
      gaps: lost.map((gap) => ({ from: iso(gap.from), to: iso(gap.to), reason: gap.reason })),
      confidence: claimed || work.some((part) => part.reconstructed) ? "reconstructed" : "observed",
    };
    const isLast = tail !== undefined && parents.includes(tail) && draft.start <= tail.end && tail.end <= draft.end;
    return { segment, open: isLast && nowMs <= tail.end + cooldown(records, tail.end) };
  });
  return {
    segments: shown.filter(({ open, segment }) => !open && isLong(segment)).map(({ segment }) => segment),
    open: shown.findLast(({ open }) => open)?.segment ?? null,
    infrequent: infrequentEntries(records),
    asked: [...asked.values()],
  };

  function isLong({ end, duration_s }: Segment): boolean {
    return duration_s >= (policyAt(records, ms(end))?.minimum_segment_s ?? 0);
  }
}

function fold(records: readonly EvidenceRecord[], spans: readonly Part[]): Stretch[] {
  const closing = closingHoles(records);
  const stretches: Stretch[] = [];
  for (const part of spans.filter(({ resetting }) => resetting)) {
    const last = stretches.at(-1);
    if (last !== undefined && part.start <= last.end + cooldown(records, last.end) && !crossed(last.end, part.start)) {
      last.end = Math.max(last.end, part.end);
      last.work.push(part);
    } else stretches.push({ start: part.start, end: part.end, opener: part.opener, work: [part] });
  }
  return stretches;

  function crossed(end: number, start: number): boolean {
    const silent = (t: number) => end <= t && t <= start;
    return end < start && closing.some((g) => g.from < start && g.to > end && (silent(g.from) || silent(g.to)));
  }
}

function corrected(records: readonly EvidenceRecord[], stretches: readonly Stretch[]): Draft[] {
  let drafts: Draft[] = stretches.map(({ start, end, opener }) => ({ start, end, opener }));
  for (const { seq, from, to, as } of correctionsOf(records)) {
    const next: Draft[] = [];
    const met: Draft[] = [];
    for (const draft of drafts) {
      const touches = draft.start <= to && draft.end >= from;
      if (as === "work") (touches ? met : next).push(draft);
      else if (draft.start === draft.end) {
        if (draft.start < from || draft.start >= to) next.push(draft);
      } else if (draft.end <= from || draft.start >= to) next.push(draft);
      else {
        if (draft.start < from) next.push({ ...draft, end: from });
        if (draft.end > to) next.push({ ...draft, start: to, opener: draft.start < from ? seq : draft.opener });
      }
    }
    if (as === "work") {
      const first = met.toSorted((a, b) => a.start - b.start)[0];
      const opener = first !== undefined && first.start <= from ? first.opener : seq;
      next.push({ start: Math.min(from, first?.start ?? from), end: Math.max(to, ...met.map((d) => d.end)), opener });
    }
    drafts = next.toSorted((a, b) => a.start - b.start);
  }
  return drafts;
}

// What duration_s leaves out, whether a correction alone speaks for some of the rest, and the notes of those that count.
function gone(records: readonly EvidenceRecord[], draft: Draft, work: readonly Part[], stretches: readonly Stretch[]) {
  const said = correctionsOf(records);
  const edges = [draft.start, draft.end, ...holes(records).flatMap((g) => [g.from, g.to])];
  edges.push(
    ...[...work, ...stretches].flatMap(({ start, end }) => [start, end]),
    ...said.flatMap((c) => [c.from, c.to]),
  );
  const lost: { from: number; to: number; reason: string; seq: number }[] = [];
  const notes = new Map<number, string>();
  let claimed = false;
  for (const [a, b] of slices(edges.filter((t) => t >= draft.start && t <= draft.end))) {
    const here = said.filter((c) => c.from <= a && b <= c.to);
    const claims = here.slice(here.findLastIndex((c) => c.as === "idle") + 1);
    for (const claim of claims) if (claim.note !== "") notes.set(claim.seq, claim.note);
    if (claims.length > 0) {
      claimed ||= !stretches.some((stretch) => stretch.start <= a && b <= stretch.end);
      continue;
    }
    const gap = holes(records).find(
      (g) => g.from <= a && b <= g.to && !work.some((part) => yields(g, part) && part.start <= a && b <= part.end),
    );
    const last = lost.at(-1);
    if (gap !== undefined && last?.seq === gap.seq && last.to === a) last.to = b;
    else if (gap !== undefined) lost.push({ from: a, to: b, reason: gap.reason, seq: gap.seq });
  }
  return { lost, claimed, notes: [...notes].toSorted(([a], [b]) => a - b).map(([, note]) => note) };
}

function correctionsOf(records: readonly EvidenceRecord[]) {
  return records
    .filter((r) => r.kind === "correction")
    .map((r) => ({ seq: r.seq, from: ms(r.data.from), to: ms(r.data.to), as: r.data.as, note: r.data.note }))
    .filter((c) => c.from < c.to)
    .toSorted((a, b) => a.seq - b.seq);
}

function reasonsOf(work: readonly Part[]): string[] {
  const named = work.filter(({ reason }) => reason !== null);
  const first = (reason: string | null) => Math.min(...named.filter((p) => p.reason === reason).map((p) => p.start));
  const reasons = [...new Set(named.map(({ reason }) => reason ?? ""))];
  return reasons.toSorted((a, b) => first(a) - first(b) || order(a, b));
}

function aggregated(seen: readonly Part[], records: readonly EvidenceRecord[], asked: Map<string, Asked>) {
  const out: Record<string, Record<string, unknown>> = {};
  const events = seen.filter((part) => part.header !== null && part.items !== undefined).toSorted(foldOrder);
  for (const { label, header } of events) {
    const mine = events.filter((part) => part.label === label && part.header === header);
    const seqs = mine.map(({ seq }) => seq).toSorted((a, b) => a - b);
    const sha = createHash("sha256").update(seqs.join(",")).digest("hex");
    const name = header ?? "";
    asked.set(sha, { agent_label: label, header: name, input_seqs_sha256: sha });
    const answer = records
      .filter((r) => r.kind === "aggregate")
      .map((r) => ({ seq: r.seq, ...r.data }))
      .filter((a) => a.agent_label === label && a.header === name && a.input_seqs_sha256 === sha)
      .toSorted((a, b) => b.seq - a.seq)[0];
    const flat = mine.flatMap(({ items }): unknown[] => (Array.isArray(items) ? items : [items]));
    const unique = flat.filter((x, i) => flat.findIndex((y) => JSON.stringify(x) === JSON.stringify(y)) === i);
    out[label] = { ...out[label], [name]: answer !== undefined && "value" in answer ? answer.value : unique };
  }
  return out;
}

function shares(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared > 0 || (shared === 0 && (a.start === a.end || b.start === b.end));
}
