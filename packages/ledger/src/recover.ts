import { dirname, join } from "node:path";
import { type CheckpointTrail, markFileOf, readMark } from "./checkpoint-mark.ts";
import { COMMITS } from "./commit-log.ts";
import { encodeEntry, encodeGenesis, encodeHead, genesisMessage, type Head, parseHead } from "./entry.ts";
import type { Commit } from "./ledger.ts";
import { noteDamage } from "./damage-notes.ts";
import { explainFault } from "./fault.ts";
import { headFault } from "./head-check.ts";
import { LedgerError } from "./ledger-error.ts";
import { LineFile } from "./line-file.ts";
import { sha256Hex } from "./merkle.ts";
import { comparePartNames, parsePart, sealName } from "./part-name.ts";
import { listParts } from "./part-file.ts";
import type { PartEnd } from "./part-writer.ts";
import type { Clock, FileSystem } from "./ports.ts";
import { CHECKPOINTS, readLastCheckpoint } from "./read-state.ts";
import { readText } from "./read-text.ts";
import type { RecoveryReport } from "./recovery-report.ts";
import { setAside } from "./set-aside.ts";
import { shortParts } from "./short-parts.ts";
import { type Survey, surveyCommits } from "./survey.ts";
import { readTail, rootOf, soundLines, type Tail } from "./tail.ts";

export interface RecoverOptions {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly headFile: string;
  readonly identity: { readonly collectorId: string; readonly publicKey: string };
  readonly clock: Clock;
  readonly sign: (message: Uint8Array) => Uint8Array;
  readonly timesOf?: (line: Uint8Array) => { readonly fromMs: number; readonly toMs: number } | null;
}

/** Where to go on. */
export interface Recovered {
  readonly commits: LineFile;
  readonly head: Head;
  readonly committedSeq: number;
  readonly lastCommitAtMs: number;
  readonly resume: PartEnd | null;
  readonly signedN: number;
  readonly checkpointsEnd: number;
  /** Null when checkpoints are missing or changed: their mark then stays as it is, so that it shows. */
  readonly trail: CheckpointTrail | null;
  readonly report: RecoveryReport;
}

/** Brings the files of a ledger to a state that one can append to: whole uncommitted lines get a commit, torn and double
 *  bytes move aside, the head follows the chain. Damage is reported, never repaired and never hidden. */
export async function recover(options: RecoverOptions): Promise<Recovered> {
  const { fileSystem, directory } = options;
  const headText = await readText(fileSystem, options.headFile);
  const survey = await surveyCommits(fileSystem, directory, parseHead(headText ?? "")?.n ?? -1);
  const names = (await listParts(fileSystem, directory)).toSorted(comparePartNames);
  const fresh = survey.head.n < 0;
  if (fresh && (names.length > 0 || (await readLastCheckpoint(fileSystem, directory, null)).last !== null)) {
    throw new LedgerError(
      "damaged",
      `${join(directory, COMMITS)} is missing or empty beside records. Put it back, or move the folder away.`,
    );
  }
  checkIdentity(survey, options);
  return await new Recovery(options, survey, names, headText).run();
}

function checkIdentity({ genesis }: Survey, { identity, directory }: RecoverOptions): void {
  if (genesis === null) return;
  if (genesis.collectorId === identity.collectorId && genesis.publicKey === identity.publicKey) return;
  throw new LedgerError(
    "identity-mismatch",
    `${directory} belongs to collector ${genesis.collectorId}, not to ${identity.collectorId} or its key.`,
  );
}

/** One run of the repair; the fields are what changes on the way. */
class Recovery {
  readonly #options: RecoverOptions;
  readonly #survey: Survey;
  readonly #names: readonly string[];
  readonly #headText: string | null;
  readonly #commits: LineFile;
  readonly #partEnds: Map<string, number>;
  readonly #recovered: { file: string; records: number }[] = [];
  readonly #moved: { file: string; offset: number; bytes: number; into: string }[] = [];
  readonly #damage: string[] = [];
  #head: Head;
  #committedSeq: number;
  #last: { file: string; atMs: number } | null;

  constructor(options: RecoverOptions, survey: Survey, names: readonly string[], headText: string | null) {
    this.#options = options;
    this.#survey = survey;
    this.#names = names;
    this.#headText = headText;
    this.#commits = new LineFile(options.fileSystem, join(options.directory, COMMITS), survey.end);
    this.#partEnds = new Map(survey.partEnds);
    this.#head = survey.head;
    this.#committedSeq = survey.committedSeq;
    this.#last = survey.last === null ? null : { file: survey.last.file, atMs: Date.parse(survey.last.at) };
  }

  async run(): Promise<Recovered> {
    try {
      return await this.#repair();
    } catch (error) {
      await this.#commits.close();
      throw error;
    }
  }

