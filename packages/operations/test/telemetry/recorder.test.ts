import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@mimolo/agent-sdk/testing";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keptPluginReport, keptStats, keptTelemetry } from "../../src/telemetry/offline.ts";
import { Recorder } from "../../src/telemetry/recorder.ts";
import { pluginReport } from "../../src/telemetry/reports.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const utc = { timeZone: "UTC", dayStart: "00:00" };
const EIGHT = Date.UTC(2026, 10, 20, 8);

let folder: string;
let clock: ReturnType<typeof manualClock>;
let said: string[];

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "mimolo-telemetry-")), "telemetry");
  clock = manualClock({ wallMs: EIGHT });
  said = [];
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true }));

function recorder(): Recorder {
  return new Recorder({ folder, clock, say: ({ code = "" }) => void said.push(code) });
}

/** Lets what waits for the disk be done. */
async function written(of: Recorder): Promise<void> {
  await of.reading({}, () => Promise.resolve());
}

function call(of: Recorder, tookUs: number, ok = true, pluginId = "acme.one"): void {
  of.called({ pluginId, ok, tookUs, atMs: clock.wallMs() });
}

/** Minute by minute, as the clock does it. */
async function pass(of: Recorder, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= MINUTE_MS) clock.advance(Math.min(left, MINUTE_MS));
  await written(of);
}

test("calls go on being counted after a restart", async () => {
  const first = recorder();
  call(first, 100);
  call(first, 300, false);
  await pass(first, 2 * MINUTE_MS);
  call(first, 500);
  await first.close();
  const second = recorder();
  call(second, 100);
  const cell = await second.everythingOf("acme.one");
  expect(cell).toMatchObject({ executions: 4, failures: 1, sumUs: 1_000, lastMs: clock.wallMs() });
  await second.close();
  expect(await keptStats(folder, "acme.one")).toMatchObject({
    executions: 4,
    failures: 1,
    avg_execution_time_us: 250,
    error_rate: 0.25,
    health: "stopped",
  });
  expect(said).toEqual([]);
});

test("whoever is killed loses its last minute, a line torn in two costs that line alone, and it is said", async () => {
  const killed = recorder();
  call(killed, 10);
  await pass(killed, MINUTE_MS);
  call(killed, 10);
  const [file = ""] = readdirSync(folder);
  appendFileSync(join(folder, file), '{"at":"2026-11-20T08:0');
  const next = recorder();
  call(next, 10);
  expect((await next.everythingOf("acme.one")).executions).toBe(2);
  await next.close();
  expect((await keptStats(folder, "acme.one")).executions).toBe(2);
  expect(said).toEqual(["statistics-cut"]);
});

test("days gone by are summed up once, whatever is restarted when", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), async (hours) => {
      rmSync(folder, { recursive: true, force: true });
      clock = manualClock({ wallMs: EIGHT });
      let count = 0;
      for (const each of hours) {
        const of = recorder();
        call(of, 10 * each);
        count++;
        await written(of);
        await pass(of, each * HOUR_MS);
        call(of, 20);
        count++;
        await of.close();
      }
      expect((await keptStats(folder, "acme.one")).executions).toBe(count);
      const window = { fromMs: EIGHT, toMs: clock.wallMs() + 1 };
      const report = await keptTelemetry(folder, window, { nowMs: clock.wallMs(), local: utc });
      expect(report.plugins[0]?.executions).toBe(count);
    }),
    { numRuns: 5 },
  );
});

test("a report by the hour says the same after its days were rewritten by quarters", async () => {
  const of = recorder();
  await written(of);
  of.runs("one", "acme.one", "ok");
  for (let quarter = 0; quarter < 40; quarter++) {
    call(of, quarter + 1, quarter % 3 !== 0);
    await pass(of, 15 * MINUTE_MS);
  }
  const local = { timeZone: "Asia/Kolkata", dayStart: "04:10" };
  const window = { fromMs: EIGHT, toMs: EIGHT + 10 * HOUR_MS };
  const query = () =>
    keptPluginReport(folder, { pluginId: "acme.one", window, by: "hour" }, { nowMs: clock.wallMs(), local });
  const before = await query();
  const bytes = statSync(join(folder, "2026-11-20.jsonl")).size;
  await pass(of, 3 * 24 * HOUR_MS);
  expect(statSync(join(folder, "2026-11-20.jsonl")).size).toBeLessThan(bytes / 1.5);
  expect(await query()).toEqual(before);
  expect(before.totals).toMatchObject({ executions: 40, failures: 14, duration_s: 36_000, health: "ok" });
  expect(before.rows.map(({ key }) => key).slice(0, 2)).toEqual([
    "2026-11-20T07:30:00.000Z",
    "2026-11-20T08:30:00.000Z",
  ]);
  await of.close();
});

