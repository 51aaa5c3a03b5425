import { randomUUID } from "node:crypto";
import type { MessageReport } from "@mimolo/protocol";
import type { CollectedAgent } from "../agents/agent.ts";
import type { CallAnswer } from "../calls/plugin-call.ts";
import { CollectorError } from "../error.ts";
import { failureOf } from "../platform/answered.ts";
import type { PlatformAround } from "../platform/platform-around.ts";
import { choose } from "./confidence.ts";
import { Handlers } from "./handlers.ts";
import { nobodyHandles } from "./nobody-handles.ts";
import type { Message, OutgoingMessage, Sending } from "./outgoing.ts";
import { supports, TypesSaid } from "./supported-types.ts";

/** How long whoever may handle a message has to say how well. */
const CAN_HANDLE_MS = 1_000;
/** How many messages one agent may have that it has not answered yet. */
export const MOST_WAITING = 64;

type Asked = "supported_types" | "can_handle" | "handle_message";

/** Carries messages to whoever handles them. */
export class Messages {
  readonly handlers: Handlers;
  readonly #around: PlatformAround;
  readonly #types = new TypesSaid();
  readonly #waiting = new Map<string, number>();
  readonly #saidWrong = new Set<string>();

  constructor(around: PlatformAround) {
    this.#around = around;
    this.handlers = new Handlers(around);
  }

  /** Resolves with what its handler answered. Throws `CollectorError`: `no-handler`, and what calls come to. */
  async send(outgoing: OutgoingMessage, sending: Sending = {}): Promise<MessageReport> {
    const { type, to } = outgoing;
    const message = this.#made(outgoing);
    if (to !== undefined) {
      const handler = this.handlers.addressed(to, sending.sender);
      return { ...(await this.#handled(handler, message, outgoing, sending)), type };
    }
    const { handler, confidence } = await this.#best(message, sending);
    return { ...(await this.#handled(handler, message, outgoing, sending)), type, confidence };
  }

  /** Its process is gone: the next one may handle other things. */
  ended(label: string): void {
    this.handlers.ended(label);
    this.#types.forget(label);
    this.#saidWrong.delete(label);
  }

  #made({ from, to, type, content }: OutgoingMessage): Message {
    const timestamp = new Date(this.#around.clock.wallMs()).toISOString();
    return { id: randomUUID(), from, ...(to === undefined ? {} : { to }), type, content, timestamp };
  }

  async #best(message: Message, sending: Sending) {
    const { open, closed } = this.handlers.hearing(sending.sender);
    const bids = await Promise.all(open.map((handler) => this.#bid(handler, message, sending)));
    const { chosen, wrong } = choose(bids.filter((bid) => bid !== null));
    for (const handler of wrong) this.#sayOnce(handler);
    if (chosen !== null) return chosen;
    const { directory, parts } = this.#around;
    throw nobodyHandles(message.type, { asked: open, closed }, { dataDir: directory.root, env: parts.options.env });
  }

  /** `null` when it does not handle such messages, or did not say so in time. */
  async #bid(handler: CollectedAgent, message: Message, sending: Sending) {
    const quickly = { from: message.from, timeoutMs: CAN_HANDLE_MS };
    const types = await this.#types.of(handler.label, () =>
      this.#ask(handler, "supported_types", {}, quickly, sending),
    );
    if (!supports(types, message.type)) return null;
    const answer = await this.#ask(handler, "can_handle", { message }, quickly, sending);
    return answer.ok ? { handler, said: answer.data } : null;
  }

  async #handled(handler: CollectedAgent | string, message: Message, outgoing: OutgoingMessage, sending: Sending) {
    const label = typeof handler === "string" ? handler : handler.label;
    const waiting = this.#waiting.get(label) ?? 0;
    if (waiting >= MOST_WAITING) {
      const what = `${label} has ${MOST_WAITING} messages that it has not answered`;
      throw new CollectorError("too-many-requests", what, "send more once it has", { reason: "busy" });
    }
    this.#waiting.set(label, waiting + 1);
    try {
      const answer = await this.#ask(handler, "handle_message", { message }, outgoing, sending);
      if (!answer.ok) throw failureOf(answer);
      const { from, content } = message;
      this.#around.events.emit("plugin:message", { from, to: answer.pluginId, content });
      return { to: answer.pluginId, data: answer.data ?? null };
    } finally {
      if (waiting === 0 && this.#waiting.get(label) === 1) this.#waiting.delete(label);
      else this.#waiting.set(label, (this.#waiting.get(label) ?? 1) - 1);
    }
  }

  #ask(
    handler: CollectedAgent | string,
    method: Asked,
    params: object,
    { from, timeoutMs }: Pick<OutgoingMessage, "from" | "timeoutMs">,
    { sender, cause }: Sending,
  ): Promise<CallAnswer> {
    const kind = from === "cli" || from === "api" ? from : "embedder";
    const context = { timestamp: new Date(this.#around.clock.wallMs()).toISOString(), source: from };
    return this.#around.calls.invoke(typeof handler === "string" ? handler : handler.label, {
      interface: "message_handler",
      method,
      params,
      context,
      by: { kind: sender === undefined ? kind : "plugin", name: from },
      cause,
      timeoutMs,
    });
  }

  #sayOnce(handler: CollectedAgent): void {
    if (this.#saidWrong.has(handler.label)) return;
    this.#saidWrong.add(handler.label);
    const message = "can_handle answers something else than a number from 0 to 1; that counts as 0";
    handler.say(handler.snapshot.runId, { type: "collector", level: "warning", code: "bad-confidence", message });
  }
}
