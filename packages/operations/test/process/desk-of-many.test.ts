import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readTrust } from "@mimolo/trust";
import { expect, test } from "vitest";
import { deskScene } from "../trust/desk-scene.ts";

const host = fileURLToPath(new URL("hosts/allows.mjs", import.meta.url));

test("commands of several processes at once all come through, and one that is killed holds up nobody", async () => {
  const scene = deskScene();
  const paths = Array.from({ length: 12 }, (_, index) => join(scene.folder, `${index}.py`));
  for (const path of paths) writeFileSync(path, path);
  const started = [0, 1, 2, 3].map((each) => {
    const own = paths.filter((_, index) => index % 4 === each);
    return spawn(process.execPath, [host, scene.root, ...own], { stdio: ["ignore", "inherit", "inherit"] });
  });
  // Whatever it is doing just now, perhaps holding the lock.
  const doomed = spawn(process.execPath, [host, scene.root, ...paths], { stdio: "ignore" });
  setTimeout(() => doomed.kill("SIGKILL"), 300);
  const ends = await Promise.all(started.map((child) => once(child, "exit")));
  expect(ends.map(([code]) => code as unknown)).toEqual([0, 0, 0, 0]);
  const { allow, keys } = readTrust(scene.directory.trustFile);
  expect(new Set(allow.map(({ path }) => path))).toEqual(new Set(paths));
  expect(keys).toHaveLength(1);
  expect((await scene.verify()).ok).toBe(true);
}, 60_000);
