import { dirname, join } from "node:path";
import { encodeMark, markFileOf } from "./checkpoint-mark.ts";
import { Checkpoints } from "./checkpoints.ts";
import { readGenesisWith } from "./commit-log.ts";
import type { Genesis } from "./entry.ts";
import { erasingFileOf, finishErasing } from "./eraser.ts";
import type { Commit, Ledger, LedgerFault } from "./ledger.ts";
import { diskError } from "./ledger-error.ts";
import { LineFile } from "./line-file.ts";
import { nodeFileSystem } from "./node-file-system.ts";
import { PartWriter } from "./part-writer.ts";
import type { Clock, FileSystem } from "./ports.ts";
import { CHECKPOINTS } from "./read-state.ts";
import { recover } from "./recover.ts";
import type { RecoveryReport } from "./recovery-report.ts";
import { Turns } from "./turns.ts";
import { Upkeep } from "./upkeep.ts";
import type { ErasureReader } from "./verify-parts.ts";
import { LedgerWriter } from "./writer.ts";

export interface OpenLedgerOptions {
  /** Holds `commits.jsonl`, `checkpoints.jsonl` and the day files; made when missing. */
  readonly directory: string;
  /** `head.json`, best outside `directory`. */
  readonly headFile: string;
  /** Whose ledger it is; `publicKey` is line 2 of minisign's `.pub`. Must match an existing genesis. */
  readonly identity: { readonly collectorId: string; readonly publicKey: string };
  readonly clock: Clock;
  /** Default: the real disk. */
  readonly fileSystem?: FileSystem;
  /** Longest wait of a record for its commit; default 1000. */
  readonly commitWindowMs?: number;
  /** A commit starts at once when this many bytes wait; default 262,144. */
  readonly commitWindowBytes?: number;
  /** Raw Ed25519 signature, 64 bytes, by the secret key of `identity`. */
  readonly sign: (message: Uint8Array) => Uint8Array;
  /** The text of a `.minisig` by the same key; with it, days that are over get a signed seal. */
  readonly signFile?: (bytes: Uint8Array, trustedComment: string) => string;
  /** Knows erasure records, so that none of them is erased. */
  readonly erasureOf?: ErasureReader;
  /** Sealed days older than this are packed by themselves; without it only `pack` does. */
  readonly packAfterDays?: number;
  /** Event times of a recovered line, for the index; without it such commits are read for every range. */
  readonly timesOf?: (line: Uint8Array) => { readonly fromMs: number; readonly toMs: number } | null;
  /** After each commit, in order. */
  readonly onCommit?: (commit: Commit) => void;
  /** After each failed try. The ledger tries again by itself, once a second. */
  readonly onFault?: (fault: LedgerFault) => void;
}

/** Opens the ledger of a folder, begins one where there is none, and repairs what an unclean stop left. Throws
 *  `identity-mismatch` for another collector's ledger, `damaged` when the chain is gone beside records. */
export async function openLedger(options: OpenLedgerOptions): Promise<{ ledger: Ledger; recovery: RecoveryReport }> {
  const { directory, clock, fileSystem = nodeFileSystem } = options;
  const state = await recoverWith({ ...options, fileSystem });
  const onFault = (fault: LedgerFault) => options.onFault?.(fault);
  const parts = new PartWriter(fileSystem, directory, state.resume);
  const { collectorId } = options.identity;
  const turns = new Turns();
  const { signFile, erasureOf } = options;
  const files = { fileSystem, directory, headFile: options.headFile, collectorId, signFile, erasureOf };
  await finishErasing(files).catch((cause) => onFault(faultOf(erasingFileOf(options.headFile), cause)));
  const upkeep = new Upkeep(files, {
    turns,
    packAfterDays: options.packAfterDays,
    closedBefore: () => ledger.closedBefore(),
    finish: (day) => parts.finish(day),
  });
  const ledger: LedgerWriter = new LedgerWriter({
    ...files,
    turns,
    parts,
    commits: state.commits,
    head: state.head,
    committedSeq: state.committedSeq,
    lastCommitAtMs: state.lastCommitAtMs,
    clock,
    commitWindowMs: options.commitWindowMs ?? 1000,
    commitWindowBytes: options.commitWindowBytes ?? 262_144,
    checkpoints: (head) =>
      new Checkpoints({
        file: new LineFile(fileSystem, join(directory, CHECKPOINTS), state.checkpointsEnd),
        collectorId,
        clock,
        signedN: state.signedN,
        trail: state.trail,
        remember: (mark) => fileSystem.replace(markFileOf(options.headFile), Buffer.from(encodeMark(mark))),
        sign: options.sign,
        head,
        signed: () => upkeep.run(),
        failed: (cause) => onFault(faultOf(CHECKPOINTS, cause)),
      }),
    onCommit: (_batch, commit) => options.onCommit?.(commit),
    onFault,
  });
  return { ledger, recovery: state.report };
}

/** The signed first line of a folder's ledger; null when there is none. */
export function readGenesis(directory: string): Promise<Genesis | null> {
  return readGenesisWith(nodeFileSystem, directory);
}

async function recoverWith(options: OpenLedgerOptions & { fileSystem: FileSystem }) {
  try {
    await options.fileSystem.makeFolder(options.directory);
    await options.fileSystem.makeFolder(dirname(options.headFile));
    return await recover(options);
  } catch (cause) {
    throw diskError("write-failed", options.directory, cause);
  }
}

function faultOf(path: string, cause: unknown): LedgerFault {
  const error = diskError("write-failed", path, cause);
  return { code: error.code, message: error.message, cause };
}
