// A built agent as a real process, with a test in the collector's place.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { agents } from "../../src/index.ts";
import { until } from "../folder-activity/scene.ts";

export interface Message {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface AgentProcess {
  readonly child: ChildProcess;
  readonly messages: Message[];
  send(command: object): void;
  /** The `count`-th message of a type, come or to come. */
  nth(type: string, count?: number): Promise<Message>;
  /** Sends `flush` and returns the summary it brings. */
  flush(): Promise<Message & { data: Record<string, unknown>; metrics: Record<string, unknown> }>;
  /** Sends `shutdown`; resolves with the exit code. */
  shutdown(): Promise<number>;
}

/** Starts a built-in agent by its label and accepts its handshake. */
export async function startAgent(
  label: string,
  options: {
    readonly cwd: string;
    readonly config?: object;
    readonly environment?: Record<string, string>;
    /** `pipe`: the test reads it from `child`. */
    readonly stderr?: "pipe";
    /** Arguments of bubblewrap to start it with, and of Node. */
    readonly wrapped?: { readonly bubblewrap: readonly string[]; readonly node: readonly string[] };
  },
): Promise<AgentProcess> {
  const plugin = agents.find((each) => each.default_label === label);
  if (plugin === undefined) throw new Error(`no agent is called ${label}`);
  const { bubblewrap = [], node = [] } = options.wrapped ?? {};
  const words = [...(bubblewrap.length === 0 ? [] : ["bwrap", ...bubblewrap]), process.execPath, ...node, plugin.entry];
  const child = spawn(words[0] ?? "", words.slice(1), {
    cwd: options.cwd,
    stdio: ["pipe", "pipe", (options.stderr ?? "inherit") as "inherit"],
    env: {
      PATH: process.env["PATH"],
      // A confined one is to read its user's.
      ...(options.wrapped === undefined
        ? { GIT_CONFIG_GLOBAL: process.platform === "win32" ? "NUL" : "/dev/null" }
        : {}),
      MIMOLO_AGENT_LABEL: label,
      ...(options.config === undefined ? {} : { MIMOLO_CONFIG: JSON.stringify(options.config) }),
      ...options.environment,
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const messages: Message[] = [];
  const ended = once(child, "exit");
  createInterface({ input: child.stdout }).on("line", (line) => messages.push(JSON.parse(line) as Message));
  const send = (command: object) => void child.stdin.write(`${JSON.stringify(command)}\n`);
  const ofType = (type: string) => messages.filter((message) => message.type === type);
  const nth = async (type: string, count = 1) => {
    await until(() => ofType(type).length >= count || child.exitCode !== null);
    const message = ofType(type)[count - 1];
    if (message === undefined) throw new Error(`${label} ended without ${type} number ${count}`);
    return message;
  };
  await nth("handshake");
  send({
    cmd: "ack",
    ack: "handshake",
    accepted: true,
    app_version: "0.4.0",
    protocol_version: "0.4",
    params: { heartbeat_interval_s: 0.2, ...(options.config === undefined ? {} : { config: options.config }) },
  });
  return {
    child,
    messages,
    send,
    nth,
    async flush() {
      const before = ofType("summary").length;
      send({ cmd: "flush", id: `flush-${before}` });
      return (await nth("summary", before + 1)) as Awaited<ReturnType<AgentProcess["flush"]>>;
    },
    async shutdown() {
      send({ cmd: "shutdown" });
      const [code] = (await ended) as [number | null];
      return code ?? -1;
    },
  };
}
