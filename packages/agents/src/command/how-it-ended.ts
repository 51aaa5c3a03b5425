// A command behind walls is not our child: what wraps it can only hand on a code.
import { constants } from "node:os";

const ABOVE = 128;

/** Of names for the same signal the first: Node tells that one, too. */
const NAMES = new Map(
  Object.entries(constants.signals)
    .toReversed()
    .map(([name, number]) => [number, name]),
);

interface Ending {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** How the command itself ended. Of a wrapped one 128 + n is read as signal n, which nobody can tell from that very code. */
export function howItEnded({ exitCode, signal }: Ending, wrapped: boolean): Ending {
  const name = wrapped && exitCode !== null ? NAMES.get(exitCode - ABOVE) : undefined;
  return name === undefined ? { exitCode, signal } : { exitCode: null, signal: name };
}
