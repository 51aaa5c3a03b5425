import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../../../../../scripts/needs.ts";
import { type Confinement, describeRuntime } from "../../../src/index.ts";
import { boxed, outcome, type Place, place } from "./box.ts";

let at: Place;
let tcp: Server;
let unix: Server;
let abstract: Server;
let udp: Socket;
const port = (server: Server) => (server.address() as { port: number }).port;
const abstractName = `\0mimolo-test-${process.pid}`;

beforeEach(async () => {
  at = place();
  copyFileSync(fileURLToPath(new URL("attempts.mjs", import.meta.url)), join(at.program, "attempts.mjs"));
  for (const file of [join(at.home, "diary"), join(at.data, "token"), join(at.outside, "file")])
    writeFileSync(file, "private");
  [tcp, unix, abstract] = [createServer(), createServer(), createServer()];
  udp = createSocket("udp4");
  udp.on("message", (_, from) => udp.send("here", from.port, from.address));
  await Promise.all([
    once(tcp.listen(0, "127.0.0.1"), "listening"),
    once(unix.listen(join(at.outside, "socket")), "listening"),
    once(abstract.listen(abstractName), "listening"),
    once(udp.bind(0, "127.0.0.1"), "listening"),
  ]);
});
afterEach(async () => {
  udp.close();
  await Promise.all([tcp, unix, abstract].map(async (server) => once(server.close(), "close")));
});

const secret = "a-secret-of-the-collector";

function everything() {
  return {
    tcp: ["tcp", port(tcp)],
    udp: ["udp", udp.address().port],
    "unix socket": ["unix", join(at.outside, "socket")],
    "abstract socket": ["unix", abstractName],
    home: ["list", at.home],
    "a file of home": ["read", join(at.home, "diary")],
    passwd: ["read", "/etc/passwd"],
    "the collector's data": ["read", join(at.data, "token")],
    "write outside": ["write", join(at.outside, "new")],
    "write beside its folder": ["write", join(at.data, "agents/new")],
    "write to /": ["write", "/new"],
    "write to /usr": ["write", "/usr/new"],
    "write its program": ["append", join(at.program, "attempts.mjs")],
    "write its own folder": ["write", join(at.ownFolder, "new")],
    "write to /tmp": ["write", "/tmp/mimolo-attempt"],
    sh: ["run", ["/bin/sh", "-c", ":"]],
    id: ["run", ["id"]],
    git: ["run", ["git", "--version"]],
    "itself again": ["run", [process.execPath, "-e", ""]],
    secret: ["secret", secret.split("").toReversed().join("")],
    "the collector's environment": ["read", `/proc/${process.ppid}/environ`],
    signal: ["signal", process.pid],
    "other processes": ["others"],
  };
}

async function attempt(more: Partial<Confinement> = {}, options: { readonly asNobody?: boolean } = {}) {
  process.env["MIMOLO_TEST_SECRET"] = secret;
  // Where it is all there, it would really write to the machine.
  const onTheMachine = new Set(more.files === "all" ? ["write to /", "write to /usr", "write to /tmp"] : []);
  const tried = Object.fromEntries(Object.entries(everything()).filter(([name]) => !onTheMachine.has(name)));
  const program = join(at.program, "attempts.mjs");
  const { request, holds } = boxed(at, [process.execPath, program, JSON.stringify(tried)], more);
  delete process.env["MIMOLO_TEST_SECRET"];
  expect(holds).toEqual(["network", "files", "subprocess"]);
  const { stdout, stderr, code } = await outcome(request, options);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  const results: Record<string, string> = JSON.parse(stdout);
  return Object.entries(results)
    .filter(([, result]) => result === "ok")
    .map(([name]) => name);
}

const ALONE = ["write its own folder", "write to /tmp"];
/** Node's own rules are a second wall: what the first withholds must not depend on it. */
const withoutFlags = () => ({ ...describeRuntime(process.execPath, { env: {}, cwd: "/" }), kind: "native" as const });
const programs = () => ["sh", "id", ...(needs("git") ? ["git"] : []), "itself again"];
const grants = (...capabilities: string[]) => new Set(capabilities);

describe.runIf(needs("bwrap"))("real attempts in the real sandbox", () => {
  test("without a grant nothing but its own folder and a private /tmp", async () => {
    expect(await attempt()).toEqual(ALONE);
  });

  test("the same by the box alone, and nothing of it reached the host", async () => {
    expect(await attempt({ runtime: withoutFlags() })).toEqual(ALONE);
    expect(existsSync("/tmp/mimolo-attempt")).toBe(false);
    expect(readFileSync(join(at.program, "attempts.mjs"), "utf8")).not.toMatch(/was here$/);
  });

  test.runIf(process.getuid?.() === 0)("the same as nobody", async () => {
    expect(await attempt({ runtime: withoutFlags() }, { asNobody: true })).toEqual(ALONE);
  });

  test.runIf(process.getuid?.() === 0)("what is granted works as nobody too", async () => {
    const capabilities = grants("network", "subprocess");
    const worked = await attempt({ capabilities }, { asNobody: true });
    expect(worked).toEqual(["tcp", "udp", ...ALONE, ...programs()]);
  });

  test("with network: TCP and UDP, and no file more; no socket of the host, behind which may be the display", async () => {
    expect(await attempt({ capabilities: grants("network") })).toEqual(["tcp", "udp", ...ALONE]);
  });

  test("with network and files: sockets of the host too", async () => {
    const files = { read: [at.outside], write: [] };
    const worked = await attempt({ capabilities: grants("network", "filesystem"), files });
    expect(worked).toEqual(["tcp", "udp", "unix socket", "abstract socket", ...ALONE]);
  });

  test("with subprocess: programs, and no file or socket more", async () => {
    expect(await attempt({ capabilities: grants("subprocess") })).toEqual([...ALONE, ...programs()]);
  });

  test("with the folders it names: those, as it names them", async () => {
    const files = { read: [at.home], write: [at.outside] };
    expect(await attempt({ capabilities: grants("filesystem"), files })).toEqual([
      "home",
      "a file of home",
      "write outside",
      ...ALONE,
    ]);
  });

  test("where its program's folder holds the collector's data too, that stays hidden", async () => {
    expect(await attempt({ program: [at.root] })).toEqual(["home", "a file of home", ...ALONE]);
  });

  test("with the whole file system: all but the collector's data, its program's files, and a socket of anybody", async () => {
    const whole = await attempt({ capabilities: grants("filesystem"), files: "all", runtime: withoutFlags() });
    expect(whole).toEqual(["home", "a file of home", "passwd", "write outside", "write its own folder"]);
  });

  test("with everything: everything but the collector itself", async () => {
    const capabilities = grants("network", "filesystem", "subprocess");
    expect(await attempt({ capabilities, files: "all" })).toEqual(
      expect.arrayContaining([
        "tcp",
        "udp",
        "unix socket",
        "abstract socket",
        "home",
        "passwd",
        "write outside",
        "sh",
        "id",
      ]),
    );
  });
});
