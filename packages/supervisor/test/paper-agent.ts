import { type ManualClock, manualClock } from "@mimolo/agent-sdk/testing";
import { type AgentChange, SupervisedAgent, type SupervisedAgentOptions } from "../src/index.ts";
import { fakeSpawn } from "./fake-spawn.ts";

/** A supervised agent on a manual clock whose processes are fakes; `random` is 1, so every back-off takes its ceiling. */
export function paperAgent(more: Partial<SupervisedAgentOptions> = {}, clock: ManualClock = manualClock()) {
  const processes = fakeSpawn(clock);
  const changes: AgentChange[] = [];
  const received: string[] = [];
  const refused: string[] = [];
  const stderr: string[] = [];
  const handshakes: (object | null)[] = [];
  const agent = new SupervisedAgent({
    label: "paper",
    command: { executable: "paper", args: [], cwd: "/", environment: { LANG: "C" } },
    clock,
    spawn: processes.spawn,
    random: () => 1,
    handshake(message) {
      handshakes.push(message);
      return { accept: { app_version: "0.4.0", protocol_version: "0.4", heartbeat_interval_s: 5 } };
    },
    received: ({ message }) => void received.push(message.type),
    refused: ({ code }) => void refused.push(code),
    stderr: (line) => void stderr.push(line),
    changed: (change) => void changes.push(change),
    ...more,
  });
  const story = () => changes.map(({ state, health, cause }) => `${state} ${health} ${cause}`);
  return { agent, clock, processes, changes, received, refused, stderr, handshakes, story };
}
