// What one configured label means.
import type { BuiltinPlugin, PluginManifest, Verdict } from "@mimolo/protocol";
import type { AgentConfig } from "../../config/index.ts";
import type { PluginDescription } from "../../plugins/found-plugin.ts";
import type { SandboxMode } from "./sandbox-mode.ts";

/** What a plan runs, and what it is judged by. */
export interface Program {
  /** Ships with MiMoLo, comes from an installed package, is a plugin that merely lies somewhere, or a command of the user's own. */
  readonly kind: "builtin" | "package" | "found" | "own";
  /** Absolute paths of the files its verdict is about; of a package its program alone. */
  readonly files: readonly string[];
  /** SHA-256 in hex of what was judged last: of the file that runs, or of the package's manifest; `null` when nothing was. */
  readonly digest: string | null;
  /** What a package, or a plugin that was found, says of itself. */
  readonly manifest: PluginDescription | null;
  /** Where it lies. */
  readonly folder: string | null;
  /** What belongs to it and lies elsewhere. */
  readonly linked?: readonly string[];
}

/** How a program stands with those who may forbid it: as it was judged last, which is right before every launch. */
export interface Standing {
  readonly verdict: Verdict;
  /** `null` when it may run; else the sentence that says why not, with the command that helps. */
  readonly blocked: string | null;
  /** Capabilities and permissions it asks for, and those it has. */
  readonly requested: readonly string[];
  readonly granted: readonly string[];
  readonly sandbox: SandboxMode;
}

/** What one configured label means: which program, whether it may run and touch what, with which settings. */
export interface AgentPlan extends Standing {
  readonly label: string;
  readonly pluginId: string;
  readonly name: string;
  readonly version: string | null;
  readonly type: string;
  readonly program: Program;
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly config: AgentConfig;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly builtin: BuiltinPlugin | null;
  /** Runs the command of an agent without code, each time anew; `null` for what is an agent itself. */
  readonly runner: BuiltinPlugin | null;
  /** Why what it needs keeps it from running, with the command that helps; `null` when nothing does. */
  readonly unmet: string | null;
}

/** A plan before anybody has judged its program. */
export type Draft = Omit<AgentPlan, keyof Standing>;

/** A package in the store, as far as a plan needs it. */
export interface InstalledProgram {
  readonly pluginId: string;
  readonly version: string;
  readonly folder: string;
  readonly manifest: PluginManifest;
}

/** The same, the manifest absent where it cannot be read any more. */
export type StoredProgram = Pick<InstalledProgram, "pluginId" | "version" | "folder"> &
  Partial<Pick<InstalledProgram, "manifest">>;
