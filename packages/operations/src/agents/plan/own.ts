// Commands of the user's own: each of their files was allowed with the content it has, or somebody gave his word.
import { statSync } from "node:fs";
import { delimiter, dirname, isAbsolute, resolve } from "node:path";
import type { Verdict } from "@mimolo/protocol";
import { judgeScript } from "@mimolo/trust";
import { allowCommand } from "../../allow-command.ts";
import { isShellScript } from "../../trust/changes/allow.ts";
import type { Draft } from "./agent-plan.ts";
import { judgeBuiltin } from "./builtin.ts";
import type { TrustGround, Vouchers } from "./ground.ts";
import { hashedFile, realPath } from "./hashed-file.ts";
import type { Judged, VerifiedFile } from "./judged.ts";
import { type FilesHere, type SubjectFiles, subjectFiles } from "./subject-files.ts";

/** What Node adds to a name to find a file. */
const ENDS = ["", ".js", ".json", ".node", ".mjs", ".cjs"];

type Command = Pick<Draft, "executable" | "args" | "cwd" | "config" | "runner">;

/** A command is allowed whole: by the embedder's word, or file by file. Developer mode runs what is left. */
export function judgeOwn(command: Command, ground: TrustGround): Judged {
  const runner = command.runner === null ? null : judgeBuiltin(command.runner);
  // It starts the command in our name: no word for the command is one for it.
  if (runner !== null && runner.verdict !== "trusted") return runner;
  if (hasWord(command, ground.vouchers)) return byWord("trusted", command, ground);
  const subject = subjectFiles(command, filesSeenFrom(command.cwd, ground.place));
  const judged =
    subject.program === null
      ? refusedCode(command, subject.missing, ground)
      : judgeFiles([...subject.files], subject.program, ground);
  return judged.verdict !== "trusted" && ground.dev ? byWord("dev", command, ground) : judged;
}

/** The embedder's plain paths count wherever the command names them, as its executable or as an argument. */
function hasWord({ executable, args, cwd }: Command, { words }: Vouchers): boolean {
  if (words.size === 0) return false;
  return words.has(executable) || args.some((argument) => words.has(resolve(cwd, argument)));
}

/** Which files it is does not matter to a word; it does to a sandbox that the configuration asks for. */
function byWord(verdict: Verdict, command: Command, { place }: TrustGround): Judged {
  const { sandbox = "off" } = command.config;
  const files = sandbox === "off" ? [] : subjectFiles(command, filesSeenFrom(command.cwd, place)).files;
  return { verdict, reason: "", vouching: "word", digest: null, files, requested: [], granted: [], verified: null };
}

function judgeFiles(files: readonly string[], program: string, ground: TrustGround): Judged {
  const judged = files.map((path) => judgeFile(path, ground));
  const refused = judged.find(({ verdict }) => verdict !== "trusted");
  const digest = judged[files.indexOf(program)]?.digest ?? null;
  // What every one of them may touch: the one with the fewest grants runs in the same process.
  const [first, ...others] = judged.map(({ grants }) => grants);
  const granted = (first ?? []).filter((grant) => others.every((grants) => grants.includes(grant)));
  return {
    verdict: refused?.verdict ?? "trusted",
    reason: refused?.reason ?? "",
    vouching: "digest",
    digest,
    files,
    requested: granted,
    granted,
    hashes: judged.flatMap(({ path, digest: sha256 }) => (sha256 === null ? [] : [{ path, sha256 }])),
    verified: judged.find(({ path }) => path === program)?.verified ?? null,
  };
}

/** The files that have to be allowed for a command to run; `program` is `null` for one that is given code and no file, and `missing`
 *  then the word in the place of one. `executable` is absolute. */
export function subjectOf(
  command: { readonly executable: string; readonly args: readonly string[]; readonly cwd: string },
  env: NodeJS.ProcessEnv,
): Pick<SubjectFiles, "files" | "program" | "missing"> {
  return subjectFiles(command, filesSeenFrom(command.cwd, { env }));
}

interface JudgedFile {
  readonly path: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly digest: string | null;
  readonly grants: readonly string[];
  readonly verified: VerifiedFile | null;
}

function judgeFile(path: string, { trust, vouchers, place }: TrustGround): JudgedFile {
  const found = hashedFile(path);
  const digest = found?.sha256 ?? null;
  const verified = found?.bytes == null ? null : { path, bytes: found.bytes };
  const voucher = vouchers.held.get(path);
  if (voucher !== undefined && digest !== null) {
    const same = voucher.digest === digest;
    const reason = same
      ? ""
      : `${path} has changed since this collector was made with it; allow it with: ${allowCommand(path, place)}`;
    if (same || !trust.allow.some((entry) => entry.path === path))
      return { path, verdict: same ? "trusted" : "modified", reason, digest, grants: voucher.grants, verified };
  }
  const grants = trust.allow.find((entry) => entry.kind === "script" && entry.path === path)?.grants ?? [];
  const told = (name: string) => name !== "subprocess" || !isShellScript(path, found?.bytes ?? null);
  const advice = {
    /** Put together only where it is said; what it was granted before has to be granted again. */
    get command() {
      const again = grants.filter(told);
      return `${allowCommand(path, place)}${again.length === 0 ? "" : ` --grant ${again.join(" ")}`}`;
    },
  };
  const { verdict, reason } = judgeScript({ path, sha256: digest }, trust, advice);
  return { path, verdict, reason, digest, grants, verified };
}

function refusedCode({ executable, cwd }: Command, missing: string | null, { place }: TrustGround): Judged {
  const path = missing === null ? null : resolve(cwd, missing);
  const reason =
    path === null
      ? `${executable} is given code and no file that can be allowed; put the code into a file, and allow that: mimolo allow FILE`
      : `${path}, which ${executable} is to run, is no file; correct args, or once it is there: ${allowCommand(path, place)}`;
  return {
    verdict: "not-allowlisted",
    vouching: "digest",
    digest: null,
    files: [],
    requested: [],
    granted: [],
    verified: null,
    reason,
  };
}

/** Files of a command, whose paths begin in its working folder. */
function filesSeenFrom(cwd: string, { env = process.env }: Pick<TrustGround["place"], "env">): FilesHere {
  const folders = new Set(
    searchPathOf(env)
      .split(delimiter)
      .filter(isAbsolute)
      .map((folder) => resolve(folder)),
  );
  return {
    file(path) {
      const real = path === "" ? null : realPath(resolve(cwd, path));
      return real !== null && statSync(real, { throwIfNoEntry: false })?.isFile() === true ? real : null;
    },
    stands: (path) => ENDS.some((end) => statSync(resolve(cwd, path + end), { throwIfNoEntry: false }) !== undefined),
    isInstalled: (executable) => executable === process.execPath || folders.has(dirname(executable)),
  };
}

/** Windows calls it `Path`. */
function searchPathOf(env: NonNullable<TrustGround["place"]["env"]>): string {
  const isPath = (name: string) => name === "PATH" || (process.platform === "win32" && name.toUpperCase() === "PATH");
  return Object.entries(env).find(([name]) => isPath(name))?.[1] ?? "";
}
