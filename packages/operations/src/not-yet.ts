import type { LoadedConfig } from "./config/index.ts";

/** What the configuration asks for and this version does not do, as sentences: said at every start, never passed over. */
export function notYet({ rules, monitor, registry, plugins }: LoadedConfig): string[] {
  const confined = Object.entries(plugins).filter(([, { sandbox }]) => sandbox === "require");
  return [
    ...(rules.length > 0 ? ["[[rules]] are read but not run by this version"] : []),
    ...(["journal_dir", "cache_dir"] as const)
      .filter((key) => monitor[key] !== undefined)
      .map((key) => `${key} in [monitor] is read, but this version writes nothing there`),
    ...(registry.paths.length + registry.sources.length > 0
      ? ["[registry] is read, but this version looks for no plugins there"]
      : []),
    ...confined.map(([label]) => `[plugins.${label}] wants a sandbox; this version has none and runs it without`),
  ];
}
