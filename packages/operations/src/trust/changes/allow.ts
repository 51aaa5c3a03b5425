import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import type { AllowReport } from "@mimolo/protocol";
import {
  type AllowEntry,
  createKey,
  newestSelfKey,
  signAllow,
  type SigningKey,
  type TrustData,
  withAllow,
  withKey,
} from "@mimolo/trust";
import { hashedFile, realPath } from "../../agents/plan/hashed-file.ts";
import { CollectorError } from "../../error.ts";
import { checkGrantNames } from "../consent.ts";
import type { AllowRequest } from "../trust-desk.ts";
import { type Around, type Change, timeText } from "./change.ts";

const CONFIG_NAMES = ["mimolo.toml", "mimolo.yaml", "mimolo.yml"];
const SHELLS = ["sh", "bash", "dash", "zsh", "ksh", "fish"];

/** Allows a script, or a folder's configuration, with exactly the bytes that lie there now. */
export function allowFile(data: TrustData, request: AllowRequest, around: Around): Change<AllowReport> {
  const { kind, path } = subjectAt(request.path);
  const found = hashedFile(path);
  if (found === null) throw notAllowable(path, "cannot be read", "see its permissions; a program has at most 1 GiB");
  const asked = [...new Set(request.grants ?? [])];
  checkGrantNames(asked);
  if (kind === "config" && asked.length > 0)
    throw new CollectorError("bad-grant", `${path} is a configuration and holds nothing`, "grants belong to scripts");
  const { grants, notes } = kind === "script" ? granting(path, found.bytes, asked) : { grants: asked, notes: [] };
  const own = selfKey(data, around);
  const digest = found.sha256;
  const entry: AllowEntry = { kind, digest, grants, at: timeText(around.nowMs), by: around.by, path };
  const detail = { kind, digest, grants, key_id: own.key.keyId };
  return {
    data: withAllow(own.data, signAllow(entry, own.key)),
    notes: [...own.notes, { action: "allow", subject: path, detail }],
    narrows: false,
    report: { kind, path, digest, granted: grants, key_id: own.key.keyId, notes },
  };
}

/** What an allowed script may touch. */
export interface Granting {
  readonly grants: string[];
  /** Why it is more than was asked for. */
  readonly notes: string[];
}

/** What a script would be granted if it were allowed as it is now with these: for whoever asks before it is. */
export function grantsIfAllowed(path: string, asked: string[]): Granting {
  return granting(path, hashedFile(path)?.bytes ?? null, asked);
}

function granting(path: string, bytes: Uint8Array | null, asked: string[]): Granting {
  if (asked.includes("subprocess") || !isShellScript(path, bytes)) return { grants: asked, notes: [] };
  const notes = ["It is a shell script, so it may start other programs: without that it can do nothing."];
  return { grants: [...asked, "subprocess"], notes };
}

/** The key that signs what is allowed here; made, and trusted for `local.*`, when there is none yet. */
export function selfKey(
  data: TrustData,
  around: Around,
): Pick<Change<null>, "notes"> & { data: TrustData; key: SigningKey } {
  const known = newestSelfKey(around.directory.keys, data, around.nowMs);
  if (known !== null) return { data, key: known, notes: [] };
  const label = "allows on this machine";
  const key = createKey({ directory: around.directory.keys, label });
  const trusted = {
    key_id: key.keyId,
    public_key: key.publicKey,
    label,
    source: "self" as const,
    scope: ["local.*"],
    added_at: timeText(around.nowMs),
  };
  const detail = { do: "new", label, source: "self", scope: trusted.scope };
  return { data: withKey(data, trusted), key, notes: [{ action: "key", subject: key.keyId, detail }] };
}

function subjectAt(path: string): { kind: "script" | "config"; path: string } {
  const real = realPath(path);
  if (real === null) throw notAllowable(path, "is not there", "name a script, or a folder with a mimolo.toml");
  if (statSync(real).isDirectory()) {
    const name = CONFIG_NAMES.find((each) => existsSync(join(real, each)));
    if (name !== undefined) return { kind: "config", path: join(real, name) };
    const hint = existsSync(join(real, "plugin.toml"))
      ? `pack and install a plugin: mimolo plugin pack ${real} --sign`
      : "name the script itself";
    throw notAllowable(real, "is a folder without a mimolo.toml", hint);
  }
  if (!statSync(real).isFile()) throw notAllowable(real, "is no regular file", "name a script");
  // A configuration is known by the place where it is found, a script by where its bytes are.
  if (!CONFIG_NAMES.includes(basename(path))) return { kind: "script", path: real };
  return { kind: "config", path: join(realPath(dirname(path)) ?? dirname(path), basename(path)) };
}

/** Whether a shell runs it: such a script can do nothing without other programs. */
export function isShellScript(path: string, bytes: Uint8Array | null): boolean {
  if (extname(path) === ".sh") return true;
  const [first = ""] = Buffer.from(bytes?.subarray(0, 256) ?? [])
    .toString("latin1")
    .split("\n", 1);
  if (!first.startsWith("#!")) return false;
  const words = first.slice(2).trim().split(/\s+/);
  const [program = "", ...rest] = words.map((word) => basename(word));
  const run = program === "env" ? rest.find((word) => !word.startsWith("-") && !word.includes("=")) : program;
  return SHELLS.includes(run ?? "");
}

function notAllowable(path: string, what: string, hint: string): CollectorError {
  return new CollectorError("not-allowable", `${path} ${what}`, hint);
}
