// What decides about programs, as it stands now.
import { resolve } from "node:path";
import type { Sandbox } from "@mimolo/supervisor";
import type { TrustData } from "@mimolo/trust";
import type { AllowPlace } from "../../allow-command.ts";
import { hashedFile, realPath } from "./hashed-file.ts";

/** A path the embedder vouches for. With grants it is held to them, and to the bytes it had. */
export type Vouched = string | { readonly path: string; readonly grants: readonly string[] };

/** The same, found. `digest` and `grants` are `null` for a path alone, whatever it holds. */
export interface Voucher {
  readonly path: string;
  readonly digest: string | null;
  readonly grants: readonly string[] | null;
}

export interface TrustGround {
  readonly trust: TrustData;
  /** Why nothing in `trust` counts, where its file is damaged; it then holds nothing. */
  readonly fault?: string | null;
  readonly vouchers: readonly Voucher[];
  readonly dev: boolean;
  /** Probed at the first question. */
  readonly sandbox: Sandbox;
  /** Where the commands that help have to look. */
  readonly place: AllowPlace;
  readonly nowMs: number;
}

/** Reads what an embedder vouches for; a file that is missing now is vouched for by no digest, so it never runs. */
export function vouchersOf(allow: readonly Vouched[], cwd: string): Voucher[] {
  return allow.map((each) => {
    if (typeof each === "string") return { path: resolve(cwd, each), digest: null, grants: null };
    const path = realPath(resolve(cwd, each.path)) ?? resolve(cwd, each.path);
    return { path, digest: hashedFile(path)?.sha256 ?? "", grants: each.grants };
  });
}
