import { createHash } from "node:crypto";
import type { PluginManifest, Verdict } from "@mimolo/protocol";
import lt from "semver/functions/lt.js";
import { highWaterOf } from "../keyring/change-allow.ts";
import type { AllowEntry, TrustData } from "../keyring/trust-data.ts";
import { incompatibility, type Surroundings } from "./incompatibility.ts";
import { judgeSignature } from "./judge-signature.ts";
import type { Judgement } from "./judgement.ts";
import { shown } from "./shown.ts";

/** What was read of a package. */
export interface PackageFacts {
  /** The manifest's bytes as they lie there: what is signed. */
  readonly manifestBytes: Uint8Array;
  /** Null when there is no signature file. */
  readonly signatureText: string | null;
  /** Null when the bytes are no manifest this version reads. */
  readonly manifest: PluginManifest | null;
  readonly files: FilesCheck;
}

/** Whether the payload is exactly what the manifest lists. */
export type FilesCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: "modified" | "missing-file" | "extra-file"; readonly path: string };

/** What a package is judged in. */
export interface PackageSurroundings extends Surroundings {
  readonly nowMs: number;
  /** `verify` and `install` ask whether it could be installed; `launch` also wants it allowed with exactly this digest. */
  readonly stage: "verify" | "install" | "launch";
  /** Default: false. */
  readonly acceptDowngrade?: boolean;
}

/** May this package run, or be installed, and if not, why. Pure, and in the order of what is worst: who signed it, what was
 *  signed, whether it fits, whether it is wanted. */
export function judgePackage(found: PackageFacts, data: TrustData, around: PackageSurroundings): Judgement {
  const digest = createHash("sha256").update(found.manifestBytes).digest("hex");
  const signature = judgeSignature(found, data, around.nowMs);
  const keyId = signature.keyId;
  const say = (verdict: Verdict, reason: string): Judgement => ({ verdict, keyId, digest, reason });
  if (!signature.ok) return say(signature.verdict, signature.reason);
  const { manifest, files } = found;
  if (manifest === null)
    return say(
      "incompatible",
      "Its manifest cannot be read by this version of MiMoLo; update MiMoLo, or ask its author for a package that fits.",
    );
  const name = `${manifest.id} ${manifest.version}`;
  if (!files.ok) return say(files.code, explainFiles(name, files));
  const misfit = incompatibility(manifest, around);
  if (misfit !== null) return say("incompatible", `${name} ${misfit}.`);
  const entry = data.allow.find((known) => known.kind === "package" && known.plugin_id === manifest.id);
  // What was allowed by exactly its bytes was allowed with its age in sight.
  if (entry?.digest === digest) return say("trusted", "");
  const newer = newerThan(manifest, entry, data);
  if (newer !== null && around.acceptDowngrade !== true) {
    return say(
      "downgrade",
      `${name} is older than ${newer}, which you had before; going back wants --accept-downgrade`,
    );
  }
  if (around.stage !== "launch") return say("trusted", "");
  const what = entry === undefined ? "was not installed by you" : "is not the package that you installed";
  return say(
    "not-allowlisted",
    `${name} (${digest.slice(0, 16)}…) ${what}; install it with: mimolo plugin install FILE`,
  );
}

/** The version above this one that was allowed or proved healthy; null without. */
function newerThan({ id, version }: PluginManifest, entry: AllowEntry | undefined, data: TrustData): string | null {
  const marks = [highWaterOf(data, id), entry?.version ?? null];
  return marks.reduce<string | null>((highest, mark) => {
    if (mark === null || !lt(version, mark)) return highest;
    return highest === null || lt(highest, mark) ? mark : highest;
  }, null);
}

function explainFiles(name: string, { code, path }: Extract<FilesCheck, { ok: false }>): string {
  const what = {
    modified: "is not as it was signed",
    "missing-file": "is missing",
    "extra-file": "was not signed with it",
  };
  return `${name}: ${shown(path)} ${what[code]}; install the package again from its author: mimolo plugin install FILE`;
}
