// A collector and its agents in miniature: what happens to them, record by record, until the story is over. No disk, no
// processes; but the same numbers, spools, marks, commits and crashes.
import type { EvidenceRecord, Segment } from "@mimolo/protocol";
import { LiveTimeline, type Noted, SequenceMarks } from "../../src/index.ts";
import { type Agent, type Line, lineOf } from "./played-agent.ts";
import { Heard } from "./heard.ts";
import { COLLECTOR, record } from "./histories.ts";
import type { Step, Story } from "./stories.ts";

/** What is left when the story is over. */
export interface Played {
  /** The ledger: all that became durable. */
  readonly records: readonly EvidenceRecord[];
  /** The timeline of the collector that lived last, as it was told record by record. */
  readonly live: LiveTimeline;
  /** The segments as somebody knows them who heard the events only, since that collector began. */
  readonly heard: ReadonlyMap<string, Segment>;
  readonly nowMs: number;
  /** Lines that agents made, as `label stream number`. */
  readonly made: ReadonlySet<string>;
}

/** Plays a story to its end, where everything that agents made is durable. */
export function play(story: Story): Played {
  const stage = new Stage(story);
  for (const step of story.steps) stage.take(step);
  return stage.end();
}

class Stage {
  readonly #story: Story;
  readonly #agents: readonly Agent[];
  readonly #made = new Set<string>();
  #ledger: EvidenceRecord[] = [];
  #uncommitted: { record: EvidenceRecord; noted: Noted }[] = [];
  #marks = new SequenceMarks();
  #live: LiveTimeline;
  #heard = new Heard();
  #wallMs: number;
  /** The latest the clock ever showed: what was closed then is not opened again by setting it back. */
  #latestMs = 0;

  constructor(story: Story) {
    this.#story = story;
    this.#wallMs = story.startMs;
    this.#agents = ["folder", "git", "mon"].map((label) => ({ label, spool: [], seq: 0, isHeld: false }));
    this.#live = this.#fresh();
    this.#policy(600, 0);
  }

  take(step: Step): void {
    this.#latestMs = Math.max(this.#latestMs, this.#wallMs);
    this.#happen(step);
  }

  #happen(step: Step): void {
    switch (step.do) {
      case "wait":
        return this.#pass(step.s * 1000);
      case "work":
        return this.#says(step.agent, step);
      case "event":
        return this.#says(2, step);
      case "hold":
        return void (this.#agent(step.agent).isHeld = true);
      case "release":
        return this.#release(this.#agent(step.agent));
      case "commit":
        return this.#commit();
      case "crash":
        return this.#crash(step);
      case "suspend":
        return this.#gap("suspend", step.s * 1000);
      case "stall":
        return this.#gap("stall", step.s * 1000);
      case "clock":
        this.#wallMs += step.byMs;
        return this.#own("clock_step", { at: this.#iso(), by_ms: step.byMs });
      case "policy":
        return this.#policy(step.cooldownS, step.minimumS);
      case "import":
        return this.#import(step);
      case "correct":
        return this.#correct(step);
      case "erase":
        return this.#erase(step.seq);
    }
  }

