import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { folder } from "../samples.ts";

const program = fileURLToPath(new URL("../fixtures/programs/allows-a-script.mjs", import.meta.url));

test("the program of the README does what it says", () => {
  const said = execFileSync(process.execPath, [program, folder()], { encoding: "utf8" });
  expect(said).toBe(
    "trusted: \nmodified: /home/me/agent.py has changed since it was allowed; allow it with: mimolo allow /home/me/agent.py\n",
  );
});
