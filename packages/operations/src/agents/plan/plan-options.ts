import type { BuiltinPlugin } from "@mimolo/protocol";
import type { AgentConfig } from "../../config/index.ts";
import type { FoundPlugin } from "../../plugins/found-plugin.ts";
import type { StoredProgram } from "./agent-plan.ts";
import type { TrustGround } from "./ground.ts";

export interface PlanOptions {
  readonly builtins: readonly BuiltinPlugin[];
  /** Packages in the store, those whose manifest cannot be read any more included. */
  readonly installed: readonly StoredProgram[];
  /** What lies about; looked for when nothing else has the id. */
  readonly found: () => readonly FoundPlugin[];
  /** What is wrong with what lies there and is no plugin, a sentence each. */
  readonly unread?: () => readonly string[];
  readonly plugins: Readonly<Record<string, AgentConfig>>;
  readonly ground: TrustGround;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Who set each value, by dotted key, so that an error names the line of the value itself. */
  readonly origins?: ReadonlyMap<string, { readonly from: string; readonly line?: number }>;
}
