import { type ManualClock, manualClock } from "@mimolo/agent-sdk/testing";
import type { PluginState } from "@mimolo/protocol";
import type { OutgoingCommand } from "@mimolo/supervisor";
import { expect, test } from "vitest";
import { AgentLife } from "../../../src/plugins/life/agent-life.ts";
import { callHook, type PluginHooks } from "../../../src/plugins/life/hooks.ts";

/** A life with a process that does nothing by itself, and everything it is asked. */
class Scene {
  readonly clock: ManualClock = manualClock();
  readonly asked: string[] = [];
  readonly ids: (string | undefined)[] = [];
  readonly told: string[] = [];
  readonly states: string[] = [];
  readonly configs: unknown[] = [];
  readonly life: AgentLife;
  readonly vitals = { pausedMs: 0 };
  #gone: () => void = () => {};
  #isGone = false;

  constructor(features: readonly string[], hooks: PluginHooks = {}) {
    const process = {
      vitals: this.vitals,
      has: (feature: string) => features.includes(feature),
      send: (command: OutgoingCommand) => this.#hears(command),
      stop: ({ isFlushed = false } = {}) => {
        if (this.#isGone) return Promise.resolve();
        this.asked.push(isFlushed ? "shutdown" : "stop flush shutdown");
        this.life.moved("stopping", "stop-requested");
        return new Promise<void>((resolve) => (this.#gone = resolve));
      },
    };
    const trouble = ({ code }: { code: string }) => void this.told.push(code);
    this.life = new AgentLife(this.clock, process, {
      moved: (_previous: PluginState, reason) => void this.states.push(`${this.life.state} ${reason}`),
      hook: (name) =>
        callHook(hooks, name, { pluginId: "acme.x", version: "1.0.0", label: "x" }, { clock: this.clock, trouble }),
      say: ({ code, message }) => void this.told.push(`${code}: ${message}`),
    });
  }

  /** Its process was spawned, accepted and welcomed. */
  begin(config: Record<string, unknown> = {}): void {
    this.life.moved("starting", "start-requested");
    this.life.moved("handshaking", "spawned");
    this.life.moved("running", "handshake");
    this.life.greeted(config);
  }

  ack(command: string): void {
    this.life.acknowledged(command, this.ids.at(-1));
  }

  die(): void {
    this.#isGone = true;
    this.life.moved("stopped", "stop-requested");
    this.#gone();
  }

  #hears({ cmd, id, params }: OutgoingCommand): boolean {
    const { phase, config } = (params ?? {}) as { phase?: string; config?: unknown };
    this.asked.push(phase ?? cmd);
    this.ids.push(id);
    if (config !== undefined) this.configs.push(config);
    return true;
  }
}

const turns = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

test("it is initialized with its settings, and healthy once it says that it is active", () => {
  const scene = new Scene(["lifecycle"]);
  scene.begin({ every: 5 });
  expect([scene.asked, scene.configs]).toEqual([["initialize"], [{ every: 5 }]]);
  scene.ack("lifecycle");
  expect([scene.life.state, scene.life.hasBegun]).toEqual(["initialized", false]);
  scene.ack("lifecycle");
  expect([scene.life.state, scene.life.hasBegun]).toEqual(["active", true]);
  expect([scene.clock.pending, scene.told]).toEqual([0, []]);
});

test("an ack without an id counts for what was asked, one with another id for nothing", () => {
  const scene = new Scene(["lifecycle"]);
  scene.begin();
  scene.life.acknowledged("lifecycle", "another");
  scene.life.acknowledged("flush", undefined);
  expect(scene.life.state).toBe("loaded");
  scene.life.acknowledged("lifecycle", undefined);
  scene.life.acknowledged("lifecycle", undefined);
  expect(scene.life.state).toBe("active");
});

test("who never acknowledges is told of once, is in trouble, and may still come", () => {
  const scene = new Scene(["lifecycle"]);
  scene.begin();
  scene.clock.advance(9_999);
  expect(scene.life.trouble).toBe(null);
  scene.clock.advance(2);
  expect(scene.life.trouble).toBe("has not acknowledged lifecycle initialize within 10 s");
  scene.clock.advance(60_000);
  expect(scene.told).toEqual(["lifecycle-unanswered: it has not acknowledged lifecycle initialize within 10 s"]);
  scene.ack("lifecycle");
  scene.ack("lifecycle");
  expect([scene.life.state, scene.life.trouble]).toEqual(["active", null]);
});

test("while nothing it says is read, its silence does not count", () => {
  const scene = new Scene(["lifecycle"]);
  scene.begin();
  scene.vitals.pausedMs = 7_000;
  scene.clock.advance(10_001);
  expect(scene.life.trouble).toBe(null);
  scene.clock.advance(7_001);
  expect(scene.life.trouble).not.toBe(null);
});

test("leaving is suspend, flush, unload and the end, however it answers", async () => {
  for (const answers of [true, false]) {
    const scene = new Scene(["lifecycle"]);
    scene.begin();
    scene.ack("lifecycle");
    scene.ack("lifecycle");
    const left = scene.life.leave();
    for (const command of ["lifecycle", "flush", "lifecycle"]) {
      if (answers) scene.ack(command);
      else scene.clock.advance(5_001);
    }
    await turns();
    scene.die();
    await left;
    expect(scene.asked.slice(2, 6)).toEqual(["suspend", "flush", "unload", "shutdown"]);
    expect([scene.life.state, scene.life.isLeaving, scene.clock.pending]).toEqual(["unloaded", false, 0]);
    expect(scene.told).toHaveLength(answers ? 0 : 3);
    expect(scene.states).toEqual([
      "loaded spawned",
      "initialized suspended",
      "active suspended",
      "suspended suspended",
      "unloaded suspended",
    ]);
  }
});

test("one that knows no lifecycle is asked to stop and to flush; a summary is an answer, and silence costs a second", async () => {
  const scene = new Scene([]);
  scene.begin();
  expect([scene.life.state, scene.asked]).toEqual(["active", []]);
  const left = scene.life.leave();
  scene.clock.advance(1_001);
  scene.life.summarized();
  await turns();
  scene.die();
  await left;
  expect(scene.asked.slice(0, 3)).toEqual(["stop", "flush", "shutdown"]);
  expect([scene.life.state, scene.told]).toEqual(["unloaded", []]);
});

test("suspend and activate resolve by its word, or after a while", async () => {
  const scene = new Scene(["lifecycle"]);
  scene.begin();
  scene.ack("lifecycle");
  scene.ack("lifecycle");
  const suspended = scene.life.suspend();
  scene.ack("lifecycle");
  await suspended;
  expect(scene.life.state).toBe("suspended");
  const activated = scene.life.activate();
  scene.ack("lifecycle");
  expect(await activated).toBe(null);
  const unanswered = scene.life.suspend();
  scene.clock.advance(5_001);
  await unanswered;
  const refused = scene.life.activate();
  scene.clock.advance(5_001);
  expect(await refused).toBe("has not acknowledged lifecycle activate within 5 s");
});

test("one that dies while it is asked keeps nobody waiting and leaves nothing that waits", async () => {
  const scene = new Scene(["lifecycle"]);
  scene.begin();
  scene.ack("lifecycle");
  scene.ack("lifecycle");
  const suspended = scene.life.suspend();
  scene.life.moved("backing-off", "exited: signal SIGKILL");
  await suspended;
  expect([scene.life.state, scene.states.at(-1), scene.clock.pending]).toEqual(["loaded", "loaded exited", 0]);
});

test("hooks run one after the other, and what follows waits for them", async () => {
  const called: string[] = [];
  const release: (() => void)[] = [];
  const hook = (name: string) => () => {
    called.push(name);
    return new Promise<void>((resolve) => release.push(resolve));
  };
  const scene = new Scene(["lifecycle"], {
    onLoad: hook("load"),
    onInitialize: hook("initialize"),
    onActivate: hook("activate"),
  });
  scene.begin({ every: 5 });
  expect([called, scene.asked]).toEqual([["load"], []]);
  release.shift()?.();
  await turns();
  expect([scene.asked, scene.configs]).toEqual([["initialize"], [{ every: 5 }]]);
  scene.ack("lifecycle");
  expect([called, scene.asked]).toEqual([["load", "initialize"], ["initialize"]]);
  release.shift()?.();
  await turns();
  expect(scene.asked).toEqual(["initialize", "activate"]);
  scene.ack("lifecycle");
  expect(called).toEqual(["load", "initialize", "activate"]);
});

test("a hook that throws, rejects or never settles is told and stops nothing", async () => {
  const scene = new Scene(["lifecycle"], {
    onLoad: () => {
      throw new Error("no");
    },
    onInitialize: () => Promise.reject(new Error("no")),
    onActivate: () => new Promise(() => {}),
    onSuspend: () => Promise.reject("no"),
    onUnload: () => new Promise(() => {}),
  });
  scene.begin();
  scene.ack("lifecycle");
  await turns();
  scene.ack("lifecycle");
  expect(scene.life.hasBegun).toBe(true);
  const left = scene.life.leave();
  scene.clock.advance(5_001);
  await turns();
  for (const command of ["lifecycle", "flush", "lifecycle"]) {
    scene.ack(command);
    await turns();
  }
  scene.die();
  scene.clock.advance(5_001);
  await left;
  expect(scene.asked.slice(0, 6)).toEqual(["initialize", "activate", "suspend", "flush", "unload", "shutdown"]);
  expect(scene.told).toEqual(["hook-failed", "hook-failed", "hook-late", "hook-failed", "hook-late"]);
});
