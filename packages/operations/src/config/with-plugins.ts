/** Agents that an embedding program configures in code, over those of the files. */
import { type AgentConfig, agentKeys } from "./agent-schema.ts";
import { checkLayer } from "./check.ts";
import { ConfigError } from "./error.ts";
import { keyText } from "./layer.ts";
import { type LoadedConfig, configuredAgent, defaultConfig } from "./loaded-config.ts";
import { withAbsoluteSecrets } from "./path-value.ts";
import type { Origin } from "./merge.ts";
import { valuesLayer } from "./runtime-layer.ts";
import { asInFile } from "./tree-of.ts";

/** Lays `plugins` over `config` (default: the defaults), key by key; keys that are not MiMoLo's are settings, as those in
 *  `settings` are. `folder` is where their relative paths start. Throws a `ConfigError` on a bad label or value. */
export function withPlugins(
  config: LoadedConfig | undefined,
  plugins: Readonly<Record<string, Readonly<Partial<AgentConfig>>>>,
  folder = process.cwd(),
): LoadedConfig {
  const base = config ?? defaultConfig();
  const agents = Object.entries(plugins).map(([label, values]) => {
    const own = Object.entries(asInFile(values)).map(([key, value]) => {
      return [key, agentKeys.has(key) ? value : withAbsoluteSecrets(value, folder)] as const;
    });
    return [label, Object.fromEntries(own)] as const;
  });
  const { layer, problems } = valuesLayer({ plugins: Object.fromEntries(agents) }, "plugins", folder);
  const [first, ...others] = [...problems, ...checkLayer(layer).problems];
  if (first !== undefined) throw new ConfigError([first, ...others]);
  const laid = agents.map(([label, values]) => {
    const below = Object.hasOwn(base.plugins, label) ? base.plugins[label] : undefined;
    const from = plugins[label]?.from ?? below?.from ?? { file: "code", folder };
    return [label, configuredAgent({ ...(below && asInFile(below)), ...values }, from)] as const;
  });
  const set = agents.flatMap(([label, values]) =>
    Object.keys(values).map((key) => [label, keyText(["plugins", label, key])] as const),
  );
  const origins = new Map([...base.origins].filter(([known]) => !set.some(([, key]) => isIn(known, key))));
  const inCode: Origin = { source: "runtime", from: "code" };
  for (const [label, key] of set) {
    const from = plugins[label]?.from?.file;
    origins.set(key, from === undefined ? inCode : { source: "runtime", from });
  }
  return { ...base, plugins: { ...base.plugins, ...Object.fromEntries(laid) }, origins };
}

/** Whether one dotted key is the other, or inside it. */
function isIn(key: string, other: string): boolean {
  return key === other || key.startsWith(`${other}.`) || key.startsWith(`${other}[`);
}
