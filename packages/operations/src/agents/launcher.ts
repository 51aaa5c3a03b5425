// Between an agent's plan and its process: judged again right before every start, put behind its walls, and on record.
import { closeSync, openSync } from "node:fs";
import {
  type AgentChange,
  type ConfinedDimension,
  type Confined,
  confine,
  type Launch,
  type SpawnRequest,
} from "@mimolo/supervisor";
import type { entry } from "../diagnostics/entry.ts";
import { agentCommand, ownFolderOf } from "./agent-command.ts";
import { confinementOf, homeIn, withRealProgram } from "./confinement.ts";
import { type Enforcement, enforcementOn, WALLS } from "./enforcement.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";
import { judge, type JudgedPlan } from "./plan/judge.ts";
import type { VerifiedFile } from "./plan/judged.ts";
import { LaunchSecrets } from "./launch-secrets.ts";
import { complaintHint, deathHint } from "./sandbox-hint.ts";
import type { AgentSurroundings } from "./surroundings.ts";
import { underRunner } from "./under-runner.ts";

/** Who hears of launches. */
export interface LaunchListeners {
  say(what: Parameters<typeof entry>[2]): void;
  /** What kept it from being started is there now. */
  free(): void;
}

/** The launches of one agent. Its plan stands here, as it was judged last. */
export class Launcher {
  readonly #instanceId: string;
  readonly #around: AgentSurroundings;
  readonly #to: LaunchListeners;
  readonly #secrets: LaunchSecrets;
  #plan: AgentPlan;
  /** What held the last launch; `null` before the first. */
  #holds: readonly ConfinedDimension[] | null = null;
  #foreseen: { readonly plan: AgentPlan; readonly holds: readonly ConfinedDimension[] } | null = null;
  /** What was said and put on record last; the same is not repeated. */
  #denied: string | null = null;
  #told: string | null = null;
  readonly #hinted = new Set<string>();

  constructor(plan: AgentPlan, instanceId: string, around: AgentSurroundings, to: LaunchListeners) {
    this.#plan = plan;
    this.#instanceId = instanceId;
    this.#around = around;
    this.#to = to;
    this.#secrets = new LaunchSecrets(around, to);
  }

  get plan(): AgentPlan {
    return this.#plan;
  }

  /** What the process that runs was given to read, or the next one will be as far as it is known. */
  get settings(): Readonly<Record<string, unknown>> {
    return this.#secrets.given ?? this.#plan.settings;
  }

  /** Nothing is looked for any more that a launch had to do without. */
  rest(): void {
    this.#secrets.rest();
  }

  /** Goes on by another plan for the same label; a process that runs is not touched. */
  adopt(plan: AgentPlan): void {
    this.#plan = plan;
    if (plan.blocked !== null) this.#deny(plan, plan.blocked);
  }

  /** The plan as it stands by the bytes that lie there now. */
  judgeAgain(): AgentPlan {
    return this.#judge().plan;
  }

  /** What to run now, by bytes that were judged this very moment; or why not. */
  launch(): Launch {
    try {
      // A file that cannot be opened for want of descriptors would be judged missing.
      closeSync(openSync(process.execPath, "r"));
      return this.#launched();
    } catch (error) {
      if (!isShortage(error)) throw error;
      return { ok: false, reason: (error as Error).message, transient: true };
    }
  }

  #launched(): Launch {
    const { plan, verified, hashes } = this.#judge();
    if (plan.blocked !== null) return { ok: false, reason: plan.blocked };
    const missing = this.#secrets.read(plan);
    if (missing !== null) return { ok: false, reason: missing };
    if (plan.verdict === "dev") this.#warnOfDev(plan);
    const walled = plan.sandbox === "off" ? null : this.#confined(plan, verified);
    if (walled !== null) this.#tellOfWalls(walled.holds);
    const { request, holds } = walled ?? { request: this.#command(plan), holds: [] };
    this.#holds = holds;
    this.#note("launch", plan, { version: plan.version, sandbox: plan.sandbox, held: holds, granted: plan.granted });
    return { ok: true, request: plan.runner === null ? request : underRunner(request, plan, plan.runner, hashes) };
  }

