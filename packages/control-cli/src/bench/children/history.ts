// What it costs to read a month of records, and what it costs to read just their bytes.
import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readLines } from "@mimolo/ledger";
import { type Archive, dataDirectory, openArchive } from "@mimolo/operations/reading";
import { smallNursery } from "../../run/small-nursery.ts";
import { AFTER_MS, WINDOW, writeMonth } from "./month.ts";
import { serve } from "./serve.ts";
import { usage } from "./usage.ts";

const QUERIES = 40;

/** Where the records of the window are, as nobody knows before. */
interface Stretch {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

let archive: Archive | null = null;
let stretch: Stretch | null = null;
let evidence = "";

serve({
  write: ({ root }: { root: string }) => writeMonth(root),
  async prepare({ root }: { root: string }) {
    archive = openArchive(root);
    ({ evidence } = dataDirectory(root));
    stretch = await ownStretch(evidence);
    const [asked, found] = [await query(archive), await block(stretch)];
    if (asked !== found) throw new Error(`the window has ${found} records, ${asked} were found`);
  },
  query: () => cpuMs(() => query(archive)),
  block: () => cpuMs(() => block(stretch)),
  async report({ root }: { root: string }) {
    // As `mimolo timeline` does.
    smallNursery();
    const before = usage();
    const { segments } = await openArchive(root).timeline({ nowMs: AFTER_MS });
    const after = usage();
    if (segments.length === 0) throw new Error("the month has no segments");
    return { cpuMs: after.cpuMs - before.cpuMs, rssMaxMib: after.rssMaxMib };
  },
  async parse({ root }: { root: string }) {
    const before = usage();
    const folder = dataDirectory(root).evidence;
    const days = (await readdir(folder)).filter((name) => /^\d{4}-\d\d-\d\d\.jsonl$/.test(name));
    for (const day of days) parseLines(await readFile(join(folder, day)));
    const after = usage();
    return { cpuMs: after.cpuMs - before.cpuMs, rssMaxMib: after.rssMaxMib };
  },
});

/** CPU of one reading, the mean of many. */
async function cpuMs(read: () => Promise<number>): Promise<number> {
  const before = usage().cpuMs;
  for (let n = 0; n < QUERIES; n++) await read();
  return (usage().cpuMs - before) / QUERIES;
}

async function query(from: Archive | null): Promise<number> {
  let records = 0;
  for await (const { record } of from?.evidence(WINDOW) ?? []) if (record.seq > 0) records += 1;
  return records;
}

async function block(own: Stretch | null): Promise<number> {
  if (own === null) return 0;
  const file = await open(join(evidence, own.file));
  try {
    const bytes = Buffer.allocUnsafe(own.length);
    await file.read(bytes, 0, own.length, own.offset);
    return parseLines(bytes);
  } finally {
    await file.close();
  }
}

function parseLines(bytes: Buffer): number {
  let records = 0;
  for (let from = 0, to = bytes.indexOf(10); to !== -1; from = to + 1, to = bytes.indexOf(10, from)) {
    if (JSON.parse(bytes.toString("utf8", from, to)) !== null) records += 1;
  }
  return records;
}

async function ownStretch(directory: string): Promise<Stretch> {
  const own: Stretch[] = [];
  for await (const { line, file, offset } of readLines(directory, WINDOW)) {
    const { message } = JSON.parse(Buffer.from(line).toString()) as { message?: { timestamp?: string } };
    const atMs = Date.parse(message?.timestamp ?? "");
    if (atMs >= WINDOW.fromMs && atMs < WINDOW.toMs) own.push({ file, offset, length: line.length + 1 });
  }
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined) throw new Error("nothing is in the window");
  return { file: first.file, offset: first.offset, length: last.offset + last.length - first.offset };
}
