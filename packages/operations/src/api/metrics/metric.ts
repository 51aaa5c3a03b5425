import type { Seen } from "./seen.ts";

export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Something that is told to whoever collects figures. Its name and labels never change. */
export interface Metric {
  readonly name: string;
  /** `counter`: it only grows, until the collector starts anew. */
  readonly kind: "counter" | "gauge";
  /** One sentence, without its full stop. */
  readonly help: string;
  readonly labels: readonly string[];
  /** No sample: nobody knows just now. */
  read(seen: Seen): Iterable<Sample>;
}

/** One number without labels; `null`: nobody knows. */
export function single(name: string, help: string, read: (seen: Seen) => number | null): Metric {
  return { name, kind: "gauge", help, labels: [], read: (seen) => known(read(seen)) };
}

/** The same of what only grows. */
export function growing(name: string, help: string, read: (seen: Seen) => number | null): Metric {
  return { ...single(name, help, read), kind: "counter" };
}

function known(value: number | null): readonly Sample[] {
  return value === null ? [] : [{ value }];
}
