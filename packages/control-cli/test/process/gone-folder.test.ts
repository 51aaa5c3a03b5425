import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { place } from "./spawned.ts";

const bin = fileURLToPath(new URL("../../bin/mimolo.js", import.meta.url));

/** `mimolo` in a folder that is removed under its feet. */
function fromNowhere(...argv: string[]) {
  const { folder, dataDir, env } = place();
  const script = 'cd -- "$0" && rmdir -- "$0" && exec "$@"';
  const command = [script, folder, process.execPath, bin, ...argv, "--data-dir", dataDir];
  const { status, stderr } = spawnSync("sh", ["-c", ...command], { env, encoding: "utf8" });
  return { status, stderr };
}

test.runIf(needs("sh"))("in a folder that was removed, what wants no folder works; the rest says why it cannot", () => {
  expect(fromNowhere("key", "new")).toEqual({ status: 0, stderr: "" });
  for (const argv of [["run"], ["allow", "agent.py"]]) {
    const { status, stderr } = fromNowhere(...argv);
    expect(status).toBe(2);
    expect(stderr).toBe(
      "mimolo: the folder this was started in is gone\n  Go to one that is there, and start it again.\n",
    );
  }
});
