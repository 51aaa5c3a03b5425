import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import type { WireMessage } from "@mimolo/protocol/wire";
import { bundleFixtures } from "./bundled-fixtures.ts";
import { ACK, type ChildAgent, childAgent } from "./child-agent.ts";

const fixtures = await bundleFixtures();
const folder = await mkdtemp(join(tmpdir(), "mimolo-sdk-durable-"));
const children: ChildAgent[] = [];
afterEach(() => children.splice(0).forEach(({ process }) => process.kill("SIGKILL")));
afterAll(() => Promise.all([fixtures, folder].map((each) => rm(each, { recursive: true }))));

type Event = Extract<WireMessage, { type: "event" }>;

/** A collector's part: what came, each number once, and how far it was committed. */
class Ledger {
  readonly kept: Event[] = [];
  mark = 0;
  stream = "";

  /** Takes what `child` has said and was not looked at yet. */
  read(child: ChildAgent): void {
    for (const message of child.messages.splice(0)) {
      if (message.type === "handshake") this.stream = message.stream ?? "";
      if (message.type !== "event" || (message.seq ?? 0) <= this.mark) continue;
      expect(message.seq).toBe(this.mark + 1);
      this.mark += 1;
      this.kept.push(message);
    }
  }

  tell(child: ChildAgent): void {
    child.send({ cmd: "committed", params: { stream: this.stream, through: this.mark } });
  }
}

async function started(data: string, ledger: Ledger): Promise<ChildAgent> {
  const child = childAgent(join(fixtures, "counts-up.mjs"), { folder: data });
  children.push(child);
  await child.message(({ type }) => type === "handshake");
  ledger.read(child);
  child.send(ACK);
  ledger.tell(child);
  return child;
}

const spooled = async (data: string) => {
  const names = await readdir(join(data, "spool"));
  const texts = await Promise.all(names.map((name) => readFile(join(data, "spool", name), "utf8")));
  return texts.join("").split("\n").slice(0, -1);
};

test("killed again and again while it sends, an agent's every number arrives once and in order", async () => {
  const data = await mkdtemp(join(folder, "killed-"));
  const ledger = new Ledger();
  for (let life = 1; life <= 6; life++) {
    const child = await started(data, ledger);
    await child.message(({ type }) => type === "event");
    for (let turn = 0; turn < life; turn++) {
      await sleep(15);
      ledger.read(child);
      if (turn % 2 === 0) ledger.tell(child);
    }
    child.process.kill("SIGKILL");
    await child.ended;
    // What it had put into the pipe is not lost with it, unless the collector is.
    if (life % 2 === 0) ledger.read(child);
  }
  // Before another process tidies up.
  const owed = (await spooled(data)).length;
  const last = await started(data, ledger);
  await last.message(({ type }) => type === "event");
  ledger.read(last);
  ledger.tell(last);
  last.hangUp();
  await last.ended;
  ledger.read(last);
  expect(owed).toBeGreaterThan(0);
  const events = ledger.kept.map(({ data: { payload } }) => (payload as { n: string }).n);
  expect(new Set(events).size).toBe(events.length);
  expect(events.length).toBe(ledger.mark);
});

test("an agent whose collector says nothing more keeps a window under way and the rest on disk", async () => {
  const data = await mkdtemp(join(folder, "silent-"));
  const ledger = new Ledger();
  const child = await started(data, ledger);
  await child.message((message) => message.type === "event" && message.seq === 1024);
  const before = child.messages.length;
  await child.message((message) => message.type === "heartbeat" && child.messages.indexOf(message) > before);
  expect(child.messages.filter(({ type }) => type === "event")).toHaveLength(1024);
  child.hangUp();
  await child.ended;
  expect((await spooled(data)).length).toBeGreaterThan(1024);
});

test("an agent that ends keeps its last summary, though nobody reads", async () => {
  const data = await mkdtemp(join(folder, "last-"));
  const child = childAgent(join(fixtures, "counts-ticks.mjs"), { folder: data });
  children.push(child);
  const handshake = await child.message(({ type }) => type === "handshake");
  child.send(ACK);
  child.send({ cmd: "committed", params: { stream: (handshake as { stream?: string }).stream, through: 0 } });
  // Without a tick there would be nothing to keep.
  await child.message(
    (message) => message.type === "heartbeat" && (message.metrics as { samples: number }).samples > 0,
  );
  child.process.stdout.destroy();
  child.hangUp();
  expect(await child.ended).toBe(0);
  expect(await spooled(data)).toEqual([expect.stringContaining('"type":"summary"')]);
});

test.runIf(process.platform !== "win32")("a folder that cannot be written in costs no evidence", async () => {
  const data = await mkdtemp(join(folder, "full-"));
  // Where the folder should be, there is a file: that refuses root too.
  await mkdir(data, { recursive: true });
  await writeFile(join(data, "spool"), "");
  const ledger = new Ledger();
  const child = await started(data, ledger);
  await child.message((message) => message.type === "error" && message.code === "spool-failed");
  await child.message((message) => message.type === "event" && message.seq === 100);
  expect(child.messages.filter(({ type }) => type === "error")).toHaveLength(1);
  child.hangUp();
  await child.ended;
});
