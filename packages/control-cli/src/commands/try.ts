import { createWriteStream, openSync } from "node:fs";
import { relative, resolve } from "node:path";
import { rules } from "@mimolo/agent-sdk/testing";
import { PASSED_ON, systemClock } from "@mimolo/supervisor";
import type { Call } from "../call.ts";
import { missingCommand } from "../conform/missing-command.ts";
import { settingsIn } from "../conform/settings.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { accountLines, accountOf } from "../try/account.ts";
import { AgentLives } from "../try/agent-lives.ts";
import { keysIn } from "../try/keys.ts";
import { TerminalScreen } from "../try/screen.ts";
import { Session } from "../try/session.ts";
import { watchSaves } from "../try/watch-saves.ts";
import { watchedOf, watchedText } from "../try/watched.ts";

export interface TryOptions {
  readonly settings?: string;
  readonly record?: string;
  /** Milliseconds. */
  readonly for?: number;
  /** Milliseconds. */
  readonly heartbeat?: number;
}

const HEARTBEAT_MS = 1000;

/** `mimolo try -- COMMAND…`: one agent in the terminal. 0 when it has run and no required rule was left broken, 1 otherwise
 *  and after a crash. */
export async function tryAgent(call: Call<TryOptions>): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  const { cwd } = surroundings;
  const [executable, ...args] = call.arguments;
  if (executable === undefined || executable === "") {
    const hint = "Name its command after --: mimolo try -- ./agent";
    throw new CliError("usage", EXIT.usage, "no agent is named", hint);
  }
  const command = [executable, ...args] as const;
  const settings = () => settingsIn(options.settings, cwd);
  // What is wrong with them from the start is a mistake in the command line.
  settings();
  const transcript = options.record === undefined ? undefined : resolve(cwd, options.record);
  const record = transcript === undefined ? null : recordAt(transcript, options.record ?? "");
  const isAttended = surroundings.stdin.isTTY === true && output.isTerminal && !output.options.json;
  const screen = new TerminalScreen(output, isAttended);
  const known = new Map(rules.map(({ id, title, required, fix }) => [id as string, { id, title, required, fix }]));
  let cannotStart: Error | null = null;
  const lives = await AgentLives.open(
    {
      command,
      cwd,
      environment: passedOn(surroundings.env),
      settings,
      heartbeatS: (options.heartbeat ?? HEARTBEAT_MS) / 1000,
    },
    {
      passed: (line, sinceMs) => {
        record?.write(`${JSON.stringify(line)}\n`);
        session.passed(line, sinceMs);
        if (output.closed) session.happened({ what: "key", key: "quit" });
      },
      happened: (event) => session.happened(event),
      neverBegan: (error) => {
        cannotStart = error;
        session.leave();
      },
    },
  );
  const session: Session = new Session({
    clock: systemClock,
    screen,
    lives,
    rules: known,
    isAttended,
    forMs: options.for ?? null,
  });
  const quit = () => session.happened({ what: "key", key: "quit" });
  const undo = [surroundings.onStopSignal(quit)];
  const killNow = () => lives.killNow();
  process.on("exit", killNow);
  try {
    if (!isAttended && !output.options.json) screen.note("no keys: this is no terminal", 0);
    if (!output.options.json) {
      const watched = watchedOf(command, cwd, settingsFiles(options.settings, cwd));
      const watch = await watchSaves(watched, {
        saved: (path) => session.happened({ what: "changed", path: relative(cwd, path) || path }),
        failed: (why) => screen.warn(`saves are not seen by themselves (${why}): press r after one`, 0),
      });
      undo.push(() => void watch.close());
      screen.note(watchedText(command, cwd, watched), 0);
    }
    undo.push(
      listen(surroundings.stdin, isAttended, {
        press: (typed) => pressAll(session, typed),
        ended: quit,
        isTimed: options.for !== undefined,
      }),
    );
    session.begin();
    await session.left;
  } finally {
    for (const each of undo) each();
    screen.end();
    await lives.close();
    process.off("exit", killNow);
    await new Promise<void>((done) => (record === null ? done() : record.end(done)));
  }
  if (cannotStart !== null) throw missingCommand(executable, cannotStart);
  const account = accountOf(session.state, known, transcript);
  if (output.options.json) await output.json(account);
  else await output.print(...accountLines(account, session.state, command, output));
  const isBroken = account.broken.some(({ required }) => required);
  return isBroken || account.never_started !== null || session.state.hasCrashed ? EXIT.failed : EXIT.done;
}

function pressAll(session: Session, typed: string): void {
  for (const key of keysIn(typed)) session.happened({ what: "key", key });
}

/** Keys at a terminal; elsewhere the end of stdin is the end of the session, unless it ends by time. */
function listen(
  stdin: Call["surroundings"]["stdin"],
  isAttended: boolean,
  heard: { press(typed: string): void; ended(): void; isTimed: boolean },
): () => void {
  if (!isAttended && (heard.isTimed || stdin.isTTY === true)) return () => {};
  const raw = isAttended ? (stdin as NodeJS.ReadStream) : null;
  const onData = (chunk: Buffer | string) => {
    if (isAttended) heard.press(chunk.toString());
  };
  raw?.setRawMode(true);
  stdin.on("data", onData).on("end", heard.ended).on("error", heard.ended).resume();
  return () => {
    raw?.setRawMode(false);
    stdin.off("data", onData).off("end", heard.ended).pause();
  };
}

/** A terminal's user has a home and caches that build tools need; the rest of the environment is kept back as a collector does. */
function passedOn(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const passed = Object.entries(env).filter(([name]) => PASSED_ON.includes(name) || name.startsWith("LC_"));
  return Object.fromEntries(passed.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function settingsFiles(typed: string | undefined, cwd: string): string[] {
  return typed?.startsWith("@") === true ? [resolve(cwd, typed.slice(1))] : [];
}

function recordAt(path: string, typed: string): ReturnType<typeof createWriteStream> {
  try {
    const stream = createWriteStream(path, { fd: openSync(path, "w") });
    // A disk that fills up costs the record, not the session.
    return stream.on("error", () => {});
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const hint = "Name a file in a folder that is there.";
    throw new CliError("usage", EXIT.usage, `cannot write ${typed}: ${why}`, hint, { cause });
  }
}
