import {
  type Ack,
  type EventMessage,
  type Handshake,
  isWireMessage,
  type LogLine,
  type PrivacyFilter,
  type RequestMessage,
  type WidgetFrame,
  type WireMessage,
} from "@mimolo/protocol";
import type { ReceivedMessage, RefusedMessage, SupervisedAgent } from "@mimolo/supervisor";
import type { BudgetKeeper } from "../budgets/keeper.ts";
import type { AgentCalls } from "../calls/agent-calls.ts";
import type { MessageEntry } from "../journal/message-entry.ts";
import type { AnnouncedMonitor } from "../journal/policy.ts";
import type { AgentLife } from "../plugins/life/agent-life.ts";
import { AgentPrivacy } from "../privacy/agent-privacy.ts";
import { AgentWidget, type WidgetOwner } from "../widgets/agent-widget.ts";
import type { CollectedAgent } from "./agent.ts";
import type { Uncounted } from "./agent-status.ts";
import type { NamedMonitor, Offers } from "./announcements.ts";
import { AgentEvidence } from "./durable/agent-evidence.ts";
import type { FlushRounds } from "./flush-rounds.ts";
import type { Filtered } from "./filtered.ts";
import { type Answer, configIn } from "./handshake.ts";
import { Intake } from "./intake.ts";
import type { EvidenceMessage, IntakeDoors, Unkept } from "./intake-doors.ts";
import { PlannedOwner } from "./intake-owner.ts";
import type { AgentSurroundings } from "./surroundings.ts";
import type { Reasons } from "./reasons.ts";
import { welcome } from "./welcome.ts";
import { whyRefused, whyRefusedUnseen } from "./why-refused.ts";

/** What the rest of an agent hears of. */
export interface Hearers {
  readonly calls: AgentCalls;
  readonly rounds: FlushRounds;
  readonly supervised: SupervisedAgent;
  readonly keeper: BudgetKeeper;
  readonly life: AgentLife;
  readonly reasons: Reasons;
}

/** Everything one agent says, and where it goes: kept, counted, answered or handed on. It is its own intake's doors: a closure for
 *  each of them would cost a thousand agents most of a megabyte. */
export class Hearing implements IntakeDoors, WidgetOwner {
  /** What it draws. */
  readonly widget: AgentWidget;
  readonly #agent: CollectedAgent;
  readonly #around: AgentSurroundings;
  readonly #to: Hearers;
  readonly #intake: Intake;
  readonly #privacy: AgentPrivacy;
  readonly #evidence: AgentEvidence;
  /** Events of others, and answers to its requests, that it was not told. */
  readonly missed = { events: 0, answers: 0 };
  #monitor: AnnouncedMonitor | null = null;
  /** What it was told of its settings, until its handshake was dealt with. */
  #config: Readonly<Record<string, unknown>> | null = null;

