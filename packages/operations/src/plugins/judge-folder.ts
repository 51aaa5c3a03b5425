import type { Verdict } from "@mimolo/protocol";
import { judgePackage, type TrustData } from "@mimolo/trust";
import { checkFolder } from "@mimolo/trust/package";
import { readPackageFolder } from "../agents/plan/package-folder.ts";
import { version } from "../version.ts";

export interface JudgedBy {
  readonly trust: TrustData;
  readonly nowMs: number;
}

/** An unpacked package as it would be judged before a launch, from all its files. */
export function judgeFolder(
  folder: string,
  { trust, nowMs }: JudgedBy,
): { readonly verdict: Verdict; readonly reason: string } {
  const found = readPackageFolder(folder);
  const files = found.manifest === null ? ({ ok: true } as const) : checkFolder(folder, found.manifest);
  const { platform, versions } = process;
  const around = { version, platform, node: versions.node, nowMs, stage: "launch" } as const;
  const { verdict, reason } = judgePackage({ ...found, files }, trust, around);
  return { verdict, reason };
}
