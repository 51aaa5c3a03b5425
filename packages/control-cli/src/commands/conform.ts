import { readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ConformanceReport } from "@mimolo/agent-sdk/testing";
import type { Call } from "../call.ts";
import { junitOf } from "../conform/junit.ts";
import { askedIds } from "../conform/asked-ids.ts";
import { missingCommand } from "../conform/missing-command.ts";
import { replayed } from "../conform/replayed.ts";
import { rulePages } from "../conform/rule-pages.ts";
import { settingsIn } from "../conform/settings.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { conformLines } from "../present/conform.ts";
import { progressText } from "../present/conform-progress.ts";
import { LiveLine } from "../present/live-line.ts";
import { printable } from "../present/width.ts";
import { listLines, pageLines } from "../present/rule-pages.ts";

const MARKS = ".marks.jsonl";

export interface ConformOptions {
  readonly release?: boolean;
  readonly plugin?: string;
  readonly only?: string;
  /** `true`: without an id. */
  readonly explain?: string | true;
  readonly settings?: string;
  readonly junit?: string;
  readonly record?: string;
  readonly replay?: string;
}

/** `mimolo conform -- COMMAND…`: 0 when every required rule holds, 1 when one is broken. */
export async function conform(call: Call<ConformOptions>): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  if (options.explain !== undefined) return await explainRules(call, options.explain);
  const interrupted = new AbortController();
  const ignore = surroundings.onStopSignal(() => interrupted.abort());
  try {
    const report =
      options.replay === undefined
        ? await checked(call, interrupted.signal)
        : await replayed(call, options.replay, interrupted.signal);
    // First of all the answer: a file that cannot be written takes nobody's minute of waiting away.
    if (output.options.json) await output.json(report);
    else await output.print(...conformLines(report, output));
    if (options.junit !== undefined) {
      await written(resolve(surroundings.cwd, options.junit), junitOf(report, call.arguments.join(" ")));
    }
    return report.failed === 0 ? EXIT.done : EXIT.failed;
  } catch (error) {
    if (interrupted.signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    ignore();
  }
}

async function explainRules(
  { arguments: words, output }: Call<ConformOptions>,
  asked: string | true,
): Promise<ExitCode> {
  if (words.length > 0) {
    throw new CliError("usage", EXIT.usage, "--explain runs nothing", "Name no command beside it.");
  }
  const { areaTitles } = await import("@mimolo/agent-sdk/testing");
  const pages = await rulePages(asked === true ? undefined : asked);
  const { colour, columns, options } = output;
  if (options.json) await output.json({ rules: pages });
  else if (asked === true) await output.print(...listLines(pages, areaTitles, colour, columns));
  else await output.print(...pageLines(pages, colour, columns));
  return EXIT.done;
}

async function checked(call: Call<ConformOptions>, signal: AbortSignal): Promise<ConformanceReport> {
  const { options, output, surroundings } = call;
  const [executable, ...args] = call.arguments;
  if (executable === undefined || executable === "") {
    throw new CliError(
      "usage",
      EXIT.usage,
      "no agent is named",
      "Name its command after --: mimolo conform -- ./agent",
    );
  }
  const { CannotStart, checkConformance, saveRecording } = await import("@mimolo/agent-sdk/testing");
  const saved: Promise<void>[] = [];
  let unsaved: unknown;
  const folder = options.record === undefined ? null : await emptyFolder(resolve(surroundings.cwd, options.record));
  const line = new LiveLine(output, !output.options.quiet && !output.options.json);
  try {
    const report = await checkConformance([executable, ...args], {
      cwd: surroundings.cwd,
      config: settingsIn(options.settings, surroundings.cwd),
      release: options.release === true,
      only: await askedIds(options.only),
      ...(options.plugin === undefined ? {} : { plugin: resolve(surroundings.cwd, options.plugin) }),
      ...(options.release === true ? { pack: (plugin) => packed(plugin, surroundings.env) } : {}),
      signal,
      onProgress: (...progress) => line.show(progressText(...progress)),
      onRecording: (recording) => {
        const failed = (error: unknown) => {
          unsaved ??= error;
        };
        if (folder !== null) saved.push(saveRecording(folder, recording).catch(failed));
      },
    });
    await Promise.all(saved);
    if (unsaved !== undefined) output.warn(`the record is not whole: ${printable(asText(unsaved))}`);
    return report;
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    throw missingCommand(executable, error);
  } finally {
    await Promise.all(saved);
    line.clear();
  }
}

/** What packs is loaded by whoever packs. */
async function packed(folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { packageDigest } = await import("../conform/package-digest.ts");
  return await packageDigest(folder, env);
}

/** Recordings of another run beside the new ones would be judged with them: they go, and nothing else does. */
async function emptyFolder(folder: string): Promise<string> {
  const there = await readdir(folder).catch(() => []);
  const recorded = there.filter((name) => name.endsWith(MARKS)).map((name) => name.slice(0, -MARKS.length));
  const ours = new Set(recorded.flatMap((name) => [`${name}${MARKS}`, `${name}.jsonl`]));
  const other = there.find((name) => !ours.has(name));
  if (other !== undefined) {
    const message = `${folder} holds ${other}, which is no record`;
    throw new CliError("file-exists", EXIT.usage, message, "Name a folder of its own for the record.");
  }
  await Promise.all(there.map((name) => rm(join(folder, name))));
  return folder;
}

const asText = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));

async function written(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError("usage", EXIT.usage, `cannot write ${path}: ${why}`, "Name a file in a folder that is there.", {
      cause,
    });
  }
}