  async #repair(): Promise<Recovered> {
    const { fileSystem, directory, headFile } = this.#options;
    const fresh = this.#survey.head.n < 0;
    if (this.#survey.torn !== null) await this.#setAside(COMMITS, this.#survey.torn.offset);
    await this.#checkHead();
    if (fresh) await this.#begin();
    for (const n of this.#survey.unreadable) this.#damage.push(`line ${n} of ${COMMITS} is no entry`);
    if (!fresh && this.#survey.genesis === null) this.#damage.push(`the first line of ${COMMITS} is no genesis`);
    const short = await shortParts(fileSystem, directory, this.#partEnds);
    this.#damage.push(...short.values());
    for (const tail of await this.#tails()) await this.#adopt(tail);
    await fileSystem.replace(headFile, Buffer.from(encodeHead(this.#head)));
    // A head that a power cut takes away with its name would look like one that was removed.
    await fileSystem.syncFolder(dirname(headFile));
    const known = await readMark(fileSystem, headFile);
    const { last, end, torn, trail } = await readLastCheckpoint(fileSystem, directory, known);
    if (torn) await this.#setAside(CHECKPOINTS, end);
    if (!trail.holds) this.#damage.push(`${CHECKPOINTS} is not what ${markFileOf(headFile)} remembers`);
    const name = this.#last?.file ?? "";
    const resumable =
      this.#last !== null &&
      !short.has(name) &&
      (await fileSystem.list(directory)).includes(name) &&
      !(await this.#isSealed(name));
    const report = { fresh, recovered: this.#recovered, moved: this.#moved, damage: this.#damage };
    return {
      commits: this.#commits,
      head: this.#head,
      committedSeq: this.#committedSeq,
      lastCommitAtMs: this.#last?.atMs ?? 0,
      resume: resumable ? { name, end: this.#partEnds.get(name) ?? 0 } : null,
      signedN: last?.n ?? 0,
      checkpointsEnd: end,
      trail: trail.holds ? trail : null,
      report: { ...report, clean: this.#recovered.length + this.#moved.length + this.#damage.length === 0 },
    };
  }

  async #begin(): Promise<void> {
    const { identity, sign, clock } = this.#options;
    const sig = Buffer.from(sign(genesisMessage(identity.collectorId, identity.publicKey))).toString("base64");
    const line = encodeGenesis({ at: new Date(clock.wallMs()).toISOString(), format: 1, ...identity, sig });
    await this.#commits.append(line);
    this.#head = { n: 0, hash: sha256Hex(line) };
  }

  /** The head file says how far the chain had come; a chain that does not run through it was cut or rewritten. That is put
   *  on record before the head is written anew, since no signature may cover what is gone. */
  async #checkHead(): Promise<void> {
    const { fileSystem, directory, headFile } = this.#options;
    const fault = headFault(this.#headText, headFile, this.#survey);
    if (fault === null) return;
    await noteDamage(this.#options, fault);
    this.#damage.push(`${fault.file}: ${explainFault(fault.reason)} (${headFile} and ${COMMITS} do not agree)`);
    if (this.#headText === null) return;
    const folder = join(directory, "recovered");
    await fileSystem.makeFolder(folder);
    await fileSystem.replace(join(folder, `head-${Math.max(0, this.#head.n)}.json`), Buffer.from(this.#headText));
  }

  /** What stands behind committed ends, in the order of its records; empty parts in no commit go. */
  async #tails(): Promise<Tail[]> {
    const { fileSystem, directory } = this.#options;
    const tails: Tail[] = [];
    const plain = await fileSystem.list(directory);
    for (const name of this.#names) {
      if (!plain.includes(name)) continue;
      const tail = await readTail(fileSystem, directory, name, this.#partEnds.get(name) ?? 0);
      if (tail !== null) tails.push(tail);
      else if (!this.#partEnds.has(name)) await fileSystem.remove(join(directory, name));
    }
    const begins = (tail: Tail) => (soundLines(tail, this.#committedSeq + 1) > 0 ? 0 : 1);
    return tails.toSorted((a, b) => begins(a) - begins(b));
  }

  /** Commits the sound lines of a tail; the rest moves aside. */
  async #adopt(tail: Tail): Promise<void> {
    const sound = (await this.#isSealed(tail.name)) ? 0 : soundLines(tail, this.#committedSeq + 1);
    const lines = tail.lines.slice(0, sound);
    const end = lines.reduce((sum, { bytes }) => sum + bytes.length + 1, tail.offset);
    if (sound < tail.lines.length || tail.rest !== null) await this.#setAside(tail.name, end);
    if (sound > 0) await this.#commit(tail, end, lines);
    else if (end === 0) await this.#options.fileSystem.remove(join(this.#options.directory, tail.name));
  }

  async #commit({ name, offset }: Tail, end: number, lines: Tail["lines"]): Promise<Commit> {
    const { fileSystem, directory, clock, timesOf } = this.#options;
    const part = await fileSystem.open(join(directory, name), "write");
    try {
      await part.sync();
    } finally {
      await part.close();
    }
    const times = lines.flatMap(({ bytes }) => timesOf?.(bytes) ?? []);
    const atMs = clock.wallMs();
    const entry = {
      n: this.#head.n + 1,
      at: new Date(atMs).toISOString(),
      file: name,
      offset,
      length: end - offset,
      seqFrom: this.#committedSeq + 1,
      seqTo: this.#committedSeq + lines.length,
      timeFrom: times.length === 0 ? null : new Date(Math.min(...times.map((time) => time.fromMs))).toISOString(),
      timeTo: times.length === 0 ? null : new Date(Math.max(...times.map((time) => time.toMs))).toISOString(),
      root: rootOf(lines),
      prev: this.#head.hash,
      recovered: true,
    };
    const line = encodeEntry(entry);
    await this.#commits.append(line);
    this.#head = { n: entry.n, hash: sha256Hex(line) };
    this.#committedSeq = entry.seqTo;
    this.#partEnds.set(name, end);
    this.#last = { file: name, atMs };
    this.#recovered.push({ file: name, records: lines.length });
    return { entry, hash: this.#head.hash };
  }

  async #setAside(file: string, offset: number): Promise<void> {
    const { fileSystem, directory } = this.#options;
    this.#moved.push({ file, offset, ...(await setAside(fileSystem, directory, file, offset)) });
  }

  async #isSealed(name: string): Promise<boolean> {
    const day = parsePart(name)?.day ?? "";
    return (await this.#options.fileSystem.list(this.#options.directory)).includes(sealName(day));
  }
}
