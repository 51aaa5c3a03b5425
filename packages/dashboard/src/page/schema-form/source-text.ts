import type { SaidValue } from "./field.ts";

/** Who set a value, in words: "you, mimolo.toml:7", "the plugin's default". */
export function sourceText({ source, from, line }: SaidValue): string {
  const file = from.split(/[\\/]/).at(-1) ?? from;
  const place = line === undefined ? file : `${file}:${line}`;
  switch (source) {
    case "plugin":
      return from === "default" ? "the default" : "the plugin's default";
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
