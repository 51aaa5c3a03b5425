import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { ownSettings } from "../../src/agents/plan/own-settings.ts";
import { configuredAgent } from "../../src/config/loaded-config.ts";
import { resolveSecrets } from "../../src/secrets/resolve-secrets.ts";

const env = { TOKEN: "of the token", HOME_OF_KEYS: "of nobody's business" };

function given(defaults: object, configured: object, folder = "/") {
  const config = configuredAgent({ plugin: "acme.mail", ...configured }, { file: "mimolo.toml", folder });
  return resolveSecrets(ownSettings(config, { ...defaults }), config.settings, { env, folder });
}

it("hands over what the configuration names, whatever the plugin has in its place", () => {
  const settings = given({ token: "", deep: { key: "k", pace: 3 } }, { token: { env: "TOKEN" }, deep: { pace: 4 } });
  expect(settings).toEqual({
    ok: true,
    settings: { token: "of the token", deep: { key: "k", pace: 4 } },
    secrets: ["of the token"],
  });
});

it("leaves settings whose only one is called file as they are", () => {
  const settings = { file: "draft.txt" };
  expect(given({}, settings)).toEqual({ ok: true, settings, secrets: [] });
  expect(given(settings, {})).toEqual({ ok: true, settings, secrets: [] });
});

it("hands a plugin nothing that only its own defaults name", () => {
  const folder = mkdtempSync(join(tmpdir(), "mimolo-secrets-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "id_ed25519"), "nobody's business");
  const defaults = {
    token: { env: "HOME_OF_KEYS" },
    deep: { key: { file: join(folder, "id_ed25519") } },
    list: [{ file: "id_ed25519" }],
  };
  for (const configured of [{}, { deep: {} }, { deep: { pace: 4 } }]) {
    const resolved = given(defaults, configured, folder);
    expect(resolved.ok && resolved.secrets).toEqual([]);
    expect(JSON.stringify(resolved)).not.toContain("business");
  }
});
