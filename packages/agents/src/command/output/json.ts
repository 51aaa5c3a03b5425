import { shortened } from "./cut.ts";
import type { ReadOutput } from "./read-output.ts";

/** The wire takes 64 levels; some stand around what is read here. */
const DEEPEST = 50;
const SHOWN = 60;
/** A text, so that what stands in it is passed over, or a number. */
const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;

/** One JSON value, or one on each line. */
export function readJson(stdout: string): ReadOutput {
  const text = stdout.trim();
  if (text === "") return { ok: false, why: "it printed nothing, where one JSON value was expected" };
  const whole = parsed(text);
  if (whole.ok) return fitting(whole.value);
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length === 1) return { ok: false, why: `line 1 is no JSON (${whole.why}): ${shown(text)}` };
  const values: unknown[] = [];
  for (const [index, line] of lines.entries()) {
    const one = parsed(line);
    if (!one.ok)
      return { ok: false, why: `it is neither one JSON value nor one on each line; line ${index + 1}: ${shown(line)}` };
    values.push(one.value);
  }
  return fitting(values);
}

function fitting(value: unknown): ReadOutput {
  if (depthOf(value) > DEEPEST) return { ok: false, why: `its JSON is nested deeper than ${DEEPEST} levels` };
  return { ok: true, fields: { value } };
}

function parsed(text: string): { ok: true; value: unknown } | { ok: false; why: string } {
  try {
    JSON.parse(text);
    return { ok: true, value: JSON.parse(text.replaceAll(TEXT_OR_NUMBER, exact)) };
  } catch (error) {
    return { ok: false, why: (error as Error).message };
  }
}

/** A number that would come back as another, as a text. */
function exact(written: string): string {
  if (written.startsWith('"')) return written;
  const isHeld = /^-?\d+$/.test(written) ? Number.isSafeInteger(Number(written)) : Number.isFinite(Number(written));
  return isHeld ? written : `"${written}"`;
}

/** Without recursion: what a command prints may be nested as deep as it likes. */
function depthOf(value: unknown): number {
  let deepest = 0;
  const waiting: [unknown, number][] = [[value, 1]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [each, depth] = next;
    if (typeof each !== "object" || each === null) continue;
    deepest = Math.max(deepest, depth);
    if (depth > DEEPEST) return depth;
    for (const inner of Object.values(each)) waiting.push([inner, depth + 1]);
  }
  return deepest;
}

function shown(text: string): string {
  return shortened(text, SHOWN);
}
