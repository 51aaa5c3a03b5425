import { judgePackage, type TrustData } from "@mimolo/trust";
import { checkFolder } from "@mimolo/trust/package";
import { readPackageFolder } from "../../agents/plan/package-folder.ts";
import { pythonFor } from "../python-here.ts";
import { grantsAfter, packageEntry, type Replacement } from "../trial.ts";
import type { InstallRequest } from "../trust-desk.ts";
import type { Around } from "./change.ts";
import { brokenBy } from "./dependents.ts";

/** What a version on trial holds from now on, or why it may not stay. */
export type Held =
  | { readonly ok: true; readonly grants: readonly string[] }
  | { readonly ok: false; readonly why: string; readonly reason: string };

/** Judges a version that was on trial anew: by what is trusted now, and by the bytes that lie in the store now. */
export function mayHold(
  replacement: Replacement,
  data: TrustData,
  request: InstallRequest,
  { version, platform, nowMs, directory }: Around,
): Held {
  const { pluginId, from, to, folder } = replacement;
  const now = packageEntry(data, pluginId);
  if (now === undefined || now.digest !== from.digest) {
    return { ok: false, why: `${pluginId} ${from.version} was taken out meanwhile`, reason: "not-installed" };
  }
  const found = readPackageFolder(folder);
  if (found.digest !== to.digest) {
    return { ok: false, why: "its package changed while it was tried", reason: "modified" };
  }
  const files = found.manifest === null ? { ok: true as const } : checkFolder(folder, found.manifest);
  const { verdict, reason } = judgePackage({ ...found, files }, data, {
    version,
    platform,
    node: process.versions.node,
    python: pythonFor(found.manifest),
    nowMs,
    stage: "install",
    acceptDowngrade: request.acceptDowngrade === true,
  });
  if (verdict !== "trusted") return { ok: false, why: `${verdict}: ${reason}`, reason: verdict };
  const change = { id: pluginId, from: from.version, to: to.version ?? "" };
  const broken = brokenBy(change, request.alongside ?? [], data, directory);
  if (broken !== null) return { ok: false, why: broken, reason: "dependency" };
  return { ok: true, grants: grantsAfter(replacement, now) };
}
