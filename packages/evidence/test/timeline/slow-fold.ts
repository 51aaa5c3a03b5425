// The timeline once more, slow on purpose: written from docs/evidence.md alone, with no data structure but arrays, every
// question asked anew of all records. Shares no code with src.
import { createHash } from "node:crypto";
import type { EvidenceRecord, Segment } from "@mimolo/protocol";

type Fields = Record<string, any>; // eslint-disable-line
interface Piece {
  start: number;
  end: number;
  seq: number;
  instance: string;
  stream: string;
  agentSeq: number;
  label: string;
  reason: string | null;
  reconstructed: boolean;
  resetting: boolean;
  isImport: boolean;
  at: number;
  header: string | null;
  items: unknown;
  opener: number;
}
interface Draft {
  start: number;
  end: number;
  opener: number;
  last: boolean;
}

export function slowFold(all: readonly EvidenceRecord[], collectorId: string, nowMs: number) {
  const erased = all.filter((r) => r.kind === "erasure").map((r) => (r.data as Fields)["seq"]);
  const records = all.filter((r, i) => all.findIndex((o) => o.seq === r.seq) === i && !erased.includes(r.seq));
  const policies = records
    .filter((r) => r.kind === "policy")
    .map((r) => ({ seq: r.seq, ...(r.data as Fields) }) as Fields);
  const corrections = records
    .filter((r) => r.kind === "correction")
    .map((r) => ({ seq: r.seq, from: ms(r.data.from), to: ms(r.data.to), as: r.data.as, note: r.data.note }))
    .filter((c) => c.from < c.to)
    .sort((a, b) => a.seq - b.seq);
  const gaps = records
    .filter((r) => r.kind === "gap")
    .filter((r) => r.instance_id === undefined)
    .map((r) => ({ seq: r.seq, from: ms(r.data.from), to: ms(r.data.to), reason: r.data.reason as string }))
    .filter((g) => g.from <= g.to)
    .sort((a, b) => a.from - b.from || a.seq - b.seq);
  const closing = gaps.filter((g) => g.to - g.from > cooldown(g.from));

  function policy(at: number): Fields {
    const none = { cooldown_seconds: 600, flush_interval_s: 60, agents: {} };
    if (policies.length === 0) return none;
    const newest = (list: Fields[]) => list.sort((a, b) => ms(b["at"]) - ms(a["at"]) || b["seq"] - a["seq"])[0] ?? none;
    const begun = policies.filter((p) => ms(p["at"]) <= at);
    if (begun.length > 0) return newest(begun);
    const first = Math.min(...policies.map((p) => ms(p["at"])));
    return newest(policies.filter((p) => ms(p["at"]) === first));
  }
  function cooldown(at: number): number {
    return policy(at)["cooldown_seconds"] * 1000;
  }
  const eventTime = (r: Fields) =>
    Math.min(
      r["message"].timestamp === undefined ? ms(r["received_at"]) : ms(r["message"].timestamp),
      ms(r["received_at"]),
    );

  const asked = new Map<string, Fields>();
  const whole: Piece[] = [];
  const infrequent: Fields[] = [];
  for (const record of records) {
    const r = record as Fields;
    if (record.kind === "import") {
      const d = record.data;
      if (ms(d.start) > ms(d.end)) continue;
      const same = records.filter(
        (o) =>
          o.kind === "import" &&
          o.data.source === d.source &&
          o.data.external_id === d.external_id &&
          ms(o.data.start) <= ms(o.data.end),
      );
      if (Math.min(...same.map((o) => o.seq)) !== record.seq) continue;
      whole.push({
        start: ms(d.start),
        end: ms(d.end),
        at: ms(d.end),
        seq: record.seq,
        instance: "",
        stream: "",
        agentSeq: 0,
        label: d.label,
        reason: d.source,
        reconstructed: d.confidence === "reconstructed",
        resetting: true,
        isImport: true,
        header: null,
        items: undefined,
        opener: record.seq,
      });
    }
    if (record.kind !== "message" || !r["message"].data) continue;
    const { type, data, metrics } = r["message"];
    const at = eventTime(r);
    const spec = policy(at)["agents"][record.agent_label] ?? {};
    const who = {
      seq: record.seq,
      instance: record.instance_id,
      stream: record.stream ?? "",
      agentSeq: record.agent_seq ?? 0,
      label: record.agent_label,
      at,
      end: at,
      reconstructed: false,
      isImport: false,
      opener: record.seq,
    };
    if (type === "event" && spec.infrequent) {
      infrequent.push({ at: iso(at), seq: record.seq, label: record.agent_label, event: data.event, data });
    } else if (type === "event") {
      const header = spec.data_header ?? null;
      const items = header === null ? undefined : (data.payload?.[header] ?? data[header]);
      whole.push({ ...who, start: at, reason: data.event, resetting: spec.resets_cooldown !== false, header, items });
    } else if (type === "summary") {
      const signal = data.activity_signal;
      const works = signal?.mode === "active" && signal.keep_alive === true;
      const cap = policy(at)["flush_interval_s"] * 1000;
      let covers = 0;
      if (works && metrics?.interval_s !== undefined) covers = Math.min(cap, metrics.interval_s * 1000);
      else if (works) {
        const others = records.filter(
          (o): o is Extract<EvidenceRecord, { kind: "message" }> =>
            o.kind === "message" && (o as Fields)["message"].type === "summary" && o.instance_id === record.instance_id,
        );
        const before = others.filter((o) => {
          const t = eventTime(o);
          if (t !== at) return t < at;
          if ((o.stream ?? "") !== who.stream) return (o.stream ?? "") < who.stream;
          if ((o.agent_seq ?? 0) !== who.agentSeq) return (o.agent_seq ?? 0) < who.agentSeq;
          return o.seq < record.seq;
        });
        covers = before.length === 0 ? cap : Math.min(cap, at - Math.max(...before.map(eventTime)));
      }
      whole.push({
        ...who,
        start: at - covers,
        reason: signal?.reason ?? null,
        resetting: works && spec.resets_cooldown !== false,
        header: null,
        items: undefined,
      });
    }
  }

  const resetting = whole
    .filter((p) => p.resetting)
    .flatMap((p) => {
      const holes = closing.filter((g) => !(g.reason === "collector-down" && (p.isImport || p.at <= g.to)));
      if (p.start === p.end) return holes.some((g) => g.from < p.start && p.start < g.to) ? [] : [p];
      const edges = [p.start, p.end, ...holes.flatMap((g) => [g.from, g.to])].filter((t) => t >= p.start && t <= p.end);
      const parts: Piece[] = [];
      for (const [a, b] of slices(edges)) {
        if (holes.some((g) => g.from <= a && b <= g.to)) continue;
        const last = parts.at(-1);
        if (last !== undefined && last.end === a) last.end = b;
        else {
          const by = holes.filter((g) => g.to === a).map((g) => g.seq);
          parts.push({ ...p, start: a, end: b, opener: parts.length === 0 ? p.seq : Math.min(...by) });
        }
      }
      return parts;
    });
  resetting.sort(
    (a, b) =>
      a.start - b.start ||
      order(a.instance, b.instance) ||
      order(a.stream, b.stream) ||
      a.agentSeq - b.agentSeq ||
      a.seq - b.seq,
  );

  const raw: (Draft & { parts: Piece[] })[] = [];
  for (const p of resetting) {
    const cur = raw.at(-1);
    const crossed =
      cur !== undefined &&
      cur.end < p.start &&
      closing.some(
        (g) =>
          g.from < p.start &&
          g.to > cur.end &&
          ((cur.end <= g.from && g.from <= p.start) || (cur.end <= g.to && g.to <= p.start)),
      );
    if (cur !== undefined && p.start <= cur.end + cooldown(cur.end) && !crossed) {
      cur.end = Math.max(cur.end, p.end);
      cur.parts.push(p);
    } else raw.push({ start: p.start, end: p.end, opener: p.opener, last: false, parts: [p] });
  }
  const tail = raw.at(-1);

  let drafts: Draft[] = raw.map((d) => ({ start: d.start, end: d.end, opener: d.opener, last: d === tail }));
  for (const c of corrections) {
    const next: Draft[] = [];
    const merged: Draft[] = [];
    for (const d of drafts) {
      if (c.as === "work") {
        if (d.end < c.from || d.start > c.to) next.push(d);
        else merged.push(d);
      } else if (d.start === d.end) {
        if (d.start < c.from || d.start >= c.to) next.push(d);
      } else if (d.end <= c.from || d.start >= c.to) next.push(d);
      else {
        if (d.start < c.from) next.push({ ...d, end: c.from });
        if (d.end > c.to) next.push({ ...d, start: c.to, opener: d.start < c.from ? c.seq : d.opener });
      }
    }
    if (c.as === "work") {
      const first = merged.sort((a, b) => a.start - b.start)[0];
      const opener = first !== undefined && first.start <= c.from ? first.opener : c.seq;
      next.push({
        start: Math.min(c.from, first?.start ?? c.from),
        end: Math.max(c.to, ...merged.map((d) => d.end)),
        opener,
        last: false,
      });
    }
    drafts = next.sort((a, b) => a.start - b.start);
  }

  const inside = (p: { start: number; end: number }, d: { start: number; end: number }) => {
    const shared = Math.min(p.end, d.end) - Math.max(p.start, d.start);
    return shared > 0 || (shared === 0 && (p.start === p.end || d.start === d.end));
  };
  const verdict = (a: number, b: number) => corrections.filter((c) => c.from <= a && b <= c.to).at(-1);
  const shown = drafts.map((d) => {
    const parents = raw.filter((r) => inside(r, d));
    const work = parents.flatMap((r) => r.parts).filter((p) => inside(p, d));
    const seen = [...work, ...whole.filter((p) => !p.resetting && inside(p, d))];
    const edges = [
      ...gaps.flatMap((g) => [g.from, g.to]),
      ...corrections.flatMap((c) => [c.from, c.to]),
      ...work.flatMap((p) => [p.start, p.end]),
      ...raw.flatMap((r) => [r.start, r.end]),
      d.start,
      d.end,
    ].filter((t) => t >= d.start && t <= d.end);
    const lost: { from: number; to: number; reason: string; seq: number }[] = [];
    let claimed = false;
    const notes = new Map<number, string>();
    for (const [a, b] of slices(edges)) {
      const said = verdict(a, b);
      // A claim lasts until a later correction says idle, whatever later ones say work as well.
      const lastIdle = corrections.filter((c) => c.as === "idle" && c.from <= a && b <= c.to).at(-1)?.seq ?? -1;
      for (const c of corrections)
        if (c.as === "work" && c.seq > lastIdle && c.from <= a && b <= c.to && c.note) notes.set(c.seq, c.note);
      if (said?.as === "work") {
        if (!raw.some((r) => r.start <= a && b <= r.end)) claimed = true;
        continue;
      }
      const gap = gaps.find(
        (g) =>
          g.from <= a &&
          b <= g.to &&
          !(
            g.reason === "collector-down" &&
            work.some((p) => (p.isImport || p.at <= g.to) && p.start <= a && b <= p.end)
          ),
      );
      if (gap === undefined) continue;
      const before = lost.at(-1);
      if (before !== undefined && before.seq === gap.seq && before.to === a) before.to = b;
      else lost.push({ from: a, to: b, reason: gap.reason, seq: gap.seq });
    }
    const first = new Map<string, number>();
    for (const p of work) if (p.reason !== null) first.set(p.reason, Math.min(p.start, first.get(p.reason) ?? p.start));
    const reasons = [...first].sort(([a, s], [b, t]) => s - t || order(a, b)).map(([reason]) => reason);
    const segment: Segment = {
      id: `${collectorId}:${d.opener}`,
      start: iso(d.start),
      end: iso(d.end),
      duration_s: (d.end - d.start - lost.reduce((sum, g) => sum + g.to - g.from, 0)) / 1000,
      resets_count: Math.max(0, work.length - 1),
      labels: [...new Set(seen.map((p) => p.label))].sort(),
      reasons: [...new Set([...reasons, ...[...notes].sort(([a], [b]) => a - b).map(([, note]) => note)])],
      aggregated: aggregated(seen, records, asked),
      gaps: lost.map((g) => ({ from: iso(g.from), to: iso(g.to), reason: g.reason })),
      confidence: claimed || work.some((p) => p.reconstructed) ? "reconstructed" : "observed",
    };
    const holdsEnd = tail !== undefined && parents.includes(tail) && d.start <= tail.end && tail.end <= d.end;
    return { segment, open: holdsEnd && nowMs <= tail.end + cooldown(tail.end) };
  });
  return {
    segments: shown.filter((s) => !s.open).map((s) => s.segment),
    open: shown.findLast((s) => s.open)?.segment ?? null,
    asked: [...asked.values()],
    infrequent: infrequent.sort((a, b) => order(a["at"], b["at"]) || a["seq"] - b["seq"]),
  };
}

