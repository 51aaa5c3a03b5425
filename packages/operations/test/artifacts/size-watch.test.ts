import { rmSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { watchSizes } from "../../src/artifacts/size-watch.ts";
import { shelf } from "./shelf.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A watch that finds more than `limitBytes` too much, and what it said. */
async function watched(limitBytes: number) {
  const on = await shelf();
  for (const id of ["one", "two", "three"]) on.keep(id, "x".repeat(100));
  await on.ledger.commit();
  const register = on.register();
  const said: string[] = [];
  const limit = { bytes: limitBytes };
  const watch = watchSizes({
    clock: on.clock,
    register,
    say: (what) => void said.push(what.message),
    limitBytes: () => limit.bytes,
  });
  onTestFinished(() => watch.close());
  /** What was said when so much time has passed. */
  async function after(ms: number): Promise<readonly string[]> {
    on.clock.advance(ms);
    await watch.idle();
    return said.splice(0);
  }
  return { on, limit, watch, after };
}

const WARNING =
  "3 artifacts of shots take 1 MiB, more than 1 MiB (artifact_warn_mib); `mimolo artifacts purge` makes room";

test("what takes too much room is said after five minutes, and once a day, however often it is looked at", async () => {
  const { after } = await watched(250);
  expect(await after(5 * MINUTE_MS - 1)).toEqual([]);
  expect(await after(1)).toEqual([WARNING]);
  for (let hour = 1; hour < 24; hour++) expect(await after(HOUR_MS)).toEqual([]);
  expect(await after(HOUR_MS)).toEqual([WARNING]);
});

test("what its agent has deleted itself does not count, and nothing is said where nobody set a limit", async () => {
  const { on, limit, after } = await watched(250);
  rmSync(on.file("artifacts/one"));
  expect(await after(5 * MINUTE_MS)).toEqual([]);
  on.keep("four", "x".repeat(100));
  await on.ledger.commit();
  limit.bytes = 0;
  expect(await after(HOUR_MS)).toEqual([]);
  limit.bytes = 250;
  expect(await after(HOUR_MS)).toEqual([WARNING]);
});

test("after its end nothing is said any more", async () => {
  const { watch, after } = await watched(250);
  watch.close();
  expect(await after(25 * HOUR_MS)).toEqual([]);
});
