import { CAPABILITIES } from "@mimolo/protocol";

export type SandboxMode = "require" | "prefer" | "off";

/** Who vouches for a program: its digest (MiMoLo's own, a package's, an allowed script's), or somebody's word alone. */
export type Vouching = "builtin" | "digest" | "word";

/** Whether an agent must, should or need not be confined: what its configuration says, else what calls for it. High risk calls
 *  for a sandbox only where there is one. */
export function sandboxMode(
  configured: SandboxMode | undefined,
  vouching: Vouching,
  granted: readonly string[],
  sandboxHere: boolean,
): SandboxMode {
  if (configured !== undefined) return configured;
  if (vouching === "word") return "off";
  const risky = granted.some((name) => Object.hasOwn(CAPABILITIES, name) && riskOf(name) === "high");
  return vouching === "digest" && risky && sandboxHere ? "require" : "prefer";
}

function riskOf(name: string): string | undefined {
  return Object.entries(CAPABILITIES).find(([capability]) => capability === name)?.[1].risk;
}
