import { CAPABILITIES } from "@mimolo/protocol";

export type SandboxMode = "require" | "prefer" | "off";

/** Who vouches for a program: MiMoLo itself, the digest of what was allowed or signed, or somebody's word alone. */
export type Vouching = "builtin" | "digest" | "word";

/** Whether an agent must, should or need not be confined: what its configuration says, else what its grants call for. High risk
 *  requires a sandbox only where there is one. */
export function sandboxMode(
  configured: SandboxMode | undefined,
  vouching: Vouching,
  granted: readonly string[],
  sandboxIsHere: () => boolean,
): SandboxMode {
  if (configured !== undefined) return configured;
  if (vouching === "word") return "off";
  return vouching === "digest" && granted.some(isHighRisk) && sandboxIsHere() ? "require" : "prefer";
}

function isHighRisk(name: string): boolean {
  return Object.entries(CAPABILITIES).some(([capability, { risk }]) => capability === name && risk === "high");
}
