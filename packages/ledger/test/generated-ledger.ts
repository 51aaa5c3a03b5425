import * as fc from "fast-check";
import { type Head, type Ledger, openLedger, type Verification, verifyLedger } from "../src/index.ts";
import { manualClock } from "./clocks.ts";
import { untilKilled } from "./killed-process.ts";
import { MemoryFiles } from "./memory-files.ts";
import { erasure, erasureOf, signFile, verifySeal } from "./sealing.ts";
import { publicKey, record, signWith, verifySignature } from "./temporary-ledger.ts";

const DAY_MS = 86_400_000;

type Step =
  | { do: "commit"; records: number }
  | { do: "wait"; ms: number }
  | { do: "step-back" }
  | { do: "checkpoint" }
  | { do: "erase"; pick: number }
  | { do: "pack" }
  | { do: "anchor" }
  | { do: "restart"; killed: boolean };

/** What may happen to a ledger, in any order. */
export const life: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant("commit" as const), records: fc.integer({ min: 1, max: 4 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1000, 70_000, DAY_MS) }),
    },
    fc.record({ do: fc.constantFrom("step-back" as const, "checkpoint" as const, "pack" as const, "anchor" as const) }),
    fc.record({ do: fc.constant("erase" as const), pick: fc.nat(50) }),
    fc.record({ do: fc.constant("restart" as const), killed: fc.boolean() }),
  ),
  { maxLength: 14 },
);

export interface Generated {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly anchors: readonly Head[];
  /** The files as they were at each anchor, and when the n-th checkpoint was signed: what one may roll back to. */
  readonly earlier: readonly ReadonlyMap<string, Buffer>[];
}

/** Lives it, one record before and after, and stops cleanly. */
export async function lived(steps: readonly Step[]): Promise<Generated> {
  const disk = new MemoryFiles();
  const clock = manualClock();
  const anchors: Head[] = [];
  const earlier: ReadonlyMap<string, Buffer>[] = [];
  let process = new AbortController();
  const living = () => {
    const { signal: alive } = process;
    const after = (delayMs: number, run: () => void, signal: AbortSignal) =>
      clock.after(delayMs, () => (alive.aborted ? undefined : run()), signal);
    return { wallMs: clock.wallMs, ticksMs: clock.ticksMs, after };
  };
  const open = async () =>
    (
      await openLedger({
        directory: "evidence",
        headFile: "state/head.json",
        identity: { collectorId: "c-1", publicKey },
        clock: living(),
        sign: signWith,
        signFile,
        erasureOf,
        fileSystem: untilKilled(disk, process.signal),
      })
    ).ledger;
  let ledger = await open();
  const append = async (records: number) => {
    for (let i = 0; i < records; i++) ledger.append(record(ledger.nextSeq));
    await ledger.commit();
  };
  await append(1);
  for (const step of steps) {
    if (step.do === "commit") await append(step.records);
    else if (step.do === "wait") clock.advance(step.ms);
    else if (step.do === "step-back") clock.jumpWall(-7_200_000);
    else if (step.do === "checkpoint") {
      await ledger.checkpoint();
      earlier.push(disk.files);
    } else if (step.do === "erase") await eraseSome(ledger, step.pick);
    else if (step.do === "pack") await ledger.pack({ before: "2027-01-01" });
    else if (step.do === "anchor") {
      anchors.push(ledger.head);
      earlier.push(disk.files);
    } else {
      if (!step.killed) await ledger.close();
      process.abort();
      process = new AbortController();
      ledger = await open();
    }
  }
  earlier.push(disk.files);
  await append(1);
  await ledger.close();
  return { files: disk.files, anchors, earlier };
}

/** Erased records, and those that say so, are left alone. */
async function eraseSome(ledger: Ledger, pick: number): Promise<void> {
  await ledger.erase(1 + (pick % ledger.committedSeq), erasure(1 + (pick % ledger.committedSeq))).catch(() => {});
}

/** Verifies files with all that a stranger may hold against them. */
export function verifyAll(files: ReadonlyMap<string, Buffer>, anchors: readonly Head[] = []): Promise<Verification> {
  return verifyLedger({
    directory: "evidence",
    headFile: "state/head.json",
    name: "evidence",
    verifySignature,
    verifySeal,
    erasureOf,
    anchors,
    fileSystem: new MemoryFiles(files),
  });
}
