import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { place } from "./spawned.ts";

vi.setConfig({ testTimeout: 30_000 });

const clone = fileURLToPath(new URL("../../../../", import.meta.url));

test.each(["README.md", "docs/tutorial.md"])(
  "the line of %s gives a terminal in a clone the command, in any folder",
  (page) => {
    const [line] = /export PATH="[^"]+"/.exec(readFileSync(`${clone}${page}`, "utf8")) ?? [];
    const { folder, env } = place();
    // What runs the tests knows the command already.
    const bare = { ...env, PATH: `${dirname(process.execPath)}:/usr/bin:/bin` };
    const typed = `cd "$1" && ${line ?? "false"} && cd "$2" && command -v mimolo && mimolo --version`;
    const told = execFileSync("sh", ["-c", typed, "sh", clone, folder], { env: bare, encoding: "utf8" });
    expect(told).toMatch(/^.*\/node_modules\/\.bin\/mimolo\n\d+\.\d+\.\d+\n$/);
    expect(told.startsWith(clone)).toBe(true);
  },
);
