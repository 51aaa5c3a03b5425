import { createHash } from "node:crypto";
import { packPlugin } from "@mimolo/operations/trust";

/** SHA-256 of the package that `mimolo plugin pack` makes of a folder, unsigned. Rejects with what packing complains of. */
export async function packageDigest(directory: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { bytes } = await packPlugin({ directory, env });
  return createHash("sha256").update(bytes).digest("hex");
}
