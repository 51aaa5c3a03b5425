import { chmodSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NO_TRUST } from "@mimolo/trust";
import { expect, test } from "vitest";
import { judgeOwn } from "../../../src/agents/plan/own.ts";

type Command = Parameters<typeof judgeOwn>[0];

test("an interpreter along PATH is the machine's own, however PATH names its folder", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mimolo-own-")));
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const executable = join(bin, "python3");
  for (const path of [executable, join(folder, "agent.py")]) writeFileSync(path, "");
  chmodSync(executable, 0o755);
  const judged = (PATH: string) => {
    const config: Partial<Command["config"]> = {};
    const command = { executable, args: ["agent.py"], cwd: folder, config: config as Command["config"], runner: null };
    return judgeOwn(command, {
      trust: NO_TRUST,
      vouchers: { words: new Set(), held: new Map() },
      dev: false,
      sandbox: { bubblewrap: null, why: "" },
      place: { dataDir: folder, env: { PATH } },
      nowMs: 0,
    });
  };
  const script = join(folder, "agent.py");
  for (const named of [bin, `${bin}/`, join(bin, "..", "bin"), `${folder}//bin`]) {
    expect(judged(named).files, named).toEqual([script]);
  }
  expect(judged("/usr/bin").files).toEqual([script, executable]);
  expect(judged("bin").files).toEqual([script, executable]);
});
