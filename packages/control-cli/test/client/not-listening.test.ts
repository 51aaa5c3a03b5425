import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createCollector, dataDirectory } from "@mimolo/operations";
import { expect, onTestFinished, test, vi } from "vitest";
import { trustPlace } from "../trust/place.ts";

// Whoever changes something waits a while for the other to be done.
vi.setConfig({ testTimeout: 60_000 });

async function held(control: boolean) {
  const place = trustPlace();
  const collector = await createCollector({ dataDir: place.dataDir, cwd: place.cwd, control });
  await collector.start();
  onTestFinished(() => collector.stop());
  return { ...place, collector };
}

const ways = ["correct", "--from", "2026-11-20", "--to", "2026-11-21", "--as", "work", "--note", "trip"];

test("a collector that opened no control socket is no riddle: it is said who holds the folder", async () => {
  const { error, json } = await held(false);
  const wanted = { exit: 3, code: "collector-not-reachable", out: "" };
  const said = [await error("status"), await error("plugin", "reload", "mimolo.system-load"), await error(...ways)];
  for (const each of said) {
    expect(each).toMatchObject(wanted);
    expect(each.message).toContain(`process ${process.pid} holds`);
  }
  expect(await json("key", "list")).toEqual({ keys: [] });
  const { checks } = await json<{ checks: { id: string; message: string }[] }>("doctor");
  const told = checks.find(({ id }) => id === "collector")?.message;
  expect(told).toContain(`pid ${process.pid} holds this folder and opens no API`);
});

test("a collector that is just starting is waited for, and not mistaken for the dead one before it", async () => {
  const { dataDir, running, mimolo } = trustPlace();
  await running();
  const { lock, address } = dataDirectory(dataDir);
  const told = JSON.parse(readFileSync(address, "utf8")) as object;
  writeFileSync(address, JSON.stringify({ ...told, pid: process.ppid, socket: join(dataDir, "gone.sock") }));
  expect(existsSync(lock)).toBe(true);
  const asked = mimolo("status", "--json");
  writeFileSync(address, JSON.stringify(told));
  expect(await asked).toMatchObject({ code: 0, err: "" });
});

test("a collector that just ends is waited for by whoever changes something", async () => {
  const { dataDir, collector, json } = await held(true);
  // It listens no more, and still holds the folder.
  rmSync(join(dataDir, "control", "mimolo.sock"), { force: true });
  const corrected = json<{ seq: number }>(...ways);
  await collector.stop();
  expect((await corrected).seq).toBeGreaterThan(0);
});
