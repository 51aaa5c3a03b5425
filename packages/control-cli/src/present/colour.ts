import { styleText } from "node:util";
import type { Sink } from "../surroundings.ts";

type Format = Parameters<typeof styleText>[0];

/** Dresses text for one stream, or hands it back as it is. */
export interface Colour {
  readonly enabled: boolean;
  (format: Format, text: string): string;
}

/** Colour only on a terminal that wants it: `NO_COLOR` (any value) and `TERM=dumb` switch it off. */
export function colourFor(sink: Sink, env: Readonly<Record<string, string | undefined>>): Colour {
  const enabled = sink.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  const paint = (format: Format, text: string) => (enabled ? styleText(format, text, { validateStream: false }) : text);
  return Object.assign(paint, { enabled });
}

/** No colour at all: for files, pipes and tests. */
export const plain: Colour = Object.assign((_format: Format, text: string) => text, { enabled: false });
