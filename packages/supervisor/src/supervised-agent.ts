import type { AgentSnapshot, AgentVitals, StopOptions, SupervisedAgentOptions } from "./agent-options.ts";
import { cleanSlate } from "./back-off.ts";
import { Alarm } from "./alarm.ts";
import type { OutgoingCommand } from "./commands.ts";
import { Conversation } from "./conversation.ts";
import { count, Tally } from "./counters.ts";
import { Farewells } from "./farewells.ts";
import type { AgentCondition, AgentHealth } from "./health.ts";
import { Inbox } from "./inbox.ts";
import { step } from "./lifecycle.ts";
import type { Effect, Happening, Lifecycle, LifecycleEvent } from "./lifecycle-state.ts";
import { isTalkedTo, phrase } from "./lifecycle-words.ts";
import { askToLaunch, refusedLaunch } from "./launch.ts";
import { LivenessWatch } from "./liveness-watch.ts";
import { type LifecyclePolicy, lifecyclePolicy } from "./policy.ts";
import { noLimits, RateLimit } from "./rate-limit.ts";
import { Restraint } from "./restraint.ts";
import type { SpawnTicket } from "./spawn-gate.ts";
import { Standing } from "./standing.ts";

/** One configured agent, kept as its owner wants it: started, watched, restarted, stopped; never more than one process. */
export class SupervisedAgent {
  readonly label: string;
  readonly #options: SupervisedAgentOptions;
  readonly #policy: LifecyclePolicy;
  readonly #standing: Standing;
  readonly #tally = new Tally();
  readonly #inbox = new Inbox<LifecycleEvent>((event) => this.#take(event));
  #lifecycle: Lifecycle = { name: "planned" };
  readonly #alarm: Alarm;
  #watch: LivenessWatch | null = null;
  #ticket: SpawnTicket | null = null;
  #conversation: Conversation | null = null;
  readonly #farewells = new Farewells();
  readonly #limit: RateLimit;
  readonly #restraint: Restraint;
  #lastHeartbeatAtMs: number | null = null;

