// The words after `--grant`.
import { Capability, Permission } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { CliError, EXIT } from "../error.ts";
import { spilledWord } from "./spilled.ts";

const KNOWN: readonly string[] = [...Capability.options, ...Permission.options];

/** Names as typed, also with commas between, each once. Throws a usage error for one that nobody knows. */
export function grantNames(written: readonly string[]): string[] {
  const names = split(written);
  const stranger = names.find((name) => !KNOWN.includes(name));
  if (stranger === undefined) return [...new Set(names)];
  throw new CliError(
    "unknown-capability",
    EXIT.usage,
    `"${stranger}" is nothing that can be granted`,
    `Capabilities: ${Capability.options.join(", ")}.\nPermissions: ${Permission.options.join(", ")}.`,
  );
}

/** The call with the word back that `--grant` swallowed, where `words` are wanted. */
export function withSpilledWord<Options extends { readonly grant?: readonly string[] }>(
  call: Call<Options>,
  words: number,
): Call<Options> {
  const isValue = (text: string) => split([text]).every((name) => KNOWN.includes(name));
  const { words: own, values } = spilledWord(call.arguments, call.options.grant, { words, isValue });
  return values === undefined ? call : { ...call, arguments: own, options: { ...call.options, grant: values } };
}

/** The call with the ids back that `--grant` swallowed: no name of a grant has a dot, every id has one. */
export function withSpilledIds<Options extends { readonly grant?: readonly string[] }>(
  call: Call<Options>,
): Call<Options> {
  const written = call.options.grant ?? [];
  const ids = written.filter((each) => each.includes("."));
  if (ids.length === 0) return call;
  const grant = written.filter((each) => !each.includes("."));
  return { ...call, arguments: [...call.arguments, ...ids], options: { ...call.options, grant } };
}

function split(written: readonly string[]): string[] {
  return written.flatMap((each) => each.split(",")).filter((name) => name !== "");
}
