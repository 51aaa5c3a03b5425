import type { Journal } from "./journal.ts";

/** A time of work known from elsewhere, as `import` records keep it. Times are ISO-8601 with zone. */
export interface ImportedSpan {
  start: string;
  end: string;
  /** Where it comes from: `git`, … */
  source: string;
  /** Its identity there; the fold counts one id once. */
  external_id: string;
  confidence: "observed" | "reconstructed";
  label: string;
}

/** Appends the spans that are whole and well ordered; returns how many that were. */
export async function importSpans(journal: Journal, spans: readonly ImportedSpan[]): Promise<number> {
  let count = 0;
  for (const span of spans) {
    if (!(Date.parse(span.start) <= Date.parse(span.end))) continue;
    journal.importSpan(span);
    count++;
  }
  await journal.commit();
  return count;
}