test("after 35 days a day goes, and what it counted stays in the sum", async () => {
  const of = recorder();
  call(of, 5);
  await written(of);
  for (let day = 0; day < 37; day++) {
    clock.jumpWall(24 * HOUR_MS);
    call(of, 5);
    await pass(of, MINUTE_MS);
  }
  await of.close();
  const days = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  expect(days[0]).toBe("2026-11-22.jsonl");
  expect((await keptStats(folder, "acme.one")).executions).toBe(38);
});

test("what a running collector tells includes what is not written yet, and counts nothing twice", async () => {
  const of = recorder();
  for (let minute = 0; minute < 3; minute++) {
    call(of, 7);
    await pass(of, MINUTE_MS);
  }
  call(of, 7);
  const window = { fromMs: EIGHT, toMs: clock.wallMs() + 1 };
  const report = () =>
    of.reading(window, (cells) => pluginReport(cells, window, { pluginId: "acme.one", by: "hour", local: utc }));
  expect((await report()).totals.executions).toBe(4);
  const [one, other] = await Promise.all([report(), (clock.advance(MINUTE_MS), report())]);
  expect([one.totals.executions, other.totals.executions]).toEqual([4, 4]);
  await of.close();
});

test("a clock that is set back loses no call", async () => {
  const of = recorder();
  call(of, 5);
  await pass(of, 20 * HOUR_MS);
  call(of, 5);
  await pass(of, MINUTE_MS);
  clock.jumpWall(-48 * HOUR_MS);
  call(of, 5);
  await pass(of, MINUTE_MS);
  await of.close();
  expect((await keptStats(folder, "acme.one")).executions).toBe(3);
});

test("a disk that takes nothing is said once, and gets what it missed as soon as it takes something", async () => {
  const of = recorder();
  await written(of);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "in the way");
  for (let minute = 0; minute < 3; minute++) {
    call(of, 5);
    await pass(of, MINUTE_MS).catch(() => undefined);
  }
  rmSync(folder);
  call(of, 5);
  await pass(of, MINUTE_MS);
  await of.close();
  expect((await keptStats(folder, "acme.one")).executions).toBe(4);
  expect(said).toEqual(["statistics-fault", "statistics-work-again"]);
});

test("its files are for their owner alone", async () => {
  const of = recorder();
  call(of, 5);
  await of.close();
  if (process.platform === "win32") return;
  const [file = ""] = readdirSync(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, file), "utf8")).toContain('"plugin":"acme.one"');
});

test.skipIf(process.platform === "win32")(
  "pipes and links in the place of its files neither hold it up nor lead it away",
  async () => {
    mkdirSync(folder);
    const elsewhere = join(folder, "..", "elsewhere");
    writeFileSync(elsewhere, "mine\n");
    symlinkSync(elsewhere, join(folder, "2026-11-20.jsonl"));
    for (const name of ["2026-11-19.jsonl", "totals.json"]) execFileSync("mkfifo", [join(folder, name)]);
    const one = recorder();
    call(one, 100);
    expect(await one.everythingOf("acme.one")).toMatchObject({ executions: 1 });
    await one.close();
    expect(readFileSync(elsewhere, "utf8")).toBe("mine\n");
    expect(said).toContain("statistics-fault");
  },
);

test("a line without an end costs nothing but itself", async () => {
  const first = recorder();
  call(first, 100);
  await first.close();
  const file = join(folder, "2026-11-20.jsonl");
  const kept = readFileSync(file, "utf8");
  truncateSync(file, 0);
  // Holes take no place on the disk.
  truncateSync(file, 8_388_608);
  appendFileSync(file, `\n${kept}`);
  expect(await keptStats(folder, "acme.one")).toMatchObject({ executions: 1 });
});

test("calls are counted over restarts, of those who were called", async () => {
  const first = recorder();
  call(first, 1_000);
  call(first, 3_000, false);
  call(first, 500, true, "acme.two");
  first.runs("idle", "acme.idle", "ok");
  await first.close();
  const second = recorder();
  await written(second);
  call(second, 2_000);
  expect(second.counted().toSorted((a, b) => (a.pluginId < b.pluginId ? -1 : 1))).toEqual([
    { pluginId: "acme.one", executions: 3, failures: 1, sumUs: 6_000 },
    { pluginId: "acme.two", executions: 1, failures: 0, sumUs: 500 },
  ]);
  await second.close();
});
