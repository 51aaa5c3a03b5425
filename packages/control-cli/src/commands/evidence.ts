import { statSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory, type EvidenceFilter, openArchive } from "@mimolo/operations/reading";
import type { Call } from "../call.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { follow } from "../following.ts";
import { parseRange } from "../parse/time.ts";
import { Newest } from "../newest.ts";
import { dataDirOf } from "../place.ts";
import { recordLine } from "../present/record.ts";

export interface EvidenceOptions {
  readonly from?: string;
  readonly to?: string;
  readonly agent?: string;
  readonly kind?: NonNullable<EvidenceFilter["kind"]>;
  readonly limit?: number;
  readonly follow?: boolean;
}

/** `mimolo evidence`: committed records, oldest first, one a line; `--limit`: the newest of them; with `--json` the very bytes of the ledger, but for
 *  what a terminal would obey. */
export async function evidence(call: Call<EvidenceOptions>): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  const { agent, kind, limit } = options;
  const dataDir = dataDirOf(call);
  const archive = openArchive(dataDir);
  const filter = {
    ...parseRange(options, surroundings.nowMs()),
    ...(agent === undefined ? {} : { agent }),
    ...(kind === undefined ? {} : { kind }),
  };
  const position = { seq: 0 };
  let shown = 0;
  const unreadable: number[] = [];
  const passedOver = (seq: number) => unreadable.push(seq);
  const warn = () => {
    const [first, ...more] = unreadable.splice(0);
    if (first === undefined) return;
    const others = more.length === 0 ? "" : ` and ${more.length} more`;
    output.warn(`record ${first}${others} cannot be read and is left out; \`mimolo verify\` says more`);
  };
  const show = async (record: Parameters<typeof recordLine>[0], line: Uint8Array) => {
    if (output.options.json) await output.jsonLine(textOf(line));
    else await output.print(recordLine(record, output.isTerminal ? output.columns : undefined, output.colour));
    shown += 1;
  };
  const read = async (each: typeof show) => {
    for await (const { record, line } of archive.evidence({ ...filter, position, passedOver })) {
      if (output.closed) return false;
      await each(record, line);
    }
    warn();
    return true;
  };
  if (limit === undefined) await read(show);
  else {
    const newest = new Newest<Parameters<typeof show>>(limit);
    // A line is a piece of a block that would stay with it.
    await read(async (record, line) => newest.add([record, Uint8Array.from(line)]));
    for (const [record, line] of newest.inOrder()) {
      if (output.closed) break;
      await show(record, line);
    }
  }
  const unknown = shown > 0 || agent === undefined ? null : await whyUnknown(call, agent);
  if (unknown !== null) output.warn(unknown);
  if (options.follow === true) {
    const grew = watchGrowth(join(dataDirectory(dataDir).evidence, "commits.jsonl"));
    return await follow(call, async () => !grew() || (await read(show)));
  }
  if (shown === 0 && unknown === null && !output.options.json) {
    output.note(
      `No such records in ${dataDir}.`,
      "  `mimolo run` collects; `mimolo evidence --help` shows the filters.",
    );
  }
  return EXIT.done;
}

/** Who finds something does not load what looks for the label. */
async function whyUnknown(call: Call, label: string) {
  return await (await import("../agent/known-label.ts")).unknownLabel(call, label);
}

/** Tells whether the file changed since the last time it was asked; at first it did. A large ledger is not read for nothing. */
function watchGrowth(file: string): () => boolean {
  let bytes = -1;
  return () => {
    const before = bytes;
    bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    return bytes !== before;
  };
}

function textOf(line: Uint8Array): string {
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString("utf8");
}
