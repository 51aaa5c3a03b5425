import { join } from "node:path";
import { openToRead } from "./commit-log.ts";
import { type Genesis, signatureBytes } from "./entry.ts";
import { type Fault, FaultFound, isFaultReason } from "./fault.ts";
import { isTornLine, lineChunks } from "./line-chunks.ts";
import { LineFile } from "./line-file.ts";
import type { Clock, FileSystem } from "./ports.ts";
import type { SignatureCheck } from "./verify-checkpoints.ts";

/** Signed notes of faults that going on would hide: `{"at","file","offset","record","reason","sig"}` a line. */
export const DAMAGE = "damage.jsonl";

interface Note extends Fault {
  readonly at: string;
}

export interface NoteOptions {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly identity: { readonly collectorId: string };
  readonly clock: Clock;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** Puts a fault on record for good, durably, before what shows it is written over. */
export async function noteDamage(options: NoteOptions, fault: Fault): Promise<void> {
  const { fileSystem, directory, identity, clock, sign } = options;
  const { file, offset, record, reason } = fault;
  const note = { at: new Date(clock.wallMs()).toISOString(), file, offset, record, reason };
  const sig = Buffer.from(sign(damageMessage(identity.collectorId, note))).toString("base64");
  const notes = new LineFile(fileSystem, join(directory, DAMAGE), await endOfNotes(fileSystem, directory));
  try {
    await notes.append(JSON.stringify({ ...note, sig }));
  } finally {
    await notes.close();
  }
}

/** Throws the first fault on record, or that of a note that is none. */
export async function checkNotes(
  {
    fileSystem,
    directory,
    verifySignature,
  }: Pick<NoteOptions, "fileSystem" | "directory"> & {
    verifySignature: SignatureCheck;
  },
  { collectorId, publicKey }: Genesis,
): Promise<void> {
  const file = await openToRead(fileSystem, join(directory, DAMAGE));
  try {
    for await (const { lines, rest } of file === null ? [] : lineChunks(file, 0, await file.size())) {
      for (const { bytes, offset } of lines) {
        const { sig, note } = parseNote(bytes.toString()) ?? { sig: "", note: null };
        const isSigned =
          note !== null && verifySignature(publicKey, damageMessage(collectorId, note), signatureBytes(sig));
        if (!isSigned) throw new FaultFound(DAMAGE, offset, null, "damage-invalid");
        throw new FaultFound(note.file, note.offset, note.record, note.reason);
      }
      if (rest !== null && !isTornLine(rest.bytes, `{"at":`))
        throw new FaultFound(DAMAGE, rest.offset, null, "damage-invalid");
    }
  } finally {
    await file?.close();
  }
}

function damageMessage(collectorId: string, { at, file, offset, record, reason }: Note): Uint8Array {
  return Buffer.from(`mimolo damage 1\n${collectorId}\n${at}\n${file}\n${offset}\n${record ?? "-"}\n${reason}\n`);
}

function parseNote(line: string): { note: Note; sig: string } | null {
  const found =
    /^\{"at":"([^"\\]*)","file":"([^"\\]*)","offset":(\d{1,15}),"record":(\d{1,15}|null),"reason":"([a-z-]*)","sig":"([^"\\]*)"\}$/.exec(
      line,
    );
  const [, at, file, offset, record, reason, sig] = found ?? [];
  if (at === undefined || file === undefined || sig === undefined || !isFaultReason(reason)) return null;
  return { note: { at, file, offset: Number(offset), record: record === "null" ? null : Number(record), reason }, sig };
}

async function endOfNotes(fileSystem: FileSystem, directory: string): Promise<number> {
  const file = await openToRead(fileSystem, join(directory, DAMAGE));
  let end = 0;
  try {
    for await (const { lines } of file === null ? [] : lineChunks(file, 0, await file.size()))
      for (const { bytes, offset } of lines) end = offset + bytes.length + 1;
  } finally {
    await file?.close();
  }
  return end;
}
