import type { PluginManifest } from "@mimolo/protocol";
import { type AllowEntry, NO_TRUST, type TrustData, withAllow, withGrants, withoutAllow } from "@mimolo/trust";
import fc from "fast-check";
import { expect, test } from "vitest";
import { packageEntry, type Trial, underTrial } from "../../src/trust/trial.ts";

const names: readonly string[] = ["network", "filesystem", "display", "midi"];
const asked = names.slice(0, 3);
const grants = fc.subarray([...names]);

const entry = (digit: string, version: string, held: readonly string[], id = "acme.x"): AllowEntry => {
  const [kind, digest, at] = ["package" as const, digit.repeat(64), "2026-11-21T12:00:00.000Z"];
  return { kind, digest, grants: held, at, by: "cli", plugin_id: id, version };
};

const trialOf = (from: AllowEntry, held: readonly string[], isOver = false): Trial => ({
  pluginId: "acme.x",
  from,
  to: entry("b", "1.1.0", held),
  folder: "",
  manifest: { capabilities: asked, permissions: [] } as unknown as PluginManifest,
  isOver,
  hold: () => Promise.resolve(null),
});

/** What may happen to trust while a version is tried. */
const change = fc.oneof(
  grants.map((held) => (data: TrustData) => {
    return packageEntry(data, "acme.x") === undefined ? data : withGrants(data, "acme.x", held);
  }),
  fc.constant((data: TrustData) => withoutAllow(data, "acme.x")),
  grants.map((held) => (data: TrustData) => withAllow(data, entry("c", "1.0.5", held))),
  grants.map((held) => (data: TrustData) => withAllow(data, entry("d", "3.0.0", held, "acme.other"))),
);

test("whatever is decided meanwhile, a trial vouches for one version of one plugin, and for no more than is held by now", () => {
  const whole = fc.property(grants, fc.subarray(asked), fc.array(change, { maxLength: 6 }), (held, wanted, changes) => {
    const from = entry("a", "1.0.0", held);
    const trial = trialOf(from, wanted);
    const now = changes.reduce((data, act) => act(data), withAllow(NO_TRUST, from));
    const seen = underTrial(now, trial);
    expect(seen.keys).toBe(now.keys);
    expect(seen.high_water).toBe(now.high_water);
    const others = (data: TrustData) => data.allow.filter(({ plugin_id: id }) => id !== "acme.x");
    expect(others(seen)).toEqual(others(now));
    const allowed = packageEntry(now, "acme.x");
    const vouched = packageEntry(seen, "acme.x");
    if (allowed?.digest !== from.digest) {
      expect(vouched).toEqual(allowed);
      return;
    }
    expect(vouched?.digest).toBe(trial.to.digest);
    for (const name of vouched?.grants ?? []) {
      expect(asked).toContain(name);
      // Consented to for the new version and not taken from the old one since, or given since.
      const isTaken = held.includes(name) && !allowed.grants.includes(name);
      const isGiven = !held.includes(name) && allowed.grants.includes(name);
      expect((wanted.includes(name) && !isTaken) || isGiven).toBe(true);
    }
    expect(underTrial(now, trialOf(from, wanted, true))).toBe(now);
  });
  fc.assert(whole, { numRuns: 500 });
});
