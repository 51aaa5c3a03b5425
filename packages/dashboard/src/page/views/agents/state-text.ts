// What an agent's process does and how it does, in words and tones.
import type { AgentStatus } from "@mimolo/protocol";

export type Tone = "plain" | "ok" | "warn" | "bad" | "accent";

interface Said {
  readonly tone: Tone;
  readonly says: string;
}

const STATES: Readonly<Record<AgentStatus["state"], Said>> = {
  planned: { tone: "plain", says: "It is about to be started." },
  starting: { tone: "accent", says: "Its process is being started." },
  handshaking: { tone: "accent", says: "It runs and introduces itself." },
  running: { tone: "ok", says: "It observes." },
  "backing-off": { tone: "warn", says: "It died and is started again in a moment." },
  stopping: { tone: "accent", says: "It hands over what it has, and ends." },
  stopped: { tone: "plain", says: "It stays stopped until it is started." },
  quarantined: { tone: "bad", says: "It failed too often. It stays where it is until it is started." },
  blocked: { tone: "bad", says: "It may not run as things stand." },
};

const HEALTHS: Readonly<Record<AgentStatus["health"], Said>> = {
  initializing: { tone: "plain", says: "It is getting ready." },
  ok: { tone: "ok", says: "It does well." },
  slowpoke: { tone: "warn", says: "It takes its time." },
  degraded: { tone: "warn", says: "It does less than it should, or was silent for too long." },
  overload: { tone: "bad", says: "It has more to do than it can." },
  failed: { tone: "bad", says: "It says that it cannot go on." },
};

const CONDITIONS: Readonly<Record<AgentStatus["condition"], Said>> = {
  free: { tone: "ok", says: "It may use what it needs." },
  throttled: { tone: "warn", says: "It was told to sample more slowly, since it used more than its budget." },
  held: { tone: "bad", says: "It was held, since it used more than its budget for too long." },
};

export function stateText(state: AgentStatus["state"]): Said {
  return STATES[state];
}

export function healthText(health: AgentStatus["health"]): Said {
  return HEALTHS[health];
}

export function conditionText(condition: AgentStatus["condition"]): Said {
  return CONDITIONS[condition];
}

/** Is there a process, or about to be one? Then it can be stopped. */
export function isUp(state: AgentStatus["state"]): boolean {
  return !["stopped", "quarantined", "blocked", "planned"].includes(state);
}

/** What needs a look comes first, then what runs, each by its label. */
export function inOrder(agents: readonly AgentStatus[]): AgentStatus[] {
  return agents.toSorted((one, other) => rank(one) - rank(other) || one.label.localeCompare(other.label));
}

function rank(agent: AgentStatus): number {
  const at = ["bad", "warn", "plain"].indexOf(toneOf(agent));
  return at === 2 ? 3 : at === -1 ? 2 : at;
}

/** The worst of state, health and condition; else the state's. */
export function toneOf({ state, health, condition }: AgentStatus): Tone {
  const own = stateText(state).tone;
  const tones = [own, isUp(state) ? healthText(health).tone : own, conditionText(condition).tone];
  return (["bad", "warn"] as const).find((tone) => tones.includes(tone)) ?? own;
}

/** Whether the sign of life that is shown is the reason why it is degraded: each agent has an interval of its own, which the
 *  collector goes by. */
export function isSilent({ state, health, last_heartbeat_at: at }: AgentStatus, nowMs: number): boolean {
  return state === "running" && health === "degraded" && at !== null && nowMs - Date.parse(at) > LATE_MS;
}

const LATE_MS = 10_000;
