import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readTrust, writeTrust } from "../../src/index.ts";
import { folder } from "../samples.ts";

const program = fileURLToPath(new URL("../fixtures/programs/writes-trust-forever.mjs", import.meta.url));

test("a writer that is killed at any moment leaves all of its decisions or those before", async () => {
  const root = folder();
  const file = join(root, "trust", "trust.json");
  for (let turn = 0; turn < 8; turn++) {
    const writer = spawn(process.execPath, [program, join(root, "keys"), file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(writer.stdout, "data");
    // Somewhere in the midst of the writing, elsewhere each turn.
    for (let look = 0; look < turn * 7; look++) expect([0, 12]).toContain(readTrust(file).keys.length);
    writer.kill("SIGKILL");
    await once(writer, "exit");
    const left = readTrust(file);
    expect([0, 12]).toContain(left.keys.length);
    writeTrust(file, left);
    expect(readTrust(file)).toEqual(left);
  }
});
