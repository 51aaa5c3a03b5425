import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "@mimolo/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { createCollector, openArchive } from "../../src/index.ts";
import { fillingDisk } from "../filling-disk.ts";

const disk = fillingDisk();

const dataDir = mkdtempSync(join(tmpdir(), "mimolo-amend-"));
let collector: Collector;

beforeAll(async () => {
  collector = await createCollector({ dataDir, fileSystem: disk.fileSystem });
  await collector.start();
});
afterAll(async () => {
  await collector.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** One POST over the control socket. */
function post(path: string, body: object) {
  return new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
    const headers = { "content-type": "application/json" };
    const sent = request(
      { socketPath: collector.address ?? "", method: "POST", path: `/api/v1${path}`, headers },
      (reply) => {
        let text = "";
        reply.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        reply.on("end", () => resolve({ status: reply.statusCode ?? 0, body: JSON.parse(text) }));
      },
    );
    sent.on("error", reject).end(JSON.stringify(body));
  });
}

/** Every hour from the same moment. */
const begunMs = Date.now();
const day = (hour: number) => new Date(begunMs - 86_400_000 + hour * 3_600_000).toISOString();

test("a correction over HTTP counts when it is answered, and can be erased again; both say what they did", async () => {
  const word = { from: day(1), to: day(2), as: "work", note: "a call" };
  const corrected = await post("/evidence/correct", word);
  expect(corrected).toEqual({ status: 201, body: { seq: expect.any(Number) as number, ...word } });
  expect(collector.timeline().segments).toMatchObject([{ duration_s: 3600, confidence: "reconstructed" }]);
  const { seq } = corrected.body;
  const erased = await post("/evidence/erase", { seq, why: "a slip" });
  expect(erased).toMatchObject({ status: 200, body: { seq, record_seq: Number(seq) + 1, repeated_by: [] } });
  expect(collector.timeline().segments).toEqual([]);
  const replayed = await openArchive(dataDir).timeline({ nowMs: Date.now() });
  expect(replayed).toEqual(collector.timeline());
  expect(await post("/verify", {})).toMatchObject({ body: { ok: true, erased: [seq] } });
});

test("a correction on a full disk is told to wait, and is there once when there is room", async () => {
  const word = { from: day(5), to: day(6), as: "work", note: "full" };
  disk.refuses = true;
  const told = await post("/evidence/correct", word);
  disk.refuses = false;
  expect(told).toMatchObject({ status: 500, body: { hint: expect.stringContaining("do not say it again") as string } });
  expect(told.body["detail"]).toMatch(/^the correction waits for the disk: .*the disk is full \(ENOSPC/);
  await expect.poll(() => collector.timeline().segments.length, { timeout: 5_000 }).toBe(1);
  expect(await post("/verify", {})).toMatchObject({ body: { ok: true } });
  expect(collector.timeline().segments).toMatchObject([{ duration_s: 3600 }]);
});

test("two who erase the same record at once: one is told that the other was there before", async () => {
  const { body } = await post("/evidence/correct", { from: day(3), to: day(4), as: "idle", note: "x" });
  const asked = await Promise.all([1, 2].map(() => post("/evidence/erase", { seq: body["seq"], why: "twice" })));
  expect(asked.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(asked.find(({ status }) => status === 409)?.body).toMatchObject({ code: "already-erased" });
});

const refusals: readonly (readonly [string, object, number, string])[] = [
  ["/evidence/correct", {}, 400, "invalid-parameter"],
  ["/evidence/correct", { from: day(1), to: day(2), as: "play", note: "x" }, 400, "invalid-parameter"],
  ["/evidence/correct", { from: "yesterday", to: day(2), as: "idle", note: "x" }, 400, "invalid-parameter"],
  ["/evidence/correct", { from: day(2), to: day(1), as: "idle", note: "x" }, 400, "invalid-correction"],
  ["/evidence/correct", { from: day(1), to: day(2), as: "idle", note: " " }, 400, "invalid-correction"],
  ["/evidence/correct", { from: day(1), to: day(2), as: "idle" }, 400, "invalid-parameter"],
  ["/evidence/erase", { seq: "1", why: "x" }, 400, "invalid-parameter"],
  ["/evidence/erase", { seq: 1 }, 400, "invalid-parameter"],
  ["/evidence/erase", { seq: 1, why: "x" }, 409, "not-erasable"],
  ["/evidence/erase", { seq: 10_000, why: "x" }, 404, "unknown-record"],
  ["/verify", { repo: "here" }, 400, "invalid-parameter"],
];

test.each(refusals)("POST %s %j is answered %i %s and changes nothing", async (path, body, status, code) => {
  const before = collector.records;
  const answer = await post(path, body);
  expect(answer).toMatchObject({ status, body: { code } });
  Problem.parse(answer.body);
  expect(collector.records).toBe(before);
});
