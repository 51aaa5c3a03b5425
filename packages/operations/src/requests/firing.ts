import type { EventMessage } from "@mimolo/protocol";
import type { CollectedAgent } from "../agents/agent.ts";
import type { PlatformAround } from "../platform/platform-around.ts";
import { topicFault } from "../topics/topic-table.ts";
import type { Topics } from "../topics/topics.ts";
import { permissionHint } from "./held.ts";
import type { RequestDesk } from "./request-desk.ts";

const SAID_EVERY_MS = 60_000;

/** Events that are no evidence: published under their topic, or their own name, to whoever subscribed. */
export class Firing {
  readonly #around: PlatformAround;
  readonly #topics: Topics;
  readonly #desk: Pick<RequestDesk, "mayAsk">;
  /** When each sentence about an agent was said last. */
  readonly #said = new Map<string, number>();
  /** Who was told that nobody hears it. */
  readonly #denied = new Set<string>();

  constructor(around: PlatformAround, topics: Topics, desk: Pick<RequestDesk, "mayAsk">) {
    this.#around = around;
    this.#topics = topics;
    this.#desk = desk;
  }

  fired(agent: CollectedAgent, { data, cause }: EventMessage): void {
    const { event, topic = event, payload = null, context } = data;
    if (topicFault(topic, "topic") !== null || !this.#topics.isHeard(topic)) return;
    const { label, plan } = agent;
    if (!plan.granted.includes("write-messaging")) {
      this.#deny(agent);
      return;
    }
    if (!this.#desk.mayAsk(agent)) return this.#say(agent, "rate-limited", "it publishes too often: some reach nobody");
    const led = this.#around.causes.next({ label, pluginId: plan.pluginId }, cause);
    if (led === "loop") return;
    const more = { event, ...(context === undefined ? {} : { context }) };
    const subscribers = this.#topics.publish({ topic, from: plan.pluginId, data: payload, more }, label, led);
    if (subscribers === null) this.#say(agent, "rate-limited", "it publishes more than its subscribers can be told");
  }

  ended(label: string): void {
    this.#denied.delete(label);
  }

  #deny(agent: CollectedAgent): void {
    const { label, plan, snapshot } = agent;
    if (this.#denied.has(label)) return;
    this.#denied.add(label);
    const { audit, directory, parts } = this.#around;
    const permission = "write-messaging";
    const detail = { reason: "permission-denied", method: "event", permission, run_id: snapshot.runId };
    audit.note("deny", plan.pluginId, label, detail);
    const help = permissionHint(plan, permission, { dataDir: directory.root, env: parts.options.env });
    this.#say(agent, "permission-denied", `its events reach nobody without the permission ${permission}; ${help}`);
  }

  #say(agent: CollectedAgent, code: string, message: string): void {
    const key = `${code} ${agent.label}`;
    const nowMs = this.#around.clock.ticksMs();
    if (nowMs - (this.#said.get(key) ?? Number.NEGATIVE_INFINITY) < SAID_EVERY_MS) return;
    this.#said.set(key, nowMs);
    agent.say(agent.snapshot.runId, { type: "event", level: "warning", code, message });
  }
}
