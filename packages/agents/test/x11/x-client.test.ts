// Against servers that no X server is.
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { systemClock } from "@mimolo/agent-sdk";
import { expect, onTestFinished, test } from "vitest";
import { setupReply, setupRequest } from "../../src/x11/setup.ts";
import { XClient } from "../../src/x11/x-client.ts";
import { temporaryFolder } from "../folder-activity/scene.ts";

/** What a server of one screen says to one it lets in. */
function welcome(root: number): Buffer {
  const reply = Buffer.alloc(8 + 32 + 40);
  reply.writeUInt8(1, 0);
  reply.writeUInt16LE(11, 2);
  reply.writeUInt16LE((reply.length - 8) / 4, 6);
  reply.writeUInt32LE(0x20_0000, 12);
  reply.writeUInt8(1, 28);
  reply.writeUInt32LE(root, 40);
  return reply;
}

async function serving(serve: (socket: Socket) => void): Promise<string> {
  const path = join(temporaryFolder(), "X0");
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return path;
}

/** A clock whose waits end at once. */
const impatient = { ...systemClock, after: (_delayMs: number, run: () => void) => systemClock.after(0, run) };

test("a welcome that comes byte by byte is one, and replies find who asked", async () => {
  const path = await serving((socket) => {
    socket.once("data", () => {
      for (const byte of welcome(77)) socket.write(Buffer.from([byte]));
      socket.on("data", () => {
        const event = Buffer.alloc(32);
        event.writeUInt8(28, 0);
        const refusal = Buffer.alloc(32);
        refusal.writeUInt16LE(1, 2);
        const reply = Buffer.alloc(36);
        reply.writeUInt8(1, 0);
        reply.writeUInt16LE(2, 2);
        reply.writeUInt32LE(1, 4);
        socket.write(Buffer.concat([event, reply, refusal]));
      });
    });
  });
  const client = await XClient.open(path, null, systemClock);
  expect(client.setup).toMatchObject({ roots: [77], firstId: 0x20_0000 });
  const events: number[] = [];
  client.onEvent = (event) => events.push(event.length);
  const [first, second] = await Promise.all([client.ask(Buffer.alloc(4)), client.ask(Buffer.alloc(4))]);
  expect([first, second?.length, events]).toEqual([null, 36, [32]]);
  client.close();
  await expect(client.ask(Buffer.alloc(4))).rejects.toThrow("closed");
});

test("a server that hangs up, says nothing, or too much, ends the connection with a reason", async () => {
  const silent = await serving(() => {});
  await expect(XClient.open(silent, null, impatient)).rejects.toThrow("does not answer");
  const rude = await serving((socket) => socket.end());
  await expect(XClient.open(rude, null, systemClock)).rejects.toThrow("hung up");
  const brief = await serving((socket) => {
    socket.once("data", () => socket.write(welcome(1), () => socket.destroy()));
  });
  const left = await XClient.open(brief, null, systemClock);
  // Whichever of the two is told first: what is written meets nobody, or there is nobody to be read any more.
  while (left.isOpen) await new Promise((resolve) => setImmediate(() => resolve(left.tell(Buffer.alloc(65_536)))));
  await expect(left.ask(Buffer.alloc(4))).rejects.toThrow("hung up");
  await expect(XClient.open(join(temporaryFolder(), "none"), null, systemClock)).rejects.toThrow("ENOENT");
  const endless = await serving((socket) => {
    socket.once("data", () => {
      const reply = Buffer.alloc(32, 0xff);
      reply.writeUInt8(1, 0);
      socket.write(Buffer.concat([welcome(1), reply]));
    });
  });
  const client = await XClient.open(endless, null, systemClock);
  await expect(client.ask(Buffer.alloc(4))).rejects.toThrow("more than it was asked for");
});

test("why a server lets nobody in is repeated", () => {
  const why = "Authorization required";
  const refusal = Buffer.alloc(8 + 24);
  refusal.writeUInt8(why.length, 1);
  refusal.writeUInt16LE(6, 6);
  refusal.write(why, 8);
  expect(setupReply(refusal)).toEqual({ ok: false, why });
});

test("whatever a server says first, it is a welcome, a refusal or not all there", () => {
  fc.assert(
    fc.property(fc.constantFrom(0, 1, 2), fc.uint8Array({ maxLength: 300 }), (answer, bytes) => {
      const reply = setupReply(Buffer.concat([Buffer.from([answer]), bytes]));
      if (reply?.ok === true) expect(reply.bytes).toBeLessThanOrEqual(bytes.length + 1);
    }),
    { numRuns: 500 },
  );
});

test("the word is given with its length, everything in whole words", () => {
  const request = setupRequest(Buffer.from("abc"));
  expect(request.length % 4).toBe(0);
  expect([request.readUInt16LE(6), request.readUInt16LE(8)]).toEqual([18, 3]);
  expect(request.toString("latin1", 12, 30)).toBe("MIT-MAGIC-COOKIE-1");
  expect(request.toString("latin1", 32, 35)).toBe("abc");
});
