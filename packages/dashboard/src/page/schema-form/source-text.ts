import type { SaidValue } from "./field.ts";

/** Who set a value, in words: "mimolo.toml:7", "the plugin's default". */
export function sourceText({ source, from, line }: SaidValue): string {
  const place = line === undefined ? from : `${from}:${line}`;
  switch (source) {
    case "plugin":
      return "the plugin's default";
    case "global":
      return `for this machine, ${place}`;
    case "environment":
      return `the environment, ${place}`;
    case "user":
      return `you, ${place}`;
    case "runtime":
      return "changed while it ran";
  }
}
