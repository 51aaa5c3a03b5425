import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { trustPlace } from "./place.ts";

interface Installed {
  readonly granted: string[];
}

const own = "[plugins.mine]\nexecutable = 'sh'\n";

test.each([
  ["a configuration that says so counts", "[trust]\nauto_grant_low = false\n", 4],
  ["a found file that needs consent has no say", `[trust]\nauto_grant_low = true\n${own}`, 0],
  ["nothing is granted by itself where the configuration is broken", "[trust\n", 4],
])("%s where no collector runs", async (_, config, exit) => {
  const { cwd, json, mimolo } = trustPlace();
  await json("key", "new", "--scope", "acme.*");
  await json("plugin", "pack", "inbox", "--sign");
  writeFileSync(join(cwd, "mimolo.toml"), config);
  const file = "acme.inbox-1.0.0.mmpkg";
  const asked = await mimolo("plugin", "install", file, "--grant", "filesystem");
  expect(asked.code).toBe(exit);
  if (exit === 4) expect(asked.err).toContain("--grant filesystem network");
  const { granted } = await json<Installed>("plugin", "install", file, "--yes");
  expect(granted).toEqual(["network", "filesystem", "write-logs"]);
});
