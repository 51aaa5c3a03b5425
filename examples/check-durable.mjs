// What a durable agent owes its collector, whatever it is written in: killed again and again, nothing is lost, nothing doubled.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const LIVES = 10;
const MOST_RECORDS = 1024;
const MOST_BYTES = 262_144;

/** `start(own)` gives a fresh agent whose own folder is `own`. */
export async function checkDurable(start) {
  for (const check of [losesNothing, sendsNothingRefused, keepsItsWindow, knowsAnOldSpool]) {
    const own = mkdtempSync(join(tmpdir(), "mimolo durable ü "));
    try {
      await check(() => start(own));
    } finally {
      rmSync(own, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  }
}

/** Begins a life: what the collector says has come so far is `through` of `stream`. */
async function welcome(agent, through, stream) {
  const handshake = await agent.next("handshake");
  assert.ok(handshake.capabilities.includes("durable_ack"));
  assert.equal(stream ?? handshake.stream, handshake.stream, "the stream outlives the process");
  agent.accept({ heartbeat_interval_s: 0.5 });
  commit(agent, handshake.stream, through);
  return handshake.stream;
}

function commit(agent, stream, through, refused = []) {
  agent.send("committed", { params: { stream, through, refused } });
}

/** The summaries that came, as they were on the wire. */
function evidenceOf(agent) {
  const lines = agent.messages.filter(({ type }) => type === "summary").map((line) => ({ ...line }));
  for (const line of lines) delete line.receivedMs;
  return lines;
}

/** A ledger that commits now and then, and an agent that is killed whenever it likes least. */
async function losesNothing(start) {
  const ledger = new Map();
  let through = 0;
  let stream;
  let acknowledged = 0;
  const receive = (agent) => {
    for (const line of evidenceOf(agent)) {
      const known = ledger.get(line.seq);
      if (known !== undefined) assert.deepEqual(line, known, `number ${line.seq} was given twice`);
      ledger.set(line.seq, line);
    }
    while (ledger.has(through + 1)) through += 1;
  };
  for (let life = 0; life < LIVES; life++) {
    const agent = start();
    stream = await welcome(agent, through, stream);
    for (let flush = 0; flush < 12; flush++) agent.send("flush", { id: `${life}-${flush}` });
    for (let seen = 0; seen < life % 6; seen++) await agent.next("summary");
    receive(agent);
    if (life % 2 === 0) commit(agent, stream, through);
    await sleep((life * 7) % 11);
    agent.kill("SIGKILL");
    await agent.ended();
    await sleep(50); // what was in the pipe
    receive(agent);
    acknowledged += agent.messages.filter(({ ack_command }) => ack_command === "flush").length;
  }
  const agent = start();
  await welcome(agent, through, stream);
  const first = through + 1;
  agent.send("flush", { id: "last" });
  while ((await agent.next("ack")).id !== "last");
  receive(agent);
  const numbers = evidenceOf(agent).map(({ seq }) => seq);
  assert.deepEqual(
    numbers,
    Array.from(numbers, (_, index) => first + index),
    "in order, from the first that was not committed",
  );
  assert.equal(through, Math.max(...ledger.keys()), "no number is missing");
  assert.ok(through > acknowledged, `${acknowledged} flushes were acknowledged, ${through} summaries came`);
  commit(agent, stream, through);
  agent.send("shutdown");
  assert.equal(await agent.ended(), 0);

  const later = start();
  await welcome(later, through, stream);
  later.send("flush");
  assert.equal(
    (await later.next("summary")).seq,
    through + 1,
    "what is settled is not sent again, its numbers are remembered",
  );
  later.hangUp();
  assert.equal(await later.ended(), 0);
}

/** A refused number is settled: sent again, it would be refused for ever. */
async function sendsNothingRefused(start) {
  const agent = start();
  const stream = await welcome(agent, 0);
  for (let flush = 0; flush < 3; flush++) agent.send("flush");
  for (let flush = 0; flush < 3; flush++) await agent.next("summary");
  commit(agent, stream, 1, [{ seq: 3, code: "privacy-drop" }]);
  commit(agent, "another", 3);
  agent.send("status", { id: "heard" });
  await agent.next("status");
  agent.kill("SIGKILL");
  await agent.ended();
  const second = start();
  await welcome(second, 1, stream);
  second.send("flush");
  const numbers = [(await second.next("summary")).seq, (await second.next("summary")).seq];
  assert.deepEqual(numbers, [2, 4], "the refused number is neither sent again nor given again");
  second.kill("SIGKILL");
  await second.ended();
}

/** A collector whose disk is full commits nothing: no more than the window goes out, and heartbeats go on. */
async function keepsItsWindow(start) {
  const agent = start();
  const stream = await welcome(agent, 0);
  const flushes = MOST_RECORDS + 80;
  for (let flush = 1; flush <= flushes; flush++) agent.send("flush", { id: flush });
  while ((await agent.next("ack")).id !== flushes);
  await agent.next("heartbeat");
  await agent.next("heartbeat");
  const sent = evidenceOf(agent);
  const bytes = sent.reduce((sum, line) => sum + Buffer.byteLength(JSON.stringify(line)) + 1, 0);
  assert.ok(sent.length <= MOST_RECORDS && bytes <= MOST_BYTES, `${sent.length} records, ${bytes} bytes under way`);
  assert.ok(
    sent.length > MOST_RECORDS * 0.9 || bytes > MOST_BYTES * 0.7,
    `only ${sent.length} records, ${bytes} bytes`,
  );
  for (let through = sent.length; ; through = evidenceOf(agent).length) {
    commit(agent, stream, through);
    if (through === flushes) break;
    await agent.next("summary");
  }
  assert.deepEqual(
    evidenceOf(agent).map(({ seq }) => seq),
    Array.from({ length: flushes }, (_, index) => index + 1),
  );
  agent.send("shutdown");
  assert.equal(await agent.ended(), 0);
}

/** The collector has more than this spool ever gave: a number given twice would be taken for a line sent twice. */
async function knowsAnOldSpool(start) {
  const agent = start();
  const stream = await welcome(agent, 1000);
  agent.send("flush");
  const summary = await agent.next("summary");
  assert.equal(summary.seq, 1);
  assert.equal(typeof summary.stream, "string");
  assert.notEqual(summary.stream, stream);
  agent.kill("SIGKILL");
  await agent.ended();
  const second = start();
  await welcome(second, 0, summary.stream);
  assert.equal((await second.next("summary")).seq, 1);
  second.hangUp();
  assert.equal(await second.ended(), 0);
}
