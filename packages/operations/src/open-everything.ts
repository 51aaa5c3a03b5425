import { openCgroup, openRunFile, reapLeftovers, startGuardian } from "@mimolo/supervisor";
import type { Agents } from "./agents/agents.ts";
import { Inventory } from "./artifacts/index/inventory.ts";
import { openBudgets } from "./budgets/open-budgets.ts";
import { lastAliveMs } from "./control/alive.ts";
import { awaitedLock } from "./control/awaited-lock.ts";
import type { DataDirectory } from "./data-directory.ts";
import { entry, theCollector } from "./diagnostics/entry.ts";
import { DiagnosticsLog } from "./diagnostics/log.ts";
import { everyStep } from "./every-step.ts";
import type { Journal } from "./journal/journal.ts";
import { openJournal } from "./open-journal.ts";
import { PolicyLog } from "./journal/policy-log.ts";
import { followTrust } from "./reload/follow-trust.ts";
import { openAgents } from "./open-agents.ts";
import type { Listeners, Opened } from "./opened.ts";
import type { RunParts } from "./run-parts.ts";
import { collectorKey } from "./trust/collector-key.ts";
import { openTrust } from "./trust/open-trust.ts";
import { SegmentKeeper } from "./segments/keeper.ts";
import { watchClock } from "./time/clock-watch.ts";
import { noteFinding } from "./time/note-finding.ts";
import { notYet } from "./not-yet.ts";
import { version } from "./version.ts";
import { unheard } from "./agents/news.ts";

const SHORTEST_GAP_MS = 1_000;
/** A command such as `mimolo allow` may be at work just now. */
const COMMAND_PATIENCE_MS = 2_000;

/** Lock, key, ledger, agents: in the order they depend on each other. What was opened is closed again when a step fails. */
export async function openEverything(parts: RunParts): Promise<Opened> {
  const { directory, clock } = parts;
  const closers: (() => unknown)[] = [];
  const close = () => everyStep(closers.splice(0));
  closers.push(await awaitedLock(directory, COMMAND_PATIENCE_MS));
  try {
    const aliveMs = lastAliveMs(directory.alive);
    const diagnostics = openDiagnostics(parts);
    closers.unshift(() => diagnostics.close());
    const say: Opened["say"] = (what) => diagnostics.write(entry(theCollector, clock.wallMs(), what));
    const key = collectorKey(directory);
    const inventory = new Inventory();
    const journal = await openJournal(parts, key, say, inventory);
    // After the journal, whose last records may close or revise a segment.
    const kept: { segments?: SegmentKeeper } = {};
    closers.unshift(() => kept.segments?.close());
    closers.unshift(() => journal.close());
    const listeners: Listeners = {};
    const trustChanged = () => {
      followTrust(parts, { agents, budgets: opened.budgets, policy });
      listeners.trustChanged?.();
    };
    const trust = await openTrust({
      directory,
      key,
      clock,
      fileSystem: parts.options.fileSystem,
      autoGrantLow: () => parts.config.trust.auto_grant_low,
      changed: () => Promise.resolve(trustChanged()),
      trial: (trial) => listeners.tries?.(trial) ?? trial.hold(),
      removed: (id) => listeners.removed?.(id) ?? Promise.resolve(),
      say,
    });
    closers.unshift(() => trust.audit.close());
    closers.unshift(() => trust.desk.idle());
    const mode = parts.options.dev === true ? "dev" : "release";
    trust.audit.note("mode", "collector", "collector", { mode, version });
    noteDownTime(journal, aliveMs, clock.wallMs());
    const watch = watchClock({
      clock,
      tickMs: () => parts.config.monitor.poll_tick_s * 1000,
      found: (finding) => noteFinding(finding, journal, say),
    });
    closers.unshift(() => watch.close());
    await reap(directory, say);
    const runFile = openRunFile(directory.runFile);
    closers.unshift(() => runFile.close());
    // Before the first child: a group with other processes in it is not ours to arrange.
    const cgroup = openCgroup();
    closers.unshift(() => cgroup?.close());
    const guardian = startGuardian({ clock });
    closers.unshift(() => guardian?.close());
    const policy = new PolicyLog(journal);
    const opened = openBudgets(parts.options, clock, (label, what) => {
      const speaker = label === null ? theCollector : { ...theCollector, label, instance_id: agents.idOf(label) };
      diagnostics.write(entry(speaker, clock.wallMs(), what));
    });
    const agents: Agents = openAgents(parts, opened, {
      diagnostics,
      journal,
      trust,
      guardian,
      cgroup,
      runFile,
      policy,
      healthy: (plan) => listeners.healthy?.(plan),
      news: () => listeners.news ?? unheard,
    });
    opened.budgets.settle(parts.plans, parts.config);
    const rounds = opened.watch(
      () => agents.each,
      (usages) => listeners.swept?.(usages),
    );
    closers.unshift(() => rounds.close());
    const segments = new SegmentKeeper({
      directory,
      monitor: () => parts.config.monitor,
      clock,
      journal,
      agents,
      events: parts.events,
      diagnostics: (line) => diagnostics.write(line),
    });
    kept.segments = segments;
    for (const message of notYet(parts.config)) say({ type: "collector", level: "warning", message });
    say({ type: "collector", message: `started, version ${version}, pid ${process.pid}` });
    // A disk that takes nothing yet is said and tried again by the ledger; control and agents do not wait for it.
    await journal.commit().catch(() => undefined);
    const { desk } = trust;
    return {
      clean: (text) => diagnostics.scrub.clean(text),
      journal,
      inventory,
      agents,
      policy,
      budgets: opened.budgets,
      segments,
      desk,
      audit: trust.audit,
      trustChanged,
      listeners,
      close,
      say,
    };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

function openDiagnostics({ config, directory, clock, events }: RunParts): DiagnosticsLog {
  const { monitor } = config;
  return new DiagnosticsLog({
    directory: monitor.diagnostics_log_dir ?? directory.diagnostics,
    clock,
    enabled: monitor.diagnostics_enabled,
    retentionDays: monitor.diagnostics_retention_days,
    maxMib: monitor.diagnostics_max_mib,
    heard: (line) => events.emit("log", line),
  });
}

/** Nobody watched while the collector was down: a gap, which is never work. It begins with the last sign of life. */
function noteDownTime(journal: Journal, aliveMs: number | null, nowMs: number): void {
  const fromMs = Math.max(aliveMs ?? 0, journal.lastReceivedMs ?? 0);
  if (fromMs === 0 || nowMs - fromMs < SHORTEST_GAP_MS) return;
  journal.gap({
    reason: "collector-down",
    from: new Date(fromMs).toISOString(),
    to: new Date(nowMs).toISOString(),
  });
}

/** Ends what a dead collector left behind, before any spawn. */
async function reap(directory: DataDirectory, say: Opened["say"]): Promise<void> {
  const reaped = await reapLeftovers(directory.runFile);
  for (const pid of reaped.killed) {
    say({
      type: "collector",
      level: "warning",
      code: "leftover-reaped",
      message: `ended process ${pid}, left by a collector that died`,
    });
  }
}