  /** Throws `invalid-policy` for a policy that makes no sense. Nothing runs before `start`. */
  constructor(options: SupervisedAgentOptions) {
    this.label = options.label;
    this.#options = options;
    this.#alarm = new Alarm(options.clock);
    this.#policy = lifecyclePolicy(options.policy);
    this.#standing = new Standing(options.clock, (change) => options.changed(change));
    this.#limit = new RateLimit(options.limits ?? noLimits, options.clock);
    this.#restraint = new Restraint(options.clock, {
      reading: (on) => {
        this.#standing.run?.setReading(on);
        this.#watch?.setListening(on);
      },
      condition: (condition, cause) => this.#standing.setCondition(condition, cause),
    });
  }

  /** Starts it, or starts it anew when it waits, is quarantined or is being stopped. A running agent stays as it is. */
  start(): void {
    this.#dispatch({ type: "start-requested" });
  }

  /** The stop ladder; resolves when no process of the group is left. */
  async stop({ hurry = false, isFlushed = false }: StopOptions = {}): Promise<void> {
    this.#dispatch({ type: "stop-requested", hurry, isFlushed });
    await this.#farewells.ends(this.#conversation);
  }

  /** Stops with SIGKILL now: what a second Ctrl-C asks for. */
  hurry(): void {
    this.#dispatch({ type: "stop-requested", hurry: true });
  }

  /** Stops it politely and starts it anew. `counted`: as after a failure; else a person wants it, and its past is forgiven. */
  restart(cause: string, options: { readonly counted?: boolean } = {}): void {
    this.#dispatch({ type: "restart-requested", why: { cause }, counted: options.counted ?? false });
  }

  /** Stops it by the ladder, granting no time to flush (ten seconds at most), and keeps it from running until `start`. */
  block(reason: string): void {
    this.#dispatch({ type: "block-requested", reason });
  }

  /** An opinion of how it does, from the agent's own word (the default) or another source; the worst opinion holds. */
  reportHealth(health: AgentHealth, from = "agent"): void {
    this.#standing.setOpinion(from, health, "health-reported");
  }

  /** Stops it politely and keeps it from running but for a try now and then, as if it had died too often. */
  quarantine(cause: string, detail?: string): void {
    this.#dispatch({ type: "quarantine-requested", why: detail === undefined ? { cause } : { cause, detail } });
  }

  /** `held` stops reading the agent's output and its liveness clock; `throttled` only says what the owner does to it. */
  setCondition(condition: AgentCondition, cause: string): void {
    if (this.#conversation === null) return;
    this.#restraint.setThrottled("owner", condition === "throttled", cause);
    this.#restraint.hold(condition === "held", cause);
  }

  /** Reads nothing of the running process until every cause is taken back; it is `throttled` so long and ten seconds more. */
  pause(cause: string): void {
    if (this.#conversation !== null) this.#restraint.pause(cause);
  }

  resume(cause: string): void {
    this.#restraint.resume(cause);
  }

  /** Shows the running process as `throttled` while any cause stands. */
  setThrottled(cause: string, on: boolean): void {
    if (this.#conversation !== null) this.#restraint.setThrottled(cause, on);
  }

  /** True for a feature that the running process announced in its handshake. */
  has(feature: string): boolean {
    return this.#conversation?.has(feature) ?? false;
  }

  /** Sends a command; false when there is no agent to hear it or its queue is full. */
  send(command: OutgoingCommand): boolean {
    return isTalkedTo(this.#lifecycle.name) && (this.#conversation?.send(command) ?? false);
  }

  /** Sends what `command` answers once the agent's pipe takes it, its last words included; once for all calls with this `key`. */
  sendLatest(key: string, command: () => OutgoingCommand): boolean {
    return this.#conversation?.sendLatest(key, command) ?? false;
  }

  /** What every sweep and every call asks for. */
  get vitals(): AgentVitals {
    const { run } = this.#standing;
    const hasRoom = run?.hasRoom ?? false;
    return { state: this.#lifecycle.name, pid: run?.pid ?? null, hasRoom, pausedMs: this.#restraint.stoppedMs };
  }

  get snapshot(): AgentSnapshot {
    return {
      ...this.#standing.facts,
      unwell: this.#standing.unwell,
      restraints: this.#restraint.causes,
      restarts: this.#tally.restartsInAll,
      lastHeartbeatAtMs: this.#lastHeartbeatAtMs,
      counters: this.#tally.snapshot(this.#standing.run?.queuedBytes ?? 0, this.#restraint.stoppedMs),
    };
  }

  #dispatch(happening: Happening): void {
    this.#inbox.take({ ...happening, atMs: this.#options.clock.ticksMs() });
  }

  #take(event: LifecycleEvent): void {
    const { name: previous } = this.#lifecycle;
    const { state, effects, why } = step(this.#lifecycle, event, this.#policy);
    this.#lifecycle = state;
    if (state.name !== previous) this.#enter(state.name);
    if (why !== undefined) this.#standing.moveTo(state.name, phrase(why), event.type === "exited" ? event : undefined);
    if (this.#conversation === null) this.#standing.run = null;
    for (const effect of effects) this.#perform(effect);
  }

  /** Every state owns its timer and its watch, and only three of them a process: entering another forgets them. */
  #enter(name: Lifecycle["name"]): void {
    this.#alarm.forget();
    this.#watch = name === "running" ? this.#watchForSilence() : null;
    if (name !== "starting" && name !== "handshaking") {
      this.#ticket?.release();
      this.#ticket = null;
      this.#farewells.forgetNext();
    }
    if (isTalkedTo(name)) return;
    this.#restraint.clear();
    this.#standing.condition = "free";
    if (name === "stopping") return;
    this.#conversation = null;
    this.#standing.forgetOpinions();
    if (name === "stopped" || name === "blocked") this.#alarm.end();
  }

  #perform(effect: Effect): void {
    const { run } = this.#standing;
    switch (effect.do) {
      case "spawn":
        return this.#queueForSpawn(effect.restartAfter);
      case "wait":
        return this.#wait(effect.delayMs * (effect.jitter === "full" ? (this.#options.random ?? Math.random)() : 1));
      case "send-last":
        return this.#conversation?.sendLast(effect.command);
      case "close-input":
        return run?.closeInput();
      case "terminate":
        return run?.signalGroup("SIGTERM");
      case "kill":
        return run?.signalGroup("SIGKILL");
    }
  }

  #queueForSpawn(restartAfter: string | undefined): void {
    if (restartAfter !== undefined) count(this.#tally.restarts, restartAfter);
    const run = () => this.#farewells.afterwards(() => this.#spawn());
    if (this.#options.gate === undefined) return run();
    this.#ticket = this.#options.gate.enter({ restart: restartAfter !== undefined, run });
  }

  #spawn(): void {
    const launch = askToLaunch(this.#options);
    if (!launch.ok) return this.#dispatch(refusedLaunch(launch));
    const current = () => this.#conversation === conversation;
    const own = { request: launch.request, policy: this.#policy, tally: this.#tally, limit: this.#limit };
    const conversation: Conversation = new Conversation(this.#options, own, {
      happened: (happening) => void (current() && this.#dispatch(happening)),
      heard: (ticksMs) => void (current() && this.#hear(ticksMs)),
      beat: (receivedAtMs) => (this.#lastHeartbeatAtMs = receivedAtMs),
      saidHealth: (health) => void (current() && this.#standing.setOpinion("agent", health, "status")),
      overRate: (forMs) => void (current() && this.#restraint.pauseFor(forMs, "rate-limit")),
      // While it is being stopped somebody waits for its last words: they come before the news.
      dead: (code, signal) => {
        if (!current() || this.#lifecycle.name === "stopping") return;
        this.#farewells.add(conversation);
        this.#dispatch({ type: "exited", code, signal });
      },
      over: () => this.#farewells.over(conversation),
    });
    this.#conversation = conversation;
    this.#standing.run = conversation.run;
    if (conversation.run.pid !== null) this.#dispatch({ type: "spawned" });
  }

  #hear(ticksMs: number): void {
    this.#watch?.heard(ticksMs);
    if (this.#lifecycle.name === "running" && this.#lifecycle.past !== cleanSlate) this.#dispatch({ type: "heard" });
  }

  #watchForSilence(): LivenessWatch {
    return new LivenessWatch(this.#options.clock, this.#alarm, this.#policy, {
      quiet: () => this.#standing.setOpinion("silence", "degraded", "silent"),
      heardAgain: () => this.#standing.setOpinion("silence", "ok", "heard-again"),
      ask: () => void this.send({ cmd: "status" }),
      gone: () => this.#dispatch({ type: "restart-requested", why: { cause: "silent" }, counted: true }),
    });
  }

  #wait(delayMs: number): void {
    const fire = () => this.#dispatch({ type: "timer-fired" });
    // A start-up deadline is a verdict on silence, others are not.
    if (this.#lifecycle.name !== "handshaking") return this.#alarm.set(delayMs, fire);
    const stoppedMs = this.#restraint.stoppedMs;
    this.#alarm.setPatiently(delayMs, () => {
      const unheardMs = this.#restraint.stoppedMs - stoppedMs;
      if (unheardMs > 0) this.#wait(unheardMs);
      else fire();
    });
  }
}
