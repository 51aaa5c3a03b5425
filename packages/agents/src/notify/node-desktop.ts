import { spawn } from "node:child_process";
import type { Desktop, RunProgram } from "./desktop.ts";
import { sessionBus } from "./session-bus.ts";

/** What is kept of what a program complains of. */
const MOST_STDERR = 1_024;

const run: RunProgram = ({ program, args, environment }, signal) =>
  new Promise((resolve) => {
    let stderr = "";
    const child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "ignore", "pipe"],
      windowsHide: true,
      signal,
      killSignal: "SIGKILL",
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (stderr.length < MOST_STDERR) stderr += text;
    });
    child.once("error", (error) => {
      if (!("code" in error) || error.code !== "ABORT_ERR") resolve({ started: false });
    });
    child.once("exit", (code) => resolve({ started: true, code, stderr }));
  });

/** This desktop, as `environment` knows it. */
export function thisDesktop(environment: Readonly<Record<string, string | undefined>>): Desktop {
  const path = sessionBus();
  const found = path === null ? null : `unix:path=${path}`;
  return { platform: process.platform, bus: environment["DBUS_SESSION_BUS_ADDRESS"] ?? found, run };
}
