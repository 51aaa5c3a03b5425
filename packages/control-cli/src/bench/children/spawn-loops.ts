// What it costs to bring up many agents: the supervisor, and the least one can do.
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { openRunFile, SpawnGate, startGuardian, SupervisedAgent, systemClock } from "@mimolo/supervisor";
import type { AgentCommand } from "./agent-command.ts";
import { serve } from "./serve.ts";

const CONCURRENT = 8;
/** So many come first, so that neither way pays for loading its code. */
const WARM_UP = 8;

interface Loop {
  readonly agents: readonly AgentCommand[];
  readonly cwd: string;
}

/** Brings all of them up and resolves with what ends them. */
type Way = (loop: Loop) => Promise<() => void>;

serve({
  bare: (loop: Loop) => cpuMsOf(bare, loop),
  supervised: (loop: Loop) => cpuMsOf(supervised, loop),
});

async function cpuMsOf(way: Way, loop: Loop): Promise<number> {
  const warm = await way({ ...loop, agents: loop.agents.slice(0, WARM_UP) });
  warm();
  const before = process.cpuUsage();
  const end = await way(loop);
  const { user, system } = process.cpuUsage(before);
  end();
  return (user + system) / 1000;
}

/** Eight starting at a time, the first line read, then SIGKILL to the group. */
function bare({ agents, cwd }: Loop): Promise<() => void> {
  return new Promise((resolve) => {
    const pids: number[] = [];
    let begun = 0;
    let up = 0;
    const next = () => {
      const agent = agents[begun++];
      if (agent === undefined) return;
      const { executable, args } = agent;
      const child = spawn(executable, [...args], { cwd, env: {}, detached: true, stdio: ["pipe", "pipe", "pipe"] });
      pids.push(child.pid ?? 0);
      child.stdout.once("data", () => {
        next();
        if (++up === agents.length) resolve(() => pids.forEach(endGroup));
      });
    };
    for (let i = 0; i < CONCURRENT; i++) next();
  });
}

/** All that the supervisor does: gate, guardian, run file, handshake and its answer. */
function supervised({ agents, cwd }: Loop): Promise<() => void> {
  return new Promise((resolve) => {
    const guardian = startGuardian();
    const runFile = openRunFile(join(mkdtempSync(join(cwd, "run-")), "running"));
    const shared = { clock: systemClock, gate: new SpawnGate(), runFile, ...(guardian === null ? {} : { guardian }) };
    let up = 0;
    const all = agents.map(({ label, executable, args }) => {
      const agent = new SupervisedAgent({
        ...shared,
        label,
        command: { executable, args, cwd, environment: {} },
        handshake: () => ({ accept: { app_version: "0.4.0", protocol_version: "0.4" } }),
        received: () => undefined,
        refused: () => undefined,
        stderr: () => undefined,
        changed({ state }) {
          if (state !== "running" || ++up < agents.length) return;
          resolve(() => {
            for (const each of all) each.hurry();
            guardian?.close();
          });
        },
      });
      return agent;
    });
    for (const agent of all) agent.start();
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
