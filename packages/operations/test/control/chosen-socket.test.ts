import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { prepareChosenSocket } from "../../src/control/chosen-socket.ts";

const root = mkdtempSync(join(tmpdir(), "mimolo-chosen-"));
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(root, { recursive: true, force: true });
});

const refused = expect.objectContaining({ code: "socket-unusable" });

test.skipIf(process.platform === "win32")("a folder is made for it that is closed to others", async () => {
  const folder = join(root, "new", "deep");
  await prepareChosenSocket(join(folder, "s"));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test.skipIf(process.platform === "win32")(
  "a folder that others can look into is refused, and left as it is",
  async () => {
    const folder = join(root, "open");
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    await expect(prepareChosenSocket(join(folder, "s"))).rejects.toEqual(refused);
    expect(statSync(folder).mode & 0o777).toBe(0o755);
  },
);

test.skipIf(process.platform === "win32")("what is not a dead socket is never taken away", async () => {
  const file = join(root, "file");
  writeFileSync(file, "mine");
  await expect(prepareChosenSocket(file)).rejects.toEqual(refused);
  expect(existsSync(file)).toBe(true);
  const taken = join(root, "taken");
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(taken, resolve));
  await expect(prepareChosenSocket(taken)).rejects.toEqual(refused);
  expect(existsSync(taken)).toBe(true);
  await expect(prepareChosenSocket(join(root, "x".repeat(100)))).rejects.toEqual(refused);
});
