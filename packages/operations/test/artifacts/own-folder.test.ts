import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { OwnFolders } from "../../src/artifacts/own-folder.ts";

function place() {
  const root = mkdtempSync(join(tmpdir(), "mimolo own "));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const own = join(root, "data", "agents", "acme.shots", "i-1");
  mkdirSync(join(own, "artifacts"), { recursive: true });
  mkdirSync(join(root, "outside"));
  writeFileSync(join(root, "outside", "shot"), "secret");
  const at = (relPath: string, pluginId = "acme.shots", instanceId = "i-1") => ({ pluginId, instanceId, relPath });
  return { root, own, folders: new OwnFolders(join(root, "data")), at };
}

test("a file is found, opened and deleted by its path inside the agent's own folder", () => {
  const { own, folders, at } = place();
  writeFileSync(join(own, "artifacts", "shot"), "bytes");
  expect(folders.sizeOf(at("./artifacts//shot"))).toBe(5);
  expect(folders.remove(at("artifacts/shot"))).toBe(true);
  expect(folders.remove(at("artifacts/shot"))).toBe(false);
  expect(existsSync(join(own, "artifacts"))).toBe(true);
});

test("nothing outside is reached: no link, no link on the way, no step up, nothing that is no file", () => {
  const { root, own, folders, at } = place();
  symlinkSync(join(root, "outside", "shot"), join(own, "artifacts", "link"));
  symlinkSync(join(root, "outside"), join(own, "linked"));
  symlinkSync(join(root, "outside"), join(root, "data", "agents", "acme.shots", "i-2"));
  writeFileSync(join(root, "data", "agents", "acme.shots", "shot"), "another's");
  const hostile = [
    at("artifacts/link"),
    at("linked/shot"),
    at("shot", "acme.shots", "i-2"),
    at("../shot"),
    at("artifacts/../../shot"),
    at("shot", "acme.shots", ".."),
    at("i-1/artifacts", "acme.shots", "."),
    at("artifacts"),
    at("artifacts/none"),
    at("artifacts/link/more"),
    at(`artifacts/${"x".repeat(300)}`),
    at(""),
  ];
  for (const each of hostile) {
    expect([each.relPath, folders.sizeOf(each), folders.open(each), folders.remove(each)]).toEqual([
      each.relPath,
      null,
      null,
      false,
    ]);
  }
  expect(existsSync(join(root, "outside", "shot"))).toBe(true);
});

test.runIf(process.platform === "linux")(
  "an agent that swaps its folder for a link all the time makes nothing outside go",
  async () => {
    const { root, own, folders, at } = place();
    const swaps = `
      const { renameSync, symlinkSync, writeFileSync } = require("node:fs");
      const [own, outside] = process.argv.slice(2);
      symlinkSync(outside, own + "/link");
      for (;;) {
        try { writeFileSync(own + "/artifacts/shot", "mine"); } catch {}
        renameSync(own + "/artifacts", own + "/real");
        renameSync(own + "/link", own + "/artifacts");
        renameSync(own + "/artifacts", own + "/link");
        renameSync(own + "/real", own + "/artifacts");
      }`;
    const agent = new Worker(swaps, { eval: true, argv: [own, join(root, "outside")] });
    let removed = 0;
    const endMs = performance.now() + 10_000;
    while (removed < 200 && performance.now() < endMs) {
      if (folders.remove(at("artifacts/shot"))) removed++;
      if (removed % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
      // Written through the link by the agent itself, at times: what counts is that it is never deleted.
      expect(existsSync(join(root, "outside", "shot"))).toBe(true);
    }
    await agent.terminate();
    expect(removed).toBeGreaterThan(0);
  },
);
