import type { Tree } from "../config/layer.ts";

/** `values` have the keys of `[plugins.<label>]`, the plugin's own among them; `null` takes one out, tables are merged. */
export type ConfigChange =
  | { readonly do: "add"; readonly label: string; readonly values: Readonly<Tree> }
  | { readonly do: "duplicate"; readonly label: string; readonly as: string }
  | { readonly do: "remove"; readonly label: string }
  | { readonly do: "set"; readonly label: string; readonly values: Readonly<Tree> }
  /** By section: `{ monitor: { cooldown_seconds: 60 } }`. */
  | { readonly do: "collector"; readonly values: Readonly<Tree> };