  constructor(agent: CollectedAgent, around: AgentSurroundings, to: Hearers) {
    this.#agent = agent;
    this.#around = around;
    this.#to = to;
    this.#evidence = new AgentEvidence({
      instanceId: agent.instanceId,
      journal: around.journal,
      streams: around.streams,
      supervised: () => to.supervised,
      say: (runId, what) => agent.say(runId, what),
      fault: () => to.keeper.health.error(),
      kept: (entry, seq) => this.#kept(entry, seq),
    });
    this.widget = new AgentWidget(around.clock, this);
    this.#privacy = new AgentPrivacy(agent.label, around.privacy);
    this.#intake = new Intake(new PlannedOwner(agent), this);
  }

  /** What the agent announced about itself, if it is a monitor. */
  get monitor(): AnnouncedMonitor | null {
    return this.#monitor;
  }

  get offers(): Offers {
    return this.#intake.offers;
  }

  get uncounted(): Uncounted {
    const { refused, doubled: duplicates } = this.#evidence;
    const logs = this.#around.droppedLogs(this.#agent.label);
    return { refused, duplicates, frames: this.widget.dropped, logs, late: this.#to.calls.late, ...this.missed };
  }

  get drawer(): SupervisedAgent {
    return this.#to.supervised;
  }

  get privacy(): PrivacyFilter {
    return this.#around.privacy();
  }

  /** Those who hear of changes, too. */
  get hearers(): Hearers {
    return this.#to;
  }

  /** Whether a rule may look at anything it says; all else reads little of a summary. */
  get isFiltered(): boolean {
    return this.#privacy.rules.length > 0;
  }

  /** A summary is asked for; only the clock waits for none. */
  flushing(reason: string): void {
    if (reason !== "interval") this.#evidence.awaited();
    this.#to.rounds.asked();
    this.#to.keeper.health.flushAsked();
  }

  /** What comes now is the last of this process. */
  leaving(isLeaving: boolean): void {
    this.#evidence.leaving(isLeaving);
  }

  /** Decides on a handshake; `null`: another first word stood for it. */
  welcome(message: Handshake | null, runId: string): Answer {
    this.#monitor = null;
    this.#intake.began(message?.stream);
    this.widget.began(message?.capabilities ?? []);
    this.#evidence.began(message, runId);
    const answer = welcome(message, this.#agent, { runId, privacy: this.#privacy.rules }, this.#around);
    this.#config = message !== null && "accept" in answer ? configIn(answer.accept) : null;
    return answer;
  }

  /** The process runs. One that shook hands is greeted when the answer to that was said. */
  runs(): void {
    if (this.#config === null) this.#to.life.greeted({});
  }

  receive(received: ReceivedMessage): void {
    if (received.known) this.#to.keeper.heard(received.message as WireMessage);
    const screened = this.#privacy.screened(received);
    if (screened === null) return this.#withheld(received.message);
    this.#reasons(screened.known ? (screened.message as WireMessage) : null);
    this.#intake.take(screened);
  }

  /** What it says of itself is a reason only as others may read it. */
  #reasons(message: WireMessage | null): void {
    if (message?.type !== "status" || message.health === undefined) return;
    this.#to.reasons.found("agent", message.message ?? null);
  }

  /** Whoever asks waits for an answer, though nobody may know what was asked. */
  #withheld({ type, id }: ReceivedMessage["message"]): void {
    if (type === "widget_frame") this.widget.withheld();
    if (type !== "request") return;
    const error = { code: "privacy-drop", message: "a privacy rule keeps the request back" };
    this.#to.supervised.send({ cmd: "response", id: String(id), params: { ok: false, error } });
  }

  refuse(refusal: RefusedMessage): void {
    this.widget.refusedLine(refusal);
    this.#to.keeper.health.error();
    const placed = this.#intake.placed(refusal, this.#around.clock.wallMs());
    if (placed !== null) this.#evidence.unread(placed, refusal.code);
    this.#agent.say(refusal.runId, {
      type: "refused",
      level: "warning",
      code: refusal.code,
      message: this.isFiltered ? whyRefusedUnseen(refusal) : whyRefused(refusal),
      line: refusal.lineNumber,
    });
  }

  filter(message: EvidenceMessage, line: Uint8Array): Filtered {
    return this.#privacy.judge(message, line);
  }

  evidence(evidence: MessageEntry): void {
    this.#evidence.take(evidence);
  }

  unkept(evidence: Unkept): void {
    this.#evidence.unkept(evidence);
  }

  welcomed(): void {
    this.#evidence.welcomed();
    const config = this.#config;
    this.#config = null;
    if (config !== null && this.#agent.isRunning) this.#to.life.greeted(config);
  }

  acknowledged({ ack_command: command, id, message }: Ack): void {
    if (command === "widget_action") this.widget.acknowledged(id, message);
    else this.#to.life.acknowledged(command, id);
  }

  result(message: Extract<WireMessage, { type: "result" }>): void {
    this.#to.calls.result(message);
  }

  diagnostics(line: LogLine): void {
    this.#agent.note(line);
  }

  frame(message: WidgetFrame, line: Uint8Array, receivedAtMs: number): void {
    this.widget.frame(line, message.data.request_id, receivedAtMs);
  }

  drew(): void {
    this.#around.news.drew(this.#agent);
  }

  summarized(worked: boolean | null): void {
    this.#to.rounds.summarized(worked);
    this.#to.life.summarized();
  }

  beat(metrics: Readonly<Record<string, unknown>>, receivedAtMs: number): void {
    this.#around.news.beat(this.#agent, metrics, receivedAtMs);
  }

  pending(): void {
    this.#to.rounds.pending();
  }

  announced(monitor: NamedMonitor): void {
    this.#monitor = monitor;
    this.#around.announced(this.#agent);
  }

  offered(): void {
    this.#around.news.lived(this.#agent);
  }

  progressed(message: EventMessage): boolean {
    return this.#to.calls.progressed(message);
  }

  requested(message: RequestMessage, receivedAtMs: number): void {
    this.#around.news.requested(this.#agent, message, receivedAtMs);
  }

  fired(message: EventMessage, receivedAtMs: number): void {
    this.#around.news.fired(this.#agent, message, receivedAtMs);
  }

  #kept({ message, receivedAtMs }: MessageEntry, seq: number): void {
    const { news } = this.#around;
    const wanted = news.wants(this.#agent);
    const { type } = message;
    if (type === "summary" ? !wanted.summaries : !wanted.events) return;
    if (isWireMessage(message) && (message.type === "summary" || message.type === "event"))
      news.kept(this.#agent, message, { receivedAtMs, seq });
  }
}
