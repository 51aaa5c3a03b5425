/** What a command is handed goes through one variable to what runs it, and no system hands a program much more in one. */
import type { ConfigProblem } from "./error.ts";
import { problemAt } from "./issue.ts";
import { type ConfigLayer, type Tree, isTable } from "./layer.ts";

/** Of the 128 KiB that Linux allows; the rest is for what stands around the command. */
const MOST_BYTES = 98_304;
/** How much of an argument is told. */
const SHOWN = 20;

/** Arguments that could never be handed over; the longest is named. */
export function argumentFaults(
  label: string,
  { args }: Readonly<Tree>,
  layers: readonly ConfigLayer[],
): readonly ConfigProblem[] {
  const texts = Array.isArray(args) ? args.map(String) : [];
  const bytes = Buffer.byteLength(JSON.stringify(texts));
  if (bytes <= MOST_BYTES) return [];
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const longest = lengths.indexOf(lengths.reduce((one, other) => Math.max(one, other)));
  const layer = layers.findLast(({ tree: { plugins } }) => {
    const told = isTable(plugins) && Object.hasOwn(plugins, label) ? plugins[label] : undefined;
    return isTable(told) && told["args"] !== undefined;
  });
  if (layer === undefined) return [];
  const which = `args[${longest}], "${texts[longest]?.slice(0, SHOWN)}…", takes ${counted(lengths[longest] ?? 0)}`;
  const reason = `"args" in [plugins.${label}] must take ${counted(MOST_BYTES)} bytes together at most, as JSON; found ${counted(bytes)}, of which ${which}`;
  const hint = "put it into a file, and let the command read that";
  return [problemAt(layer, ["plugins", label, "args", longest], "invalid-value", reason, { hint })];
}

function counted(count: number): string {
  return count.toLocaleString("en");
}
