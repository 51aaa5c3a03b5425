import { nearestName, type RequestMessage } from "@mimolo/protocol";
import type { Clock, OutgoingCommand } from "@mimolo/supervisor";
import type { CollectedAgent } from "../agents/agent.ts";
import type { AllowPlace } from "../allow-command.ts";
import type { Causes } from "../causes/causes.ts";
import type { AuditLog } from "../trust/audit-log.ts";
import { Allowance } from "./allowance.ts";
import { type Answer, failed, refused } from "./answer.ts";
import { checkParams } from "./check-params.ts";
import { permissionHint } from "./held.ts";
import { Outlet } from "./outlet.ts";
import type { Asking, RequestMethod } from "./request-method.ts";

/** What one agent may ask, over all its processes. */
const REQUESTS = { perSecond: 200, burst: 400 };
/** How many requests of one agent are carried out at once. */
export const MOST_UNDER_WAY = 64;
/** Answers that wait for an agent that asks and does not read. */
const WAITING = { most: 256, mostBytes: 4_194_304 };
/** What an agent reads as one line, with what stands around an answer in it. */
const MOST_ANSWER_BYTES = 1_048_576 - 1_024;

export interface RequestDeskOptions {
  readonly clock: Pick<Clock, "ticksMs">;
  readonly methods: Readonly<Record<string, RequestMethod>>;
  readonly causes: Pick<Causes, "next">;
  readonly audit: Pick<AuditLog, "note">;
  readonly place: () => AllowPlace;
}

/** What is known of one agent while a process of it runs. */
interface Asker {
  readonly runId: string | null;
  readonly answers: Outlet<{ readonly id: string; readonly answer: Answer }>;
  readonly denied: Set<string>;
  underWay: number;
}

/** Carries out what agents ask, each within its permissions and its rate, and answers every request once. */
export class RequestDesk {
  readonly #options: RequestDeskOptions;
  readonly #allowances = new Map<string, Allowance>();
  readonly #askers = new Map<string, Asker>();

  constructor(options: RequestDeskOptions) {
    this.#options = options;
  }

  /** Whether an agent may ask, or publish, once more now. */
  mayAsk({ label }: CollectedAgent): boolean {
    const nowMs = this.#options.clock.ticksMs();
    let allowance = this.#allowances.get(label);
    if (allowance === undefined) this.#allowances.set(label, (allowance = new Allowance(REQUESTS, nowMs)));
    return allowance.take(nowMs);
  }

  /** Answers now or later; never throws. */
  take(agent: CollectedAgent, request: RequestMessage): void {
    const asker = this.#askerOf(agent);
    // Whoever asks on and reads no answer is not listened to any more.
    if (asker.answers.length + asker.underWay >= WAITING.most) return agent.missed("answers", 1);
    const answer = this.#answer(agent, asker, request);
    if (!(answer instanceof Promise)) return this.#say(agent, asker, request, answer);
    void this.#later(agent, asker, request, answer);
  }

  async #later(agent: CollectedAgent, asker: Asker, request: RequestMessage, answer: Promise<Answer>): Promise<void> {
    asker.underWay += 1;
    const settled = await answer.catch(failed);
    asker.underWay -= 1;
    // Another process of the same agent has not asked.
    if (this.#askers.get(agent.label) === asker) this.#say(agent, asker, request, settled);
  }

  ended(label: string): void {
    this.#askers.delete(label);
  }

  #answer(agent: CollectedAgent, asker: Asker, request: RequestMessage): Answer | Promise<Answer> {
    const { method: name, params } = request;
    if (!this.mayAsk(agent)) return refused("rate-limited", "an agent may ask 200 times a second", "ask less often");
    const method = this.#methodOf(name);
    if (method === undefined) return this.#unknown(name);
    const permission = method.permission(params ?? {}, agent);
    if (permission !== null && !agent.plan.granted.includes(permission)) {
      this.#note(agent, asker, name, permission);
      const help = permissionHint(agent.plan, permission, this.#options.place());
      return refused("permission-denied", `${name} needs the permission ${permission}`, help);
    }
    const checked = checkParams(name, method.params, params);
    if (!checked.ok) return refused("invalid-params", checked.message);
    if (asker.underWay >= MOST_UNDER_WAY)
      return refused("busy", `${MOST_UNDER_WAY} of its requests are not done yet`, "wait for answers");
    const asking = this.#asking(agent, method, request);
    if (asking === "loop") return refused("loop", `${name} was cut: it went through too many plugins`);
    try {
      return method.run(checked.params, asking);
    } catch (error) {
      return failed(error);
    }
  }

  #asking(agent: CollectedAgent, { leadsOn }: RequestMethod, { cause }: RequestMessage): Asking | "loop" {
    if (!leadsOn) return { agent, cause: undefined };
    const next = this.#options.causes.next({ label: agent.label, pluginId: agent.plan.pluginId }, cause);
    return next === "loop" ? next : { agent, cause: next };
  }

  #methodOf(name: string): RequestMethod | undefined {
    const { methods } = this.#options;
    return Object.hasOwn(methods, name) ? methods[name] : undefined;
  }

  #unknown(name: string): Answer {
    const nearest = nearestName(name, Object.keys(this.#options.methods));
    const help = nearest === undefined ? Object.keys(this.#options.methods).join(", ") : `did you mean ${nearest}?`;
    return refused("unknown-method", `there is no method ${JSON.stringify(name.slice(0, 128))}`, help);
  }

  /** Once for each method and process: whoever tries on is no news. */
  #note({ label, plan, snapshot }: CollectedAgent, asker: Asker, method: string, permission: string): void {
    if (asker.denied.has(method)) return;
    asker.denied.add(method);
    const detail = { reason: "permission-denied", method, permission, run_id: snapshot.runId };
    this.#options.audit.note("deny", plan.pluginId, label, detail);
  }

  /** Of the process that runs: what waited for another one is never read. */
  #askerOf(agent: CollectedAgent): Asker {
    const known = this.#askers.get(agent.label);
    const { runId } = agent.snapshot;
    return known?.runId === runId ? known : this.#made(agent, runId);
  }

  #made(agent: CollectedAgent, runId: string | null): Asker {
    const commandOf = ({ id, answer }: { id: string; answer: Answer }): OutgoingCommand => ({
      cmd: "response",
      id,
      params: answer,
    });
    const answers = new Outlet(agent, { key: "answers", limits: WAITING, commandOf });
    const asker = { runId, answers, denied: new Set<string>(), underWay: 0 };
    this.#askers.set(agent.label, asker);
    return asker;
  }

  #say(agent: CollectedAgent, asker: Asker, { id, method }: RequestMessage, answer: Answer): void {
    const bytes = Buffer.byteLength(JSON.stringify(answer));
    const fits = bytes <= MOST_ANSWER_BYTES;
    const said = fits ? answer : refused("too-large", `the answer to ${method} does not fit a line`);
    const dropped = asker.answers.push({ id, answer: said }, fits ? bytes : 128);
    if (dropped > 0) agent.missed("answers", dropped);
  }
}
