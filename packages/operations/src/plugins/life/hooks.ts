// What an embedder does when a plugin comes along, or goes: asked one after the other, never for long, never in the way.
import type { Clock } from "@mimolo/supervisor";
import type { LifeHook } from "./life.ts";

/** Whose life it is about. `label` is its agent's; a plugin that merely lies there has none. */
export interface HookedPlugin {
  readonly pluginId: string;
  /** Empty for a program without one. */
  readonly version: string;
  readonly label?: string;
}

/** Called at each step of a plugin's life; what follows waits for it, at most 5 s. What one throws is said in the diagnostics and
 *  stops nothing. A plugin has a life for each of its agents. */
export interface PluginHooks {
  /** It was found, once per version: among what is configured, built in, installed or lies where plugins lie. */
  readonly onDiscover?: (plugin: HookedPlugin) => unknown;
  /** A process of it was started. */
  readonly onLoad?: (plugin: HookedPlugin) => unknown;
  /** It has its settings and took them. */
  readonly onInitialize?: (plugin: HookedPlugin) => unknown;
  /** It works. */
  readonly onActivate?: (plugin: HookedPlugin) => unknown;
  /** It works no longer: it was suspended, or its process is gone. */
  readonly onSuspend?: (plugin: HookedPlugin) => unknown;
  /** Its process has ended and does not come back by itself. */
  readonly onUnload?: (plugin: HookedPlugin) => unknown;
}

export const HOOK_PATIENCE_MS = 5_000;

const NAMES = {
  discover: "onDiscover",
  load: "onLoad",
  initialize: "onInitialize",
  activate: "onActivate",
  suspend: "onSuspend",
  unload: "onUnload",
} as const satisfies Record<LifeHook | "discover", keyof PluginHooks>;

export interface HookTrouble {
  readonly code: "hook-failed" | "hook-late";
  readonly message: string;
}

/** Calls a hook; resolves when it has settled or was waited for long enough. `null`: there is nothing to wait for. Never rejects. */
export function callHook(
  hooks: PluginHooks,
  name: LifeHook | "discover",
  plugin: HookedPlugin,
  { clock, trouble }: { readonly clock: Clock; trouble(what: HookTrouble): void },
): Promise<void> | null {
  const hook = hooks[NAMES[name]];
  if (hook === undefined) return null;
  const failed = (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    trouble({ code: "hook-failed", message: `${NAMES[name]} of ${plugin.pluginId} failed: ${why}` });
  };
  let settling: PromiseLike<unknown>;
  try {
    const answer = hook(plugin);
    if (!isPromiseLike(answer)) return null;
    settling = answer;
  } catch (error) {
    failed(error);
    return null;
  }
  return new Promise((resolve) => {
    const over = new AbortController();
    const goOn = () => {
      over.abort();
      resolve();
    };
    const late = () => {
      const message = `${NAMES[name]} of ${plugin.pluginId} takes longer than ${HOOK_PATIENCE_MS / 1000} s: it is not waited for`;
      trouble({ code: "hook-late", message });
      goOn();
    };
    clock.after(HOOK_PATIENCE_MS, late, over.signal);
    settling.then(goOn, (error: unknown) => {
      failed(error);
      goOn();
    });
  });
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
