import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LogLine } from "@mimolo/protocol";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { type Collector, type CollectorOptions, createCollector, findRunning, loadConfig } from "../../src/index.ts";
import { once } from "../api/raw-connection.ts";

const root = mkdtempSync(join(tmpdir(), "mimolo-listening-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

async function start(options: Partial<CollectorOptions>): Promise<{ collector: Collector; said: LogLine[] }> {
  const collector = await createCollector({ dataDir: join(root, String((folders += 1))), ...options });
  const said: LogLine[] = [];
  collector.on("log", (line) => said.push(line));
  onTestFinished(() => collector.stop({ hurry: true }));
  await collector.start();
  return { collector, said };
}

async function taken(): Promise<number> {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function config(lines: string) {
  const file = join(root, `${(folders += 1)}.toml`);
  writeFileSync(file, lines);
  return loadConfig({ configFile: file, cwd: root, env: {}, consent: true });
}

const health = (http: string | null) => {
  const port = Number(new URL(http ?? "").port);
  return once(port, `GET /api/v1/health HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
};

test("two collectors of one process listen each on a port of its own", async () => {
  const [one, other] = [await start({}), await start({})];
  expect(one.collector.http).not.toBe(other.collector.http);
  for (const { collector, said } of [one, other]) {
    const isElsewhere = said.some(({ message }) => message.includes("is taken, so the API listens at"));
    // Somebody else on this machine may have the usual one.
    expect(isElsewhere).toBe(new URL(collector.http ?? "").port !== "7466");
    expect((await health(collector.http))?.status).toBe(200);
    const running = await findRunning(collector.directory.root);
    expect(running).toMatchObject({ socket: collector.address, http: collector.http });
  }
});

test("a port that was asked for and is taken is an error, and nothing is left running", async () => {
  const port = await taken();
  const dataDir = join(root, String((folders += 1)));
  for (const options of [{ control: { port } }, { config: config(`[control]\nport = ${port}\n`) }]) {
    const collector = await createCollector({ dataDir, ...options });
    await expect(collector.start()).rejects.toMatchObject({ code: "port-taken" });
    expect(await findRunning(dataDir)).toBeNull();
    expect(existsSync(join(dataDir, "control", "mimolo.sock"))).toBe(false);
  }
});

test("where no program may open a port the socket is enough, unless somebody asked for the port", async () => {
  const listen = Server.prototype.listen;
  const forbidden = vi.spyOn(Server.prototype, "listen").mockImplementation(function (
    this: Server,
    ...rest: unknown[]
  ) {
    const [where] = rest as [object];
    if (!("host" in where)) return listen.apply(this, rest as never);
    const error = Object.assign(new Error("listen EPERM"), { code: "EPERM" });
    process.nextTick(() => this.emit("error", error));
    return this;
  });
  onTestFinished(() => forbidden.mockRestore());
  const { collector, said } = await start({});
  expect(collector.http).toBeNull();
  expect((await once(collector.address ?? "", "GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n"))?.status).toBe(200);
  const why = "port 7466 of 127.0.0.1 cannot be used (EPERM), so the API listens at its socket alone";
  expect(said).toContainEqual(expect.objectContaining({ level: "warning", message: why }));
  await expect(start({ control: { port: 0 } })).rejects.toMatchObject({ code: "port-taken" });
});

test("where its address cannot be written down, nothing goes on listening", async () => {
  const dataDir = join(root, String((folders += 1)));
  mkdirSync(join(dataDir, "control", "address.json"), { recursive: true });
  const collector = await createCollector({ dataDir, control: { port: 0 } });
  const closed = vi.spyOn(Server.prototype, "close");
  onTestFinished(() => closed.mockRestore());
  await expect(collector.start()).rejects.toThrow();
  expect(closed.mock.contexts.map((server) => (server as Server).listening)).toEqual([false, false]);
});

test("without a dashboard there is the socket alone, without control not even that", async () => {
  const { collector } = await start({ control: { dashboard: false } });
  expect([collector.http, typeof collector.address]).toEqual([null, "string"]);
  expect(readFileSync(collector.directory.address, "utf8")).not.toContain("http");
  const closed = await start({ control: false });
  expect([closed.collector.http, closed.collector.address]).toEqual([null, null]);
  expect(existsSync(closed.collector.directory.token)).toBe(false);
});

test.skipIf(process.platform === "win32")(
  "the socket lies where the configuration says, and goes with the collector",
  async () => {
    const folder = join(root, "chosen");
    mkdirSync(folder, { mode: 0o700 });
    const socket = join(folder, "s");
    const { collector } = await start({
      config: config(`[control]\nsocket = "${socket}"\n`),
      control: { dashboard: false },
    });
    expect(collector.address).toBe(socket);
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    expect((await once(socket, "GET /api/v1/health HTTP/1.1\r\nHost: anything\r\n\r\n"))?.status).toBe(200);
    expect((await findRunning(collector.directory.root))?.socket).toBe(socket);
    await collector.stop();
    expect(existsSync(socket)).toBe(false);
  },
);
