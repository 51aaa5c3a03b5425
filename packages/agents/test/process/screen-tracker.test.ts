// screen-tracker as a real process on a real X server: what its pictures show, and what becomes of them.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "jpeg-js";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { ArtifactReference } from "@mimolo/protocol";
import { needs } from "../../../../scripts/needs.ts";
import { capture } from "../../src/screen-tracker/capture.ts";
import { openScreen } from "../../src/x11/screen.ts";
import { temporaryFolder, until } from "../folder-activity/scene.ts";
import { type FakeScreen, fakeScreen } from "../x11/xvfb.ts";
import { startAgent } from "./agent-process.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const RED = 0xff_0000;
const LEFT = { x: 0, y: 0, width: 160, height: 240 };

/** The colour of a picture at a point, each part of it 0 to 15: a JPEG is never exact. */
function colourAt(picture: ReturnType<typeof decode>, x: number, y: number): number[] {
  const at = 4 * (y * picture.width + x);
  return [...picture.data.subarray(at, at + 3)].map((part) => part >> 4);
}

describe.runIf(needs("Xvfb"))("on a screen", () => {
  const folder = mkdtempSync(join(tmpdir(), "mimolo-pictures-"));
  let screen: FakeScreen;
  beforeAll(async () => {
    screen = await fakeScreen(folder);
  });
  afterAll(async () => {
    await screen.end();
    rmSync(folder, { recursive: true });
  });

  test("a picture shows what is on the screen but what is to stay hidden, once as long as nothing changes", async () => {
    screen.paint({ x: 0, y: 0, width: 320, height: 240 }, 0x00_ff00);
    screen.paint(LEFT, RED);
    await screen.done();
    const own = temporaryFolder();
    const agent = await startAgent("screen-tracker", {
      cwd: folder,
      // The pace is the test's: nobody is to take pictures that often.
      config: {
        poll_interval_s: 0.05,
        quality: 90,
        keep: "retained",
        redact: [{ x: 40, y: 40, width: 60, height: 60 }],
      },
      environment: { ...screen.environment, MIMOLO_AGENT_DATA_DIR: own },
    });
    const references: ArtifactReference[] = [];
    let unchanged = 0;
    const told = async () => {
      const { data } = await agent.flush();
      references.push(...((data["artifacts"] ?? []) as ArtifactReference[]));
      unchanged += (data["pictures"] as { unchanged: number }).unchanged;
      return data;
    };
    let data = await told();
    await until(async () => {
      data = await told();
      return references.length === 1 && unchanged > 2;
    });
    expect(data).toMatchObject({
      schema: "screen_tracker.summary.v1",
      screen: { width: 320, height: 240 },
      activity_signal: { mode: "passive", keep_alive: null },
    });
    const [reference] = references;
    const bytes = readFileSync(join(own, reference?.rel_path ?? ""));
    expect(reference).toMatchObject({
      sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes: bytes.length,
      mime: "image/jpeg",
      retention_class: "retained",
    });
    const picture = decode(bytes);
    expect([picture.width, picture.height]).toEqual([160, 120]);
    // By the picture's own pixels, half as many each way.
    expect(colourAt(picture, 10, 10)).toEqual([15, 0, 0]);
    expect(colourAt(picture, 35, 35)).toEqual([0, 0, 0]);
    expect(colourAt(picture, 120, 60)).toEqual([0, 15, 0]);
    screen.paint(LEFT, 0x00_00ff);
    await screen.done();
    await until(async () => {
      await told();
      return references.length === 2;
    });
    expect(colourAt(decode(readFileSync(join(own, references[1]?.rel_path ?? ""))), 10, 10)).toEqual([0, 0, 15]);
    expect(agent.messages.filter(({ health }) => health === "degraded")).toEqual([]);

    // What the collector asks for when somebody puts pictures away.
    const invoke = (id: string, method: string, params: object) => {
      agent.send({ cmd: "invoke", id, params: { interface: "artifact", method, params } });
      return agent.nth("result", Number(id));
    };
    const ids = references.map((each) => each.artifact_id).toSorted();
    const archived = await invoke("1", "archive", { selection: { artifact_ids: ids, artifacts: references } });
    expect(archived).toMatchObject({ ok: true, data: { artifact_ids: ids } });
    expect(() => readFileSync(join(own, reference?.rel_path ?? ""))).toThrow("ENOENT");
    const { archive_id } = archived["data"] as { archive_id: string };
    expect(await invoke("2", "restore", { archive_id })).toMatchObject({ ok: true });
    expect(readFileSync(join(own, reference?.rel_path ?? ""))).toEqual(bytes);
    expect(await agent.shutdown()).toBe(0);
  });

  test("what changes while a picture is taken is in it whole or not at all", async () => {
    const found = await openScreen(screen.environment);
    if (!found.ok) throw new Error(found.why);
    const { client } = found.screen;
    onTestFinished(() => client.close());
    const colours = [0xff_0000, 0x00_00ff];
    let asked = 0;
    // Between any two things the server is asked for, somebody paints the screen anew.
    const ask = async (request: Buffer) => {
      screen.paint({ x: 0, y: 0, width: 320, height: 240 }, colours[asked++ % 2] ?? 0);
      await screen.done();
      return client.ask(request);
    };
    const painted = { ...found.screen, client: { setup: client.setup, ask, tell: client.tell.bind(client) } };
    const captured = await capture(painted, { scale: 1, redact: [] });
    expect(asked).toBeGreaterThan(3);
    if (!captured.ok) throw new Error(captured.why);
    const pixels = new Uint32Array(new Uint8Array(captured.picture.data).buffer);
    expect(new Set(pixels).size).toBe(1);
  });

  test("where nobody can tell what is to stay hidden, nothing is taken", async () => {
    const agent = await startAgent("screen-tracker", {
      cwd: folder,
      config: { poll_interval_s: 0.05, redact: [{ left: 0 }] },
      environment: { ...screen.environment, MIMOLO_AGENT_DATA_DIR: temporaryFolder() },
    });
    await until(() => agent.messages.some(({ health }) => health === "degraded"));
    const { data } = await agent.flush();
    expect(data).toMatchObject({ pictures: { taken: 0 }, unavailable: expect.stringContaining("redact should be") });
    expect(data["artifacts"]).toBeUndefined();
    expect(await agent.shutdown()).toBe(0);
  });
});

test.each([
  ["no display", {}, /DISPLAY is not set/],
  ["a Wayland session", { WAYLAND_DISPLAY: "wayland-0", DISPLAY: ":0" }, /Wayland/],
])("with %s it says so, once, and makes nothing up", async (_what, environment, why) => {
  const agent = await startAgent("screen-tracker", {
    cwd: temporaryFolder(),
    config: { poll_interval_s: 0.02 },
    environment: { ...environment, MIMOLO_AGENT_DATA_DIR: temporaryFolder() },
  });
  const degraded = () => agent.messages.filter(({ type, health }) => type === "status" && health === "degraded");
  await until(() => degraded().length > 0);
  const { data } = await agent.flush();
  expect(data).toMatchObject({ screen: null, pictures: { taken: 0 }, unavailable: expect.stringMatching(why) });
  expect(data["artifacts"]).toBeUndefined();
  expect(degraded()).toHaveLength(1);
  expect(await agent.shutdown()).toBe(0);
});
