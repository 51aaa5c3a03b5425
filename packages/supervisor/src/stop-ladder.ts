import type { LifecyclePolicy } from "./policy.ts";

/** Where a stop stands: asked by command, stdin closed, SIGTERM sent, SIGKILL sent. */
export type Rung = "asked" | "input-closed" | "terminated" | "killed";

/** What to do on reaching a rung, and how long to wait there. The last one repeats: a killed process only has to be reaped. */
export function rungAfter(rung: Rung, policy: LifecyclePolicy): { readonly rung: Rung; readonly waitMs: number } {
  switch (rung) {
    case "asked":
      return { rung: "input-closed", waitMs: policy.inputClosedMs };
    case "input-closed":
      return { rung: "terminated", waitMs: policy.terminatedMs };
    case "terminated":
    case "killed":
      return { rung: "killed", waitMs: policy.terminatedMs };
  }
}

/** True for a status that asks for more time: its `message` or anything in its `details` says "still flushing". */
export function saysStillFlushing(status: Readonly<Record<string, unknown>>): boolean {
  const text = `${JSON.stringify(status["message"]) ?? ""} ${JSON.stringify(status["details"]) ?? ""}`;
  return /still[\s_-]*flushing/i.test(text);
}
