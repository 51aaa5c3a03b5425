// The control of the collector: the same children, and nothing done to their lines but `JSON.parse`.
import { type ChildProcess, spawn } from "node:child_process";
import type { AgentCommand } from "./agent-command.ts";
import { progressOf, setStill } from "./progress.ts";
import { serve } from "./serve.ts";
import { usage } from "./usage.ts";

const CONCURRENT = 8;
const children: ChildProcess[] = [];
let delaysMs: number[] = [];
let lines = 0;

serve({
  start: ({ agents, cwd }: { agents: readonly AgentCommand[]; cwd: string }) =>
    new Promise<void>((resolve) => {
      let up = 0;
      const next = () => {
        const agent = agents[children.length];
        if (agent === undefined) return;
        read(agent, cwd, () => {
          next();
          if (++up === agents.length) resolve();
        });
      };
      for (let i = 0; i < CONCURRENT; i++) next();
    }),
  usage,
  progress: () => progressOf(lines),
  still: ({ still }: { still: boolean }) =>
    setStill(
      children.flatMap(({ pid }) => pid ?? []),
      still,
    ),
  delays() {
    const taken = delaysMs;
    delaysMs = [];
    return taken;
  },
  end() {
    for (const child of children) child.kill("SIGKILL");
  },
});

function read({ executable, args }: AgentCommand, cwd: string, up: () => void): void {
  const child = spawn(executable, [...args], { cwd, env: {}, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  children.push(child);
  child.stdout.once("data", up);
  child.stderr.resume();
  let rest: Buffer | null = null;
  child.stdout.on("data", (bytes: Buffer) => {
    const chunk: Buffer = rest === null ? bytes : Buffer.concat([rest, bytes]);
    let from = 0;
    for (let to = chunk.indexOf(10); to !== -1; to = chunk.indexOf(10, from)) {
      take(JSON.parse(chunk.toString("utf8", from, to)) as { metrics?: { sent_us?: number } });
      lines += 1;
      from = to + 1;
    }
    rest = from < chunk.length ? chunk.subarray(from) : null;
  });
}

function take({ metrics }: { metrics?: { sent_us?: number } }): void {
  const sentUs = metrics?.sent_us ?? 0;
  if (sentUs > 0) delaysMs.push(Number(process.hrtime.bigint() / 1000n) / 1000 - sentUs / 1000);
}
