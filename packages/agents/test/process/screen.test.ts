// active-window and idle as real processes on a real X server.
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { needs } from "../../../../scripts/needs.ts";
import { temporaryFolder, until } from "../folder-activity/scene.ts";
import { type FakeScreen, fakeScreen } from "../x11/xvfb.ts";
import { startAgent } from "./agent-process.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

type Told = { class: string | null; title?: string; duration_s: number }[];

describe.runIf(needs("Xvfb"))("on a screen", () => {
  const folder = mkdtempSync(join(tmpdir(), "mimolo-screen-"));
  let screen: FakeScreen;
  beforeAll(async () => {
    screen = await fakeScreen(folder);
  });
  afterAll(async () => {
    await screen.end();
    rmSync(folder, { recursive: true });
  });
  const on = (label: string, config: object) =>
    startAgent(label, {
      cwd: folder,
      config: { poll_interval_s: 0.05, ...config },
      environment: screen.environment,
    });

  test("time goes to the window in front, by its program; titles stay where they are", async () => {
    const editor = screen.window("Editor", "a secret");
    const browser = screen.window("Browser", "another secret");
    screen.focus(editor);
    await screen.done();
    const agent = await on("active-window", {});
    let total: Told = [];
    const told = async () => {
      const { data } = await agent.flush();
      total = [...total, ...(data["windows"] as Told)];
      return total.map((each) => each.class);
    };
    await until(async () => (await told()).includes("Editor"));
    expect(total.map((each) => each.class)).toEqual(total.map(() => "Editor"));
    screen.focus(browser);
    await until(async () => (await told()).includes("Browser"));
    // From here on a window manager says what is in front, and is believed.
    screen.announce(editor);
    total = [];
    await until(async () => (await told()).at(-1) === "Editor" && total.length > 2);
    const { data } = await agent.flush();
    expect(data).toMatchObject({ schema: "active_window.summary.v1", activity_signal: { mode: "passive" } });
    expect(JSON.stringify(agent.messages)).not.toContain("secret");
    expect(agent.messages.filter(({ health }) => health === "degraded")).toEqual([]);
    expect(await agent.shutdown()).toBe(0);
  });

  test("with titles a new one is seen at once, between two looks too", async () => {
    const reader = screen.window("Reader", "Zoë reads");
    screen.announce(reader);
    await screen.done();
    const agent = await on("active-window", { titles: true, poll_interval_s: 60 });
    const titles = new Set<string | undefined>();
    const told = async () => {
      const { data } = await agent.flush();
      for (const { title } of data["windows"] as Told) titles.add(title);
      return titles;
    };
    await until(async () => (await told()).has("Zoë reads"));
    screen.retitle(reader, "Zoë writes");
    await until(async () => (await told()).has("Zoë writes"));
    expect(await agent.shutdown()).toBe(0);
  });

  test("a key is work, and hours without one are none", async () => {
    const agent = await on("idle", { idle_after_s: 0.3 });
    await until(async () => (await agent.flush()).data["idle_s"] !== 0);
    await screen.type();
    const since = { active_s: 0, signals: "" };
    await until(async () => {
      const { data } = await agent.flush();
      since.active_s += Number(data["active_s"]);
      since.signals += JSON.stringify(data["activity_signal"]);
      return since.active_s > 0.1 && since.signals.includes('"keep_alive":true');
    });
    await until(async () => {
      const { data } = await agent.flush();
      return data["active_s"] === 0 && JSON.stringify(data["activity_signal"]).includes('"keep_alive":false');
    });
    expect(await agent.shutdown()).toBe(0);
  });

  test("who does not know the server's word is told so", async () => {
    const agent = await startAgent("idle", {
      cwd: folder,
      environment: { DISPLAY: screen.environment["DISPLAY"] ?? "", XAUTHORITY: join(folder, "missing") },
    });
    await until(() => agent.messages.some(({ health }) => health === "degraded"));
    expect(agent.messages.find(({ health }) => health === "degraded")?.["message"]).toMatch(
      /does not let this program in: .*[Aa]uthorization/,
    );
    expect((await agent.flush()).data).toMatchObject({ observed_s: 0, activity_signal: { mode: "passive" } });
  });

  test("a screen that goes is told, and what was seen until then", async () => {
    const own = await fakeScreen(temporaryFolder());
    own.announce(own.window("Editor", ""));
    await own.done();
    const agent = await startAgent("active-window", {
      cwd: folder,
      config: { poll_interval_s: 0.05 },
      environment: own.environment,
    });
    await until(async () => ((await agent.flush()).data["windows"] as Told).length > 0);
    await own.end();
    await until(() => agent.messages.some(({ health }) => health === "degraded"));
    const { data } = await agent.flush();
    expect(data["windows"]).toMatchObject([{ class: "Editor" }]);
    expect(data["unavailable"]).toMatch(/screen|server|connect/);
    expect((await agent.flush()).data).toMatchObject({ windows: [], observed_s: 0 });
    expect(await agent.shutdown()).toBe(0);
  });
});

test.each(["active-window", "idle"])(
  "%s without a screen says what is missing, once, and makes nothing up",
  async (label) => {
    const agent = await startAgent(label, { cwd: temporaryFolder(), config: { poll_interval_s: 0.02 } });
    const degraded = () => agent.messages.filter(({ type, health }) => type === "status" && health === "degraded");
    await until(() => degraded().length > 0);
    const first = await agent.flush();
    expect(first.data).toMatchObject({ observed_s: 0, activity_signal: { mode: "passive", keep_alive: null } });
    expect((await agent.flush()).data["unavailable"]).toEqual(degraded()[0]?.["message"]);
    expect(degraded()).toHaveLength(1);
    expect(await agent.shutdown()).toBe(0);
  },
);

test("midi says no to whoever asks, and why before anybody does", async () => {
  const agent = await startAgent("midi", { cwd: temporaryFolder() });
  await until(() => agent.messages.some(({ health }) => health === "degraded"));
  agent.send({
    cmd: "invoke",
    id: "note",
    params: { interface: "action", method: "execute", params: { message: [144, 60, 100] } },
  });
  expect(await agent.nth("result")).toMatchObject({
    id: "note",
    ok: false,
    error: { code: "not-available", message: expect.stringContaining("compiled code") },
  });
  expect(await agent.shutdown()).toBe(0);
});
