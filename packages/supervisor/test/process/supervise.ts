import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import {
  type AgentChange,
  type AgentState,
  type LifecyclePolicy,
  SupervisedAgent,
  type SupervisedAgentOptions,
  systemClock,
} from "../../src/index.ts";
import { livingGroups } from "../../src/process-facts.ts";

/** One agent from `agents/`, supervised for real, with all it said. */
export interface Supervised {
  readonly agent: SupervisedAgent;
  readonly changes: AgentChange[];
  readonly messages: { readonly type: string; readonly line: string; readonly runId: string }[];
  readonly refused: { readonly code: string; readonly lengthBytes: number; readonly head: string }[];
  readonly stderr: string[];
  readonly handshakes: (object | null)[];
  /** Resolves once `look` finds something; looks again whenever anything happened. Rejects after 15 s with what was seen. */
  until<T>(look: () => T | false | undefined): Promise<T>;
  untilState(state: AgentState): Promise<AgentChange>;
}

/** Short waits, so that a whole life fits into a test; a policy in `more` goes on top. */
export const hasty: Partial<LifecyclePolicy> = {
  heartbeatIntervalMs: 200,
  heartbeatTimeoutMs: 500,
  answerMs: 300,
  startupTimeoutMs: 5_000,
  backOffBaseMs: 10,
  sequenceMs: 300,
  flushingMs: 5_000,
  inputClosedMs: 200,
  terminatedMs: 200,
};

export function fixture(name: string): { executable: string; args: string[] } {
  const path = fileURLToPath(new URL(`agents/${name}`, import.meta.url));
  return name.endsWith(".sh")
    ? { executable: "/bin/sh", args: [path] }
    : { executable: process.execPath, args: [path] };
}

/** `supervise`, started at once, and stopped when the test ends, however it ends. */
export function begin(...args: Parameters<typeof supervise>): Supervised {
  const supervised = supervise(...args);
  onTestFinished(() => supervised.agent.stop({ hurry: true }));
  supervised.agent.start();
  return supervised;
}

export function supervise(name: string, more: Partial<SupervisedAgentOptions> = {}): Supervised {
  const lookers = new Set<() => void>();
  const happened = () => {
    for (const look of lookers) look();
  };
  const seen = {
    changes: [] as AgentChange[],
    messages: [] as { type: string; line: string; runId: string }[],
    refused: [] as { code: string; lengthBytes: number; head: string }[],
    stderr: [] as string[],
    handshakes: [] as (object | null)[],
  };
  const agent = new SupervisedAgent({
    label: name.replace(/\..*$/, ""),
    command: { ...fixture(name), cwd: process.cwd(), environment: { PATH: process.env["PATH"] ?? "" } },
    clock: systemClock,
    handshake(message) {
      seen.handshakes.push(message);
      return { accept: { app_version: "0.4.0", protocol_version: "0.4" } };
    },
    received({ message, bytes, runId }) {
      seen.messages.push({ type: message.type, line: Buffer.from(bytes).toString("utf8"), runId });
      happened();
    },
    refused({ code, lengthBytes, head }) {
      seen.refused.push({ code, lengthBytes, head: Buffer.from(head).toString("latin1") });
      happened();
    },
    stderr(line) {
      seen.stderr.push(line);
      happened();
    },
    changed(change) {
      seen.changes.push(change);
      happened();
    },
    ...more,
    policy: { ...hasty, ...more.policy },
  });
  const until = <T>(look: () => T | false | undefined) =>
    new Promise<T>((resolve, reject) => {
      const tooLate = setTimeout(() => {
        lookers.delete(again);
        const causes = seen.changes.map((change) => `${change.state} (${change.cause})`).join(", ");
        reject(new Error(`waited 15 s in vain; ${seen.messages.length} messages, changes: ${causes}`));
      }, 15_000);
      const again = () => {
        const found = look();
        if (found === false || found === undefined) return;
        clearTimeout(tooLate);
        lookers.delete(again);
        resolve(found);
      };
      lookers.add(again);
      again();
    });
  const untilState = (state: AgentState) => until(() => seen.changes.findLast((change) => change.state === state));
  return { agent, ...seen, until, untilState };
}

/** Living members of a process group; the dead that nobody reaped do not count. */
export function membersOf(pgid: number): number[] {
  return (livingGroups().get(pgid) ?? []).map((member) => member.pid);
}

/** Looks every 10 ms until it is so; rejects after `withinMs`. For other processes' states, which send no event. */
export async function soon(isSo: () => boolean, withinMs: number): Promise<number> {
  const fromMs = performance.now();
  while (!isSo()) {
    if (performance.now() - fromMs > withinMs) throw new Error(`not so within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return performance.now() - fromMs;
}
