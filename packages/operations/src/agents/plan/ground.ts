// What decides about programs, as it stands now.
import { resolve } from "node:path";
import type { Sandbox } from "@mimolo/supervisor";
import type { TrustData } from "@mimolo/trust";
import type { AllowPlace } from "../../allow-command.ts";
import { checkGrantNames } from "../../trust/consent.ts";
import { hashedFile, realPath } from "./hashed-file.ts";

/** A path the embedder vouches for. With grants it is held to them, and to the bytes it had. */
export type Vouched = string | { readonly path: string; readonly grants: readonly string[] };

/** The same, found: paths that count whatever they hold, and those that are held to their bytes. */
export interface Vouchers {
  readonly words: ReadonlySet<string>;
  /** By real path; digests in hex. */
  readonly held: ReadonlyMap<string, { readonly digest: string; readonly grants: readonly string[] }>;
}

export interface TrustGround {
  readonly trust: TrustData;
  /** Why nothing in `trust` counts, where its file is damaged; it then holds nothing. */
  readonly fault?: string | null;
  readonly vouchers: Vouchers;
  readonly dev: boolean;
  /** Probed at the first question. */
  readonly sandbox: Sandbox;
  /** Where the commands that help have to look. */
  readonly place: AllowPlace;
  readonly nowMs: number;
}

/** Reads what an embedder vouches for; a file that is missing now is vouched for by no digest, so it never runs.
 *  Throws `CollectorError` `bad-grant` for a grant that there is not. */
export function vouchersOf(allow: readonly Vouched[], cwd: string): Vouchers {
  const words = new Set<string>();
  const held = new Map<string, { digest: string; grants: readonly string[] }>();
  for (const each of allow) {
    if (typeof each === "string") {
      words.add(resolve(cwd, each));
      continue;
    }
    checkGrantNames(each.grants);
    const path = realPath(resolve(cwd, each.path)) ?? resolve(cwd, each.path);
    held.set(path, { digest: hashedFile(path)?.sha256 ?? "", grants: each.grants });
  }
  return { words, held };
}
