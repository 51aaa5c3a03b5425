// The process around an agent.
import { captureConsole } from "./capture-console.ts";
import { systemClock } from "./clock.ts";
import type { Ending, Host } from "./host.ts";
import { nodeChannel } from "./node-channel.ts";
import { nodeSpoolStore } from "./node-spool-store.ts";

/** How long code after `await agent.run()` may take before the process is ended regardless. */
const FAREWELL_MS = 1000;

/** The host of an agent in a process of its own. */
export function nodeHost(): Host {
  const channel = nodeChannel();
  const { MIMOLO_AGENT_DATA_DIR: folder } = process.env;
  return {
    clock: systemClock,
    channel,
    environment: process.env,
    spool: folder === undefined || folder === "" ? null : nodeSpoolStore(`${folder}/spool`),
    cpuMs() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    memoryMib,
    parentId: () => process.ppid,
    attach(events) {
      const release = captureConsole((level, text) => events.printed(level, text));
      const listeners = {
        SIGTERM: () => events.interrupted("SIGTERM"),
        SIGINT: () => events.interrupted("SIGINT"),
        uncaughtException: (error: unknown) => events.uncaught(error, true),
        unhandledRejection: (error: unknown) => events.uncaught(error, false),
        exit: (code: number) => leave({ code }),
      };
      for (const [event, listener] of Object.entries(listeners)) process.on(event, listener);
      return () => {
        for (const [event, listener] of Object.entries(listeners)) process.off(event, listener);
        release();
      };
    },
    exit(ending) {
      process.exitCode = ending.code;
      if (channel.isBusy) leave(ending);
      // Fires only when something of the author's (a watcher, a server) would keep the process alive.
      else setTimeout(() => process.exit(ending.code), FAREWELL_MS).unref();
    },
  };

  /** Node joins its thread pool before it exits, and would wait for a read that may never return: only a signal ends it. */
  function leave({ signal }: Ending): void {
    if (channel.isBusy) process.kill(process.pid, signal ?? "SIGKILL");
  }
}

/** Anonymous memory where Linux tells it; elsewhere the resident set, which counts Node's own shared text too. */
function memoryMib(): number {
  try {
    const status = process.getBuiltinModule("node:fs").readFileSync("/proc/self/status", "latin1");
    const kib = /^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1];
    if (kib !== undefined) return Number(kib) / 1024;
  } catch {
    // No /proc here.
  }
  return process.memoryUsage.rss() / 1_048_576;
}
