// docs/statistics.md shows what is kept and what is told of it: over those lines, those commands print what stands there.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { main } from "../../src/main.ts";
import { captured } from "../captured.ts";

const page = readFileSync(new URL("../../../../docs/statistics.md", import.meta.url), "utf8");
const lines = /```jsonl\n([^]*?)```/.exec(page)?.[1] ?? "";
const examples = [...page.matchAll(/<!-- example -->\n```console\n\$ mimolo (.*)\n([^]*?)```/g)];

test("the page has its examples", () => {
  expect(lines.split("\n")).toHaveLength(6);
  expect(examples).toHaveLength(4);
});

for (const [, command = "", printed = ""] of examples) {
  test(`mimolo ${command}`, async () => {
    vi.stubEnv("TZ", "UTC");
    onTestFinished(() => void vi.unstubAllEnvs());
    const cwd = mkdtempSync(join(tmpdir(), "mimolo-statistics-"));
    onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
    const folder = join(cwd, "data", "state", "telemetry");
    mkdirSync(folder, { recursive: true });
    for (const day of ["2026-11-20", "2026-11-21"]) {
      const of = lines.split("\n").filter((line) => line.includes(`"at":"${day}`));
      writeFileSync(join(folder, `${day}.jsonl`), of.map((line) => `${line}\n`).join(""));
    }
    const env = { XDG_CONFIG_HOME: join(cwd, "config") };
    const { surroundings, out, err } = captured({ cwd, env, nowMs: Date.UTC(2026, 10, 21, 9) });
    const code = await main([...command.split(" "), "--data-dir", join(cwd, "data")], surroundings);
    expect({ code, err: err(), out: out() }).toEqual({ code: 0, err: "", out: printed });
  });
}
