import type { KeptArtifacts } from "../artifacts/kept.ts";

/** What lists the artifacts under `root` without a collector; whoever reads something else does not load it. */
export async function openKeptArtifacts(
  root: string,
  options: { readonly limitBytes: number },
): Promise<KeptArtifacts> {
  const { keptArtifacts } = await import("../artifacts/kept.ts");
  return keptArtifacts(root, options);
}
