import type { AgentState } from "@mimolo/supervisor";
import { expect, test } from "vitest";
import { afterTrust } from "../../src/agents/after-trust.ts";
import type { AgentPlan } from "../../src/agents/plan/agent-plan.ts";

type Judged = Parameters<typeof afterTrust>[1];

function plan(more: Partial<AgentPlan> = {}): Judged {
  const program = { kind: "package", files: [], digest: "a", manifest: null, folder: null } as const;
  return { verdict: "trusted", blocked: null, granted: ["network"], sandbox: "prefer", version: "1", program, ...more };
}
const revoked = plan({ verdict: "revoked", blocked: "its key was revoked" });
const modified = plan({ verdict: "modified", blocked: "it has changed" });
const alive: AgentState[] = ["starting", "handshaking", "running", "backing-off", "quarantined"];

test("what may not run any more ends, in whatever state it is", () => {
  for (const state of alive) expect(afterTrust(state, plan(), revoked)).toBe("block");
});

test("what may again starts", () => {
  expect(afterTrust("blocked", revoked, plan())).toBe("start");
});

test("other grants, another version, other bytes or another sandbox start it anew", () => {
  const program = { ...plan().program, digest: "b" };
  for (const change of [{ granted: [] }, { version: "2" }, { program }, { sandbox: "require" }] as const) {
    expect(afterTrust("running", plan(), plan(change))).toBe("restart");
  }
});

test("what is as it was goes on", () => {
  for (const state of alive) expect(afterTrust(state, plan(), plan({ granted: ["network"] }))).toBe("leave");
  expect(afterTrust("blocked", revoked, revoked)).toBe("leave");
});

test("what a person stopped stays stopped", () => {
  for (const now of [plan(), revoked, plan({ granted: [] })]) expect(afterTrust("stopped", plan(), now)).toBe("leave");
});

test("a file that was edited under a running agent waits for its next launch, unless it lost a grant too", () => {
  expect(afterTrust("running", plan(), modified)).toBe("leave");
  expect(afterTrust("running", plan(), { ...modified, granted: [] })).toBe("block");
});

test("one that is blocked is told its new reason", () => {
  expect(afterTrust("blocked", modified, revoked)).toBe("block");
});