function aggregated(seen: readonly Piece[], records: readonly EvidenceRecord[], asked: Map<string, Fields>) {
  const out: Fields = {};
  const events = seen.filter((p) => p.header !== null && p.items !== undefined);
  for (const { label, header } of events) {
    const mine = events.filter((p) => p.label === label && p.header === header);
    mine.sort(
      (a, b) =>
        a.start - b.start ||
        order(a.instance, b.instance) ||
        order(a.stream, b.stream) ||
        a.agentSeq - b.agentSeq ||
        a.seq - b.seq,
    );
    const inputs = mine.map((p) => p.seq).sort((a, b) => a - b);
    const sha = createHash("sha256").update(inputs.join(",")).digest("hex");
    asked.set(sha, { agent_label: label, header, input_seqs_sha256: sha });
    const answer = records
      .filter((r) => r.kind === "aggregate")
      .filter((r) => r.data.agent_label === label && r.data.header === header && r.data.input_seqs_sha256 === sha)
      .sort((a, b) => b.seq - a.seq)[0];
    const flat = mine.flatMap((p) => (Array.isArray(p.items) ? p.items : [p.items]));
    const unique = flat.filter((x, i) => flat.findIndex((y) => JSON.stringify(x) === JSON.stringify(y)) === i);
    out[label] = { ...out[label], [header ?? ""]: answer && "value" in answer.data ? answer.data.value : unique };
  }
  return out;
}

function slices(edges: readonly number[]): [number, number][] {
  const sorted = [...new Set(edges)].sort((a, b) => a - b);
  return sorted.slice(1).map((b, i) => [sorted[i] ?? b, b]);
}

function ms(time: unknown): number {
  return Date.parse(String(time));
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
