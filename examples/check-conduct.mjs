// What every agent owes its collector, whatever it is written in: asserted here over real pipes.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { groupOf } from "./drive-agent.mjs";

/** `start()` gives a fresh agent that watches; `change()` makes one change it must see. A passive agent says nothing about
 *  work: `saw(data)` tells whether it saw the change. */
export async function checkConduct(start, change, { saw = ({ activity_signal }) => activity_signal.keep_alive } = {}) {
  await answersCommands(start(), change, saw);
  await carriesOutSequences(start(), change, saw);
  for (const end of [(agent) => agent.hangUp(), (agent) => agent.kill("SIGTERM")])
    await endsWithItsWork(start(), change, end);
  await goesWhenRejected(start());
}

async function answersCommands(agent, change, saw) {
  const handshake = await agent.next("handshake");
  assert.equal(handshake.protocol_version, "0.4");
  assert.equal((await agent.next("status")).health, "ok");
  agent.accept({ heartbeat_interval_s: 1 });
  await agent.next("heartbeat");
  const beats = [await agent.next("heartbeat"), await agent.next("heartbeat"), await agent.next("heartbeat")];
  for (const { timestamp } of beats) assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  const spanMs = beats[2].receivedMs - beats[1].receivedMs;
  assert.ok(spanMs > 500 && spanMs < 4000, `a heartbeat per second was asked for, one came after ${spanMs} ms`);

  agent.send("flush", { id: "before" });
  assert.equal(saw((await agent.next("summary")).data), false);
  assert.equal((await agent.next("ack")).id, "before");
  await change();
  agent.send("flush", { id: "after" });
  const { data } = await agent.next("summary");
  assert.equal(saw(data), true);
  assert.equal(data.activity_signal.mode, data.activity_signal.keep_alive === null ? "passive" : "active");
  assert.deepEqual(pick(await agent.next("ack")), { ack_command: "flush", id: "after" });

  agent.send("stop", { id: "s1" });
  assert.deepEqual(pick(await agent.next("ack")), { ack_command: "stop", id: "s1" });
  await change();
  agent.send("flush");
  assert.equal(saw((await agent.next("summary")).data), false, "stopped is stopped");
  await agent.next("ack");
  agent.send("start");
  assert.equal((await agent.next("ack")).ack_command, "start");
  agent.send("status");
  assert.equal((await agent.next("status")).health, "ok");
  agent.send("dance");
  agent.send("shutdown");
  assert.equal((await agent.next("ack")).ack_command, "shutdown");
  await isGone(agent);
}

async function carriesOutSequences(agent, change, saw) {
  await agent.next("handshake");
  agent.accept();
  agent.send("flush");
  await agent.next("summary");
  await agent.next("ack");
  await change();
  agent.send("sequence", { id: "q", sequence: ["stop", "flush", "shutdown"] });
  const kinds = [];
  for (const type of ["ack", "summary", "ack", "ack"]) {
    const message = await agent.next(type);
    kinds.push(message.ack_command ?? `saw it: ${saw(message.data)}`);
  }
  assert.deepEqual(kinds, ["stop", "saw it: true", "flush", "shutdown"]);
  await isGone(agent);
}

async function endsWithItsWork(agent, change, end) {
  await agent.next("handshake");
  agent.accept();
  agent.send("flush");
  await agent.next("summary");
  await change();
  // An agent looks when it likes; one that is asked has looked for certain, and is told again of what came since.
  agent.send("flush");
  await agent.next("summary");
  end(agent);
  await isGone(agent);
}

async function goesWhenRejected(agent) {
  await agent.next("handshake");
  agent.send("reject", { reason: "protocol_version_mismatch" });
  await agent.ended();
  await nothingIsLeft(agent);
}

async function isGone(agent) {
  assert.equal(await agent.ended(), 0);
  await nothingIsLeft(agent);
}

async function nothingIsLeft(agent) {
  const deadlineMs = Date.now() + 500;
  for (;;) {
    const left = await groupOf(agent.pid);
    if (left.length === 0) return;
    if (Date.now() > deadlineMs) assert.fail(`left behind: ${left.join(", ")}`);
    await sleep(20);
  }
}

function pick({ ack_command, id }) {
  return { ack_command, id };
}