  end(): Played {
    for (const agent of this.#agents) this.#release(agent);
    this.#commit();
    const nowMs = Math.max(this.#latestMs, this.#wallMs);
    this.#heard.hear(this.#live.tick(nowMs));
    return { records: this.#ledger, live: this.#live, heard: this.#heard.segments, nowMs, made: this.#made };
  }

  #pass(ms: number): void {
    this.#wallMs += ms;
    if (this.#uncommitted.length === 0) this.#heard.hear(this.#live.tick(this.#wallMs));
  }

  #says(index: number, step: Extract<Step, { do: "work" | "event" }>): void {
    const agent = this.#agent(index);
    const line = lineOf(agent, step, { wallMs: this.#wallMs, zone: this.#story.zone });
    this.#made.add(`${agent.label} s ${agent.seq}`);
    agent.spool.push(line);
    if (!agent.isHeld) this.#receive(agent, line);
  }

  /** A line comes in, perhaps not for the first time. */
  #receive({ label }: Agent, { stream, agentSeq, message }: Line): void {
    const instance = `i-${label}`;
    if (this.#marks.check(instance, stream, agentSeq) === "duplicate") return;
    const origin = { instance_id: instance, plugin_id: `local.${label}`, agent_label: label, run_id: "r" };
    this.#append("message", { ...origin, trust: "trusted", stream, agent_seq: agentSeq, message });
    this.#marks.note(instance, stream, agentSeq);
  }

  /** Sends again all that was not settled, as an agent does after a new handshake. */
  #release(agent: Agent): void {
    agent.isHeld = false;
    for (const line of agent.spool) this.#receive(agent, line);
  }

  #commit(): void {
    this.#ledger.push(...this.#uncommitted.map((one) => one.record));
    this.#heard.hear(this.#live.addAll(this.#uncommitted.splice(0).map(({ noted }) => noted)));
    if (this.#live.isLoose) {
      const exact = this.#replayed();
      this.#heard.hear(exact.replace(this.#live));
      this.#live = exact;
    }
    this.#heard.hear(this.#live.tick(this.#wallMs));
    for (const agent of this.#agents) {
      const through = this.#marks.through(`i-${agent.label}`, "s");
      agent.spool.splice(0, agent.spool.findLastIndex((line) => line.agentSeq <= through) + 1);
    }
  }

  /** Of what was not committed the first `kept` are found again; agents work on meanwhile and send the rest again. */
  #crash({ kept, downS, worked }: Extract<Step, { do: "crash" }>): void {
    this.#ledger.push(
      ...this.#uncommitted
        .splice(0)
        .slice(0, kept)
        .map((one) => one.record),
    );
    const fromMs = this.#wallMs;
    const held = this.#agents.map((agent) => agent.isHeld);
    for (const agent of this.#agents) agent.isHeld = true;
    this.#wallMs += downS * 500;
    if (worked) this.#says(0, { do: "work", agent: 0, signal: WORKING, intervalS: 30 });
    this.#wallMs += downS * 500;
    this.#marks = new SequenceMarks();
    for (const one of this.#ledger) this.#marks.noteRecord(one);
    this.#live = this.#replayed();
    this.#live.tick(this.#wallMs);
    this.#heard = new Heard(this.#live.snapshot(this.#wallMs));
    this.#own("gap", { reason: "collector-down", from: iso(fromMs), to: this.#iso() });
    for (const [index, agent] of this.#agents.entries()) {
      agent.isHeld = held[index] ?? false;
      if (!agent.isHeld) this.#release(agent);
    }
  }

  #gap(reason: "suspend" | "stall", forMs: number): void {
    const from = this.#iso();
    this.#wallMs += forMs;
    this.#own("gap", { reason, from, to: this.#iso() });
  }

  #policy(cooldownS: number, minimumS: number): void {
    const fold = { at: this.#iso(), cooldown_seconds: cooldownS, flush_interval_s: 60, minimum_segment_s: minimumS };
    const agents = { mon: { resets_cooldown: true, infrequent: false, data_header: "items" } };
    this.#own("policy", { ...fold, day_start: "00:00", time_zone: this.#story.zone, agents });
  }

  #import({ agoS, forS, id }: Extract<Step, { do: "import" }>): void {
    const startMs = this.#wallMs - agoS * 1000;
    const work = { source: "git", external_id: `git:${id}`, confidence: "reconstructed", label: "git" };
    this.#own("import", { start: iso(startMs), end: iso(startMs + forS * 1000), ...work });
  }

  #correct({ agoS, forS, as }: Extract<Step, { do: "correct" }>): void {
    const fromMs = this.#wallMs - agoS * 1000;
    this.#own("correction", {
      from: iso(fromMs),
      to: iso(fromMs + forS * 1000),
      as,
      note: as === "work" ? "call" : "",
    });
    this.#commit();
  }

  /** As a ledger does it: the erasure is durable first, then the body is emptied. */
  #erase(place: number): void {
    this.#commit();
    const index = place % Math.max(1, this.#ledger.length);
    const old = this.#ledger[index];
    if (old === undefined || (old.kind !== "message" && old.kind !== "import" && old.kind !== "correction")) return;
    this.#own("erasure", { seq: old.seq, leaf: "", by: "me", why: "private" });
    this.#commit();
    const emptied = old.kind === "message" ? { ...old, message: {} } : { ...old, data: {} };
    this.#ledger[index] = emptied as EvidenceRecord;
  }

  #own(kind: EvidenceRecord["kind"], data: object): void {
    this.#append(kind, { data });
  }

  #append(kind: EvidenceRecord["kind"], rest: object): void {
    const seq = (this.#uncommitted.at(-1)?.record ?? this.#ledger.at(-1))?.seq ?? 0;
    const made = { ...record(seq + 1, { kind, receivedS: 0, ...rest }), received_at: this.#iso() };
    this.#uncommitted.push({ record: made, noted: this.#live.note(made) });
  }

  /** A new collector reads the ledger: rules first, because it keeps few details. */
  #replayed(): LiveTimeline {
    const isRule = ({ kind }: EvidenceRecord) => kind !== "message" && kind !== "import";
    const ordered = [...this.#ledger.filter(isRule), ...this.#ledger.filter((one) => !isRule(one))];
    const live = this.#fresh();
    live.addAll(ordered.map((one) => live.note(one)));
    if (!live.isLoose) return live;
    const larger = new LiveTimeline({ collectorId: COLLECTOR });
    larger.load(ordered);
    return larger;
  }

  #fresh(): LiveTimeline {
    return new LiveTimeline({ collectorId: COLLECTOR, detail: this.#story.detail });
  }

  #agent(index: number): Agent {
    const agent = this.#agents[index % this.#agents.length];
    if (agent === undefined) throw new Error("no such agent");
    return agent;
  }

  #iso(): string {
    return iso(this.#wallMs);
  }
}

const WORKING = { mode: "active", keep_alive: true, reason: "edits" };

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
