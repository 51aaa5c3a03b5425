import { printable } from "./width.ts";

interface ToldProblem {
  readonly path: string;
  readonly message: string;
  readonly line?: number | undefined;
}

/** What stands in the way of some, each with its place. */
export function problemLines(problems: readonly ToldProblem[]): string[] {
  return problems.map(({ path, line, message }) => {
    // Many messages begin with their place.
    if (message.startsWith(path)) return `  ${printable(message)}`;
    const place = line === undefined ? path : `${path}:${line}`;
    return `  ${printable(place)}  ${printable(message)}`;
  });
}
