import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { findRunning } from "@mimolo/operations";
import { expect, onTestFinished, test, vi } from "vitest";
import { mimolo, place, type Spawned } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const at = place();

function collector(dataDir: string, ...argv: string[]): Spawned {
  const spawned = mimolo(at, "run", "--data-dir", dataDir, ...argv);
  onTestFinished(async () => {
    spawned.child.kill("SIGINT");
    await spawned.ended;
  });
  return spawned;
}

async function addressOf(dataDir: string): Promise<string> {
  await vi.waitFor(async () => expect(await findRunning(dataDir)).not.toBeNull(), { timeout: 30_000 });
  return (await findRunning(dataDir))?.http ?? "";
}

function trade(http: string, address: string): Promise<Response> {
  return fetch(`${http}/api/v1/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: new URL(address).hash.slice("#code=".length) }),
  });
}

/** There is a page at the address, and its code becomes a token that steers. */
async function opens(http: string, address: string): Promise<void> {
  const shown = await fetch(address);
  expect(shown.headers.get("content-type")).toMatch("text/html");
  expect(shown.headers.get("content-security-policy")).toMatch("trusted-types svelte-trusted-html mimolo-widget");
  expect(await shown.text()).toContain('<script type="module"');
  expect(await (await trade(http, address)).json()).toMatchObject({ scope: "admin", token: expect.any(String) });
}

async function taken(): Promise<number> {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("a port that was asked for and is taken ends the run with what to do, and nothing runs", async () => {
  const port = await taken();
  const { code, out, err } = await mimolo(at, "run", "--data-dir", at.dataDir, "--port", String(port), "--json").ended;
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(JSON.parse(err)).toMatchObject({ error: { code: "port-taken", hint: expect.stringContaining("--port 0") } });
  expect(await findRunning(at.dataDir)).toBeNull();
});

test("the first screen says where the page is, with a code that is good once; `open` makes another, and without a port there is no word of it", async () => {
  const first = collector(at.dataDir, "--port", "0");
  await first.says("Ctrl-C stops it.");
  const http = await addressOf(at.dataDir);
  const address = /^ {2}page {6}(http:\S+)$/m.exec(first.out())?.[1] ?? "";
  expect(address).toMatch(new RegExp(`^${http}/#code=[\\w-]{22,}$`));
  await opens(http, address);
  const { out } = await mimolo(at, "open", "--data-dir", at.dataDir, "--sign-out-others", "--json").ended;
  const fresh = JSON.parse(out) as { address: string };
  expect(fresh).toEqual({ address: expect.stringContaining(`${http}/#code=`), expires_at: expect.any(String) });
  await opens(http, fresh.address);
  expect((await trade(http, address)).status, "a code is good once").toBe(401);
  const again = await mimolo(at, "run", "--data-dir", at.dataDir, "--json").ended;
  expect(JSON.parse(again.out)).toMatchObject({ already_running: true, http });
  const closed = collector(join(at.dataDir, "..", "closed"), "--no-dashboard");
  await closed.says("Ctrl-C stops it.");
  expect(closed.out()).not.toContain("page");
  const refused = await mimolo(at, "open", "--data-dir", join(at.dataDir, "..", "closed"), "--json").ended;
  expect([refused.code, JSON.parse(refused.err)]).toMatchObject([1, { error: { code: "no-page" } }]);
});

test("a page's wish is shown where the collector runs, however quiet it is, with the code that grants it", async () => {
  const dataDir = join(at.dataDir, "..", "quiet");
  const quiet = collector(dataDir, "--port", "0", "--quiet");
  const http = await addressOf(dataDir);
  const token = readFileSync(join(dataDir, "control", "token"), "utf8").trimEnd();
  const ask = async (more: object = {}) => {
    const wish = { plugin_id: "mimolo.http-request", capabilities: ["network"], ...more };
    const answer = await fetch(`${http}/api/v1/grants`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(wish),
    });
    return (await answer.json()) as { reason?: string; code?: string };
  };
  expect(await ask()).toMatchObject({ code: "needs-confirmation", reason: "code-shown" });
  await quiet.says(/mimolo\.http-request network.*the code is \d{6}/u);
  const code = /the code is (\d{6})/u.exec(quiet.err())?.[1];
  expect((await ask({ code })).code).not.toBe("needs-confirmation");
});
