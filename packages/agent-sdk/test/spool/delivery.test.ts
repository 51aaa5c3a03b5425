// Single turns of a durable delivery that chance would seldom bring about.
import { expect, test } from "vitest";
import { DurableDelivery } from "../../src/durable-delivery.ts";
import { evidenceLine } from "../../src/evidence-line.ts";
import { type MemorySpool, memorySpool } from "../../src/testing/memory-spool.ts";

/** An agent's next run: what it sends, as `number:text`, with the stream where a line names one. */
function begin(spool: MemorySpool) {
  const out: { seq: number; stream?: string; data: { text: string } }[] = [];
  const exit = { hasRoom: true, put: (_lane: "evidence", line: string) => void out.push(JSON.parse(line)) };
  const delivery = new DurableDelivery(spool, exit, () => {});
  return {
    delivery,
    out,
    sent: () => out.map(({ seq, data }) => `${seq}:${data.text}`),
    say: (text: string, filler = "") =>
      delivery.take(evidenceLine({ type: "summary", data: { text, filler } }, Date.UTC(2026, 0, 1))),
    committed: (through: number) => delivery.committed({ stream: delivery.stream, through }),
  };
}

test("what is said before the collector tells how far it is gets no number that was given before", () => {
  const spool = memorySpool();
  const first = begin(spool);
  first.committed(0);
  first.say("a");
  const copy = new Map(spool.files);
  first.say("b");
  first.say("c");
  spool.files.clear();
  for (const [name, file] of copy) spool.files.set(name, file);
  const second = begin(spool);
  for (const text of ["d", "e", "f"]) second.say(text);
  expect(second.sent()).toEqual([]);
  second.committed(3);
  expect(second.sent()).toEqual(["1:d", "2:e", "3:f"]);
  expect(new Set(second.out.map(({ stream }) => stream)).has(undefined)).toBe(false);
});

test("nothing is appended to half a line that a killed run left", () => {
  const spool = memorySpool();
  const first = begin(spool);
  first.committed(0);
  first.say("a");
  const [[name = "", file = Buffer.alloc(0)] = []] = spool.files;
  spool.files.set(name, Buffer.concat([file, Buffer.from('{"type":"summary","seq":2,"da')]));
  const second = begin(spool);
  second.committed(0);
  second.say("b");
  const third = begin(spool);
  third.committed(0);
  expect(third.sent()).toEqual(["1:a", "2:b"]);
});

test("zeros where a power cut took the lines: those are left out, the others are sent", () => {
  const spool = memorySpool();
  const first = begin(spool);
  first.committed(0);
  for (const text of ["a", "b", "c"]) first.say(text);
  const [[name = "", file = Buffer.alloc(0)] = []] = spool.files;
  const second = file.toString().split("\n")[1] ?? "";
  spool.files.set(name, Buffer.from(file.toString().replace(second, "\0".repeat(second.length))));
  const next = begin(spool);
  next.committed(0);
  expect(next.sent()).toEqual(["1:a", "3:c"]);
});

test("a backlog is sent in order, part after part, before anything new; each part goes once it is settled", () => {
  const spool = memorySpool();
  const first = begin(spool);
  first.committed(0);
  for (let n = 1; n <= 40; n++) first.say(`t${n}`, "x".repeat(30_000));
  expect(spool.files.size).toBe(5);
  const next = begin(spool);
  next.committed(8);
  next.say("new");
  for (let through = 8; through < 41; through = next.out.at(-1)?.seq ?? 41) next.committed(through);
  next.committed(41);
  expect(next.sent()).toEqual([...Array.from({ length: 32 }, (_, index) => `${index + 9}:t${index + 9}`), "41:new"]);
  expect([...spool.files.values()].map(({ length }) => length)).toEqual([0]);
});

test("beyond 64 MiB there is no room, and there is again when half of it is settled", () => {
  const spool = memorySpool();
  const { delivery, say, committed } = begin(spool);
  committed(0);
  let said = 0;
  for (; delivery.hasRoom; said++) say("large", "x".repeat(262_144));
  expect(said).toBe(256);
  committed(said / 2);
  expect(delivery.hasRoom).toBe(true);
});

test("a folder that cannot be read is left alone, for a run that can", () => {
  const spool = memorySpool();
  const first = begin(spool);
  first.committed(0);
  first.say("a");
  const before = new Map(spool.files);
  const blind = begin({
    ...spool,
    list: () => {
      throw new Error("EACCES");
    },
  });
  blind.committed(0);
  blind.say("b");
  expect(blind.sent()).toEqual(["1:b"]);
  expect(spool.files).toEqual(before);
  const next = begin(spool);
  next.committed(0);
  expect(next.sent()).toEqual(["1:a"]);
});

test("a backlog that cannot be read just now is sent when it can, before anything newer", () => {
  const spool = memorySpool();
  const first = begin(spool);
  first.committed(0);
  for (let n = 1; n <= 30; n++) first.say(`t${n}`, "x".repeat(30_000));
  let failures = 2;
  const next = begin({
    ...spool,
    read(name, from) {
      if (from === 0 && name.includes(".10.") && failures-- > 0) throw new Error("EMFILE: too many open files");
      return spool.read(name, from);
    },
  });
  next.committed(0);
  next.say("new");
  for (let through = 8; through < 31; through = next.out.at(-1)?.seq ?? 31) next.committed(through);
  expect(next.sent()).toEqual([...Array.from({ length: 30 }, (_, index) => `${index + 1}:t${index + 1}`), "31:new"]);
});

test("of a spool that was taken away the lines in memory are sent, and what comes then", () => {
  const spool = memorySpool();
  const first = begin(spool);
  first.committed(0);
  for (let n = 1; n <= 30; n++) first.say(`t${n}`, "x".repeat(30_000));
  const next = begin(spool);
  next.committed(0);
  spool.files.clear();
  next.committed(8);
  next.say("new");
  next.committed(9);
  expect(next.sent().slice(-2)).toEqual(["9:t9", "31:new"]);
});
