import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BuiltinPlugin } from "@mimolo/protocol";
import { NO_TRUST } from "@mimolo/trust";
import { afterEach, beforeEach, expect, test } from "vitest";
import { draftBuiltin } from "../../../src/agents/plan/builtin.ts";
import type { TrustGround } from "../../../src/agents/plan/ground.ts";
import { judge } from "../../../src/agents/plan/judge.ts";
import { configuredAgent } from "../../../src/config/loaded-config.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mimolo-judge-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const ground: TrustGround = {
  trust: NO_TRUST,
  vouchers: { words: new Set(), held: new Map() },
  dev: false,
  sandbox: { bubblewrap: "/usr/bin/bwrap", why: "" },
  place: { dataDir: "/data", env: { MIMOLO_HOME: "/data" } },
  nowMs: 0,
};

test("judged again, a plan of which nothing has changed is the same one; a changed file makes another", () => {
  const entry = join(root, "agent.js");
  writeFileSync(entry, "1");
  const sha256 = createHash("sha256").update("1").digest("hex");
  const asked = { interfaces: [], capabilities: ["network"], permissions: [] };
  const about = { name: "A", version: "1.0.0", type: "agent", description: "", default_label: "a" } as const;
  const builtin: BuiltinPlugin = { plugin_id: "mimolo.a", ...about, entry, sha256, ...asked, defaults: {} };
  const config = configuredAgent({}, { file: "code", folder: root });
  const first = judge(draftBuiltin("a", config, builtin, root), ground);
  expect(first.plan).toMatchObject({
    label: "a",
    verdict: "trusted",
    granted: ["network"],
    program: { digest: sha256 },
  });

  expect(judge(first.plan, ground).plan).toBe(first.plan);

  writeFileSync(entry, "2");
  const changed = judge(first.plan, ground);
  expect(changed.plan).toMatchObject({ label: "a", verdict: "modified" });
  expect(changed.plan.program.digest).not.toBe(sha256);
  writeFileSync(entry, "1");
  expect(judge(changed.plan, ground)).toEqual(first);
});