  /** What holds the process that runs, or ran last; before the first, what will hold it. */
  get enforcement(): Enforcement {
    return enforcementOn(process.platform, this.#around.monitor, this.#holds ?? this.#foresee());
  }

  /** Its process ended by itself: early behind walls, that may be why. */
  ended({ uptimeMs, stderrTail }: Pick<AgentChange, "uptimeMs" | "stderrTail">): void {
    if (this.complained(stderrTail) || this.#hinted.size > 0) return;
    this.#hint("info", this.#isWalled ? deathHint(this.#plan, uptimeMs, this.#around.ground.place) : null);
  }

  /** It says that something went wrong; true when that sounds like a wall it met. */
  complained(words: string): boolean {
    const hint = this.#isWalled ? complaintHint(this.#plan, words, this.#around.ground.place) : null;
    this.#hint("warning", hint);
    return hint !== null;
  }

  get #isWalled(): boolean {
    return this.#holds !== null && this.#holds.length > 0 && this.#plan.sandbox !== "off";
  }

  /** The same is said once. */
  #hint(level: "info" | "warning", message: string | null): void {
    if (message === null || this.#hinted.has(message)) return;
    this.#hinted.add(message);
    this.#to.say({ type: "collector", level, code: "sandbox-hint", message });
  }

  #judge(): JudgedPlan {
    const judged = judge(this.#plan, this.#around.ground);
    this.adopt(judged.plan);
    if (judged.plan.blocked === null) this.#denied = null;
    return judged;
  }

  #command(plan: AgentPlan): SpawnRequest {
    return agentCommand(plan, this.settings, this.#instanceId, this.#around);
  }

  #confined(plan: AgentPlan, verified: VerifiedFile | null): Confined {
    const { directory, env, ground } = this.#around;
    const request = withRealProgram(this.#command(plan), plan);
    const ownFolder = ownFolderOf(plan, this.#instanceId, directory);
    const confinement = confinementOf(plan, request, verified, { ownFolder, dataDir: directory.root, env });
    return confine(request, confinement, ground.sandbox, { env, home: homeIn(env) });
  }

  #foresee(): readonly ConfinedDimension[] {
    const plan = this.#plan;
    if (plan.sandbox === "off" || plan.blocked !== null) return [];
    if (this.#around.ground.sandbox.bubblewrap !== null) return WALLS;
    if (this.#foreseen?.plan !== plan) this.#foreseen = { plan, holds: this.#confined(plan, null).holds };
    return this.#foreseen.holds;
  }

  #deny(plan: AgentPlan, reason: string): void {
    if (this.#denied === reason) return;
    this.#denied = reason;
    this.#note("deny", plan, { reason });
  }

  #note(action: "launch" | "deny", { label, pluginId, verdict, program }: AgentPlan, more: object): void {
    this.#around.audit.note(action, pluginId, "collector", { label, verdict, digest: program.digest, ...more });
  }

  #warnOfDev({ label }: AgentPlan): void {
    const message = `${label} runs although nobody has allowed it: this is developer mode`;
    this.#to.say({ type: "collector", level: "warning", code: "dev-launch", message });
  }

  /** Once for each agent: what its grants would hold it to, and nothing here does. */
  #tellOfWalls(holds: readonly ConfinedDimension[]): void {
    const open = WALLS.filter((wall) => !holds.includes(wall));
    const why = this.#around.ground.sandbox.why;
    const told = open.length === 0 ? null : `runs with nothing to hold it to its ${open.join(", ")}: ${why}`;
    if (told !== null && told !== this.#told)
      this.#to.say({ type: "collector", code: "unconfined", message: `${this.#plan.label} ${told}` });
    this.#told = told;
  }
}

const SHORTAGES: ReadonlySet<unknown> = new Set(["EMFILE", "ENFILE", "ENOSPC", "EDQUOT", "ENOMEM", "EAGAIN"]);

/** What may be over in a moment says nothing about the agent. */
function isShortage(error: unknown): boolean {
  return error instanceof Error && "code" in error && SHORTAGES.has(error.code);
}
