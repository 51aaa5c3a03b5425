import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { main } from "../src/main.ts";
import { captured } from "./captured.ts";

// Whole commands are loaded, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const cwd = mkdtempSync(join(tmpdir(), "mimolo folders "));
afterAll(() => rmSync(cwd, { recursive: true }));

// Where nothing can be made, Node's own way would never end, and neither would these tests.
describe.runIf(existsSync("/proc/self"))("below /proc, at once", () => {
  test.each(["/proc/x", "/proc/x/y"])(
    "init --config %s/mimolo.toml says that nothing can be written",
    async (folder) => {
      const file = join(folder, "mimolo.toml");
      const { surroundings, err } = captured({ cwd });
      expect(await main(["init", "--config", file, "--json"], surroundings)).toBe(1);
      expect(JSON.parse(err())).toMatchObject({
        error: {
          message: expect.stringMatching(/^cannot write .*proc.x.*: no folder can be made there$/),
          hint: "Write it somewhere else: mimolo init --config FILE",
        },
      });
    },
  );

  test("plugin list says what is known all the same", async () => {
    const { surroundings, out } = captured({ cwd });
    expect(await main(["plugin", "list", "--json", "--data-dir", "/proc/x"], surroundings)).toBe(0);
    expect(out()).toContain("folder-activity");
  });

  test.each([
    ["key", "new"],
    ["run", "--no-dashboard"],
  ])("%s %s says that the data directory cannot be used", async (...words) => {
    const { surroundings, err } = captured({ cwd });
    expect(await main([...words, "--data-dir", "/proc/x"], surroundings)).toBe(1);
    expect(err()).toContain("the data directory /proc/x cannot be used: ENOENT");
  });
});

test("the folders that init and plugin list make: the first for whom the system says, the second for the owner alone", async () => {
  const { surroundings } = captured({ cwd });
  expect(await main(["init", "--config", "deep/er/mimolo.toml"], surroundings)).toBe(0);
  expect(existsSync(join(cwd, "deep", "er", "mimolo.toml"))).toBe(true);
  expect(await main(["plugin", "list", "--data-dir", join(cwd, "data")], surroundings)).toBe(0);
  const made = ["data", "data/plugins", "data/plugins/dev"].map((name) => statSync(join(cwd, name)).mode & 0o777);
  expect(made).toEqual(process.platform === "win32" ? expect.anything() : [0o700, 0o700, 0o700]);
});
