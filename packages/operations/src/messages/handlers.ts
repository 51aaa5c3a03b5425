import type { CollectedAgent } from "../agents/agent.ts";
import { CollectorError } from "../error.ts";
import type { PlatformAround } from "../platform/platform-around.ts";
import { manifestOf, permissionHint } from "../requests/held.ts";

/** Who may be asked about a message without addressee. */
export interface Hearing {
  readonly open: readonly CollectedAgent[];
  /** They handle messages, but may not hear what is for others. */
  readonly closed: readonly CollectedAgent[];
}

/** Who handles messages: whoever offers the interface, and scripts that said so. */
export class Handlers {
  readonly #around: PlatformAround;
  readonly #registered = new Set<string>();

  constructor(around: PlatformAround) {
    this.#around = around;
  }

  /** Why it cannot be one, or `null`: it is one as long as its process runs. */
  register(agent: CollectedAgent): string | null {
    if (!agent.calls.has("invoke")) return "what handles messages announces the feature invoke in its handshake";
    const manifest = manifestOf(agent.plan);
    if (manifest !== null && !manifest.interfaces.includes("message_handler"))
      return 'its description does not offer it; add interfaces = ["message_handler"] to its plugin.toml';
    this.#registered.add(agent.label);
    return null;
  }

  ended(label: string): void {
    this.#registered.delete(label);
  }

  /** Those that run, in the order of the configuration, without the plugin that `sender` runs. A person may be heard by all. */
  hearing(sender: CollectedAgent | undefined): Hearing {
    const offering = new Set(this.#around.calls.offering("message_handler"));
    const all = this.#around.agents
      .all()
      .filter((agent) => offering.has(agent) || (this.#registered.has(agent.label) && agent.isRunning))
      .filter(({ plan }) => plan.pluginId !== sender?.plan.pluginId);
    if (sender === undefined) return { open: all, closed: [] };
    return { open: all.filter(mayHear), closed: all.filter((agent) => !mayHear(agent)) };
  }

  /** The agent a message is for, or `to` itself where none is here. Throws `CollectorError` `no-handler` when a plugin sends it to
   *  one that may not hear others. */
  addressed(to: string, sender: CollectedAgent | undefined): CollectedAgent | string {
    const agents = this.#around.agents.all();
    const ofPlugin = agents.filter(({ plan }) => plan.pluginId === to);
    const agent = ofPlugin.find((each) => each.isHealthy) ?? ofPlugin[0] ?? agents.find(({ label }) => label === to);
    if (agent === undefined || sender === undefined || mayHear(agent)) return agent ?? to;
    const { directory, parts } = this.#around;
    const help = permissionHint(agent.plan, "read-messaging", { dataDir: directory.root, env: parts.options.env });
    throw new CollectorError("no-handler", `${to} may not hear what other plugins send; it needs read-messaging`, help);
  }
}

/** Whether what other plugins send may reach it. Whoever installed a plugin that says it handles messages let it in as that, unless
 *  it asks for the permission and does not have it. */
function mayHear({ plan }: CollectedAgent): boolean {
  if (plan.granted.includes("read-messaging")) return true;
  const manifest = manifestOf(plan);
  if (manifest === null) return false;
  return manifest.interfaces.includes("message_handler") && !manifest.permissions.includes("read-messaging");
}
