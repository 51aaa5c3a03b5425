/** References to secrets, read at the moment an agent is started and at no other. */
import { homedir } from "node:os";
import { resolve, sep } from "node:path";
import { type KeyPath, type Tree, isTable, keyText } from "../config/layer.ts";
import { type SecretReference, secretsIn } from "../config/secret-reference.ts";
import { readPlainFile } from "../plain-file.ts";

const MOST_BYTES = 65_536;

export interface SecretPlace {
  /** The collector's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths start. */
  readonly folder: string;
}

export type ResolvedSettings =
  | { readonly ok: true; readonly settings: Readonly<Tree>; readonly secrets: readonly string[] }
  /** `why` is a sentence about `key` that says what helps, and never what was read. */
  | { readonly ok: false; readonly key: string; readonly why: string };

/** The settings with what the references name in their place. Settings without any come back as they are. Only what stands in
 *  `configured` too counts: a plugin whose own defaults name a file or a variable would otherwise be handed whatever the
 *  collector may read. */
export function resolveSecrets(
  settings: Readonly<Tree>,
  configured: Readonly<Tree>,
  place: SecretPlace,
): ResolvedSettings {
  const secrets: string[] = [];
  let resolved: unknown = settings;
  for (const { path, reference } of secretsIn(configured)) {
    const read = readSecret(reference, place);
    if (!read.ok) return { ok: false, key: keyText(path), why: read.why };
    secrets.push(read.text);
    resolved = replaced(resolved, path, read.text);
  }
  return { ok: true, settings: isTable(resolved) ? resolved : {}, secrets };
}

type Reading = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

function readSecret(reference: SecretReference, place: SecretPlace): Reading {
  return "env" in reference ? fromEnvironment(reference.env, place) : fromFile(reference.file, place);
}

function fromEnvironment(name: string, { env }: SecretPlace): Reading {
  const text = env[name];
  if (text !== undefined && text !== "") return { ok: true, text };
  const what = text === undefined ? "is not set" : "is empty";
  return { ok: false, why: `the environment variable ${name} ${what}; set it and start the collector again` };
}

/** The text of a file without the line end that editors put last. */
function fromFile(path: string, { folder }: SecretPlace): Reading {
  const file = /^~(?=$|[\\/])/.test(path) ? resolve(homedir(), `.${sep}${path.slice(2)}`) : resolve(folder, path);
  try {
    const bytes = readPlainFile(file, MOST_BYTES);
    if (bytes === null) return { ok: false, why: `${file} is no regular file of at most ${MOST_BYTES / 1024} KiB` };
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r?\n$/, "");
    return text === "" ? { ok: false, why: `${file} is empty; write the secret into it` } : { ok: true, text };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    if (code === "ENOENT" || code === "ENOTDIR") {
      return { ok: false, why: `there is no file ${file}; write the secret into it, readable for you alone` };
    }
    if (code === "EACCES" || code === "EPERM") return { ok: false, why: `${file} may not be read; chmod u+r ${file}` };
    return { ok: false, why: `${file} cannot be read (${code ?? "it is no UTF-8 text"})` };
  }
}

function replaced(value: unknown, [word, ...rest]: KeyPath, text: string): unknown {
  if (word === undefined) return text;
  if (Array.isArray(value)) return value.map((entry, index) => (index === word ? replaced(entry, rest, text) : entry));
  if (!isTable(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    return [name, name === word ? replaced(inner, rest, text) : inner] as const;
  });
  return Object.fromEntries(entries);
}
