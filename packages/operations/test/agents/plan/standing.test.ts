import type { Sandbox } from "@mimolo/supervisor";
import { NO_TRUST } from "@mimolo/trust";
import { expect, test } from "vitest";
import type { TrustGround } from "../../../src/agents/plan/ground.ts";
import type { Judged } from "../../../src/agents/plan/judged.ts";
import { sandboxMode } from "../../../src/agents/plan/sandbox-mode.ts";
import { standingOf } from "../../../src/agents/plan/standing.ts";
import type { AgentConfig } from "../../../src/config/index.ts";

const here: Sandbox = { bubblewrap: "/usr/bin/bwrap", why: "" };
const none: Sandbox = { bubblewrap: null, why: "bubblewrap is not installed" };

function ground(sandbox: Sandbox, probed: () => void = () => undefined): TrustGround {
  const place = { dataDir: "/data", env: { MIMOLO_HOME: "/data" } };
  return {
    trust: NO_TRUST,
    vouchers: { words: new Set(), held: new Map() },
    dev: false,
    place,
    nowMs: 0,
    get sandbox() {
      probed();
      return sandbox;
    },
  };
}

function judged(more: Partial<Judged> = {}): Judged {
  const facts = { files: [], digest: null, requested: [], granted: [], verified: null };
  return { verdict: "trusted", reason: "", vouching: "digest", ...facts, ...more };
}

function standing(found: Partial<Judged>, config: Partial<AgentConfig> = {}, around = ground(here)) {
  return standingOf(
    { label: "mail", pluginId: "acme.x", config: { env: {}, ...config } as AgentConfig, unmet: null },
    judged(found),
    around,
  );
}

test("what is not trusted says why, whatever it was granted", () => {
  const reason = "it has changed; mimolo allow /a.py";
  expect(standing({ verdict: "modified", reason, requested: ["display"] })).toMatchObject({ blocked: reason });
});

test("capabilities wait for consent, permissions do not", () => {
  const requested = ["filesystem", "subprocess", "network", "write-logs"];
  expect(standing({ requested, granted: ["network"] }).blocked).toBe(
    "needs consent: filesystem, subprocess; grant with: mimolo plugin grant acme.x filesystem subprocess",
  );
  expect(standing({ requested: ["write-logs"] }).blocked).toBeNull();
});

test("an environment that runs other code first is nobody's consent, and in developer mode is told for what it is", () => {
  const env = { NODE_OPTIONS: "--import ./evil.mjs" };
  expect(standing({}, { env })).toMatchObject({
    verdict: "not-allowlisted",
    blocked: expect.stringMatching(/^its env sets NODE_OPTIONS, .* \[plugins\.mail\]/),
  });
  expect(standing({}, { env }, { ...ground(here), dev: true })).toMatchObject({ verdict: "dev", blocked: null });
  expect(standing({ vouching: "word" }, { env })).toMatchObject({ verdict: "trusted", blocked: null });
});

test("a required sandbox that is not here keeps it from running, in words that say why and what helps", () => {
  const blocked = standing({}, { sandbox: "require" }, ground(none)).blocked ?? "";
  expect(blocked).toMatch(/^its sandbox is required and bubblewrap does not work here: bubblewrap is not installed; /);
  expect(blocked).toContain('sandbox = "prefer" under [plugins.mail]');
  expect(standing({}, { sandbox: "require" }).blocked).toBeNull();
});

test("nobody is asked for a sandbox while that makes no difference", () => {
  const probes: string[] = [];
  const counting = ground(none, () => probes.push("probed"));
  standing({ granted: ["network"] }, {}, counting);
  standing({ granted: ["filesystem"], vouching: "word" }, {}, counting);
  standing({ granted: ["filesystem"], vouching: "builtin" }, {}, counting);
  standing({ granted: ["filesystem"] }, { sandbox: "prefer" }, counting);
  expect(probes).toEqual([]);
});

test.each([
  ["builtin", ["filesystem"], true, "prefer"],
  ["digest", [], true, "prefer"],
  ["digest", ["network", "audio"], true, "prefer"],
  ["digest", ["display"], true, "require"],
  ["digest", ["subprocess"], false, "prefer"],
  ["word", ["filesystem"], true, "off"],
] as const)("%s with %j, sandbox here: %s → %s", (vouching, granted, isHere, mode) => {
  expect(sandboxMode(undefined, vouching, granted, () => isHere)).toBe(mode);
  for (const configured of ["require", "prefer", "off"] as const) {
    expect(sandboxMode(configured, vouching, granted, () => isHere)).toBe(configured);
  }
});
