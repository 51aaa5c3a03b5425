import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { shellWord } from "../../src/allow-command.ts";
import type { Collector } from "../../src/collector.ts";
import { allowedFiles, type ConfigReader, createCollector, dataDirectory, loadConfig } from "../../src/index.ts";
import { withTrustDesk } from "../../src/trust/index.ts";

const fixture = fileURLToPath(new URL("../fixtures/agents/reports-work.mjs", import.meta.url));
const toml = `[plugins.work]\nexecutable = "node"\nargs = [${JSON.stringify(fixture)}]\n`;

let root = "";
let collector: Collector | undefined;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "mimolo-consent-")));
  mkdirSync(join(root, "project"));
  writeFileSync(file(), toml);
});
afterEach(async () => {
  await collector?.stop({ hurry: true });
  collector = undefined;
  rmSync(root, { recursive: true, force: true });
});

const project = () => join(root, "project");
const file = () => join(project(), "mimolo.toml");
const data = () => join(root, "data");
const allow = () => withTrustDesk(data(), (desk) => desk.allow({ path: project(), by: "cli" }));

/** A project's file that is merely found, as `mimolo run` reads it. */
const load: ConfigReader["load"] = (texts) => ({
  config: loadConfig({
    cwd: project(),
    env: {},
    userConfigDir: join(root, "none"),
    globalFile: join(root, "none.toml"),
    builtins: [],
    consent: allowedFiles(dataDirectory(data()).trustFile),
    dataDir: data(),
    ...(texts && { texts }),
  }),
});

async function started(): Promise<Collector> {
  const made = await createCollector({
    dataDir: data(),
    allow: [fixture],
    cwd: project(),
    config: load().config,
    reload: { load },
  });
  collector = made;
  const running = new Promise<void>((resolve) => {
    made.on("agent:state", ({ state }) => state === "running" && resolve());
  });
  await made.start();
  await running;
  return made;
}

/** One request over the control socket. */
function call(method: string, path: string, body: object) {
  return new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
    const headers = { "content-type": "application/json" };
    const at = { socketPath: collector?.address ?? "", method, path: `/api/v1${path}`, headers };
    const sent = request(at, (reply) => {
      let answer = "";
      reply.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
      reply.on("end", () =>
        resolve({ status: reply.statusCode ?? 0, body: JSON.parse(answer) as Record<string, unknown> }),
      );
    });
    sent.on("error", reject).end(JSON.stringify(body));
  });
}

const hint = () =>
  `read ${file()}, then agree with: mimolo allow ${shellWord(project())} --data-dir ${shellWord(data())}`;

test("a folder's configuration starts once it is allowed, and a changed one is not taken before it is allowed again", async () => {
  const short = "mimolo.toml";
  expect(() => load()).toThrow(
    expect.objectContaining({ code: "needs-consent", hint: hint().replace(file(), short) }) as Error,
  );
  await allow();
  const running = await started();
  const { pid } = running.status().agents[0] ?? {};

  appendFileSync(file(), 'env = { NODE_OPTIONS = "--import ./evil.mjs" }\n');
  expect(await running.reload()).toMatchObject({
    outcome: "refused",
    hint: `it was changed since you agreed; ${hint().replace(file(), short)}`,
    place: { file: file(), key: "plugins.work.executable" },
  });
  expect(running.status().agents).toMatchObject([{ label: "work", state: "running", pid }]);
  expect(running.config.plugins["work"]?.env).toEqual({});

  writeFileSync(file(), `${toml}memory_mib = 64\n`);
  expect(await running.reload()).toMatchObject({ outcome: "refused" });
  expect(await call("POST", "/allow", { path: project() })).toMatchObject({ body: { kind: "config", path: file() } });
  await expect.poll(() => running.config.plugins["work"]?.memory_mib).toBe(64);
  expect(running.status().agents).toMatchObject([{ label: "work", pid }]);
});

test("what is changed through the collector needs no second consent, what somebody adds to it does", async () => {
  await allow();
  const running = await started();
  const { pid } = running.status().agents[0] ?? {};
  expect(await call("PATCH", "/agents/work", { memory_mib: 80 })).toMatchObject({ status: 200 });
  expect(await running.reload()).toMatchObject({ outcome: "unchanged" });
  expect(running.config.plugins["work"]?.memory_mib).toBe(80);

  appendFileSync(file(), 'cwd = "/"\n');
  const changed = readFileSync(file(), "utf8");
  expect(await call("PATCH", "/agents/work", { memory_mib: 90 })).toMatchObject({
    status: 403,
    body: { hint: `it was changed since you agreed; ${hint().replace(file(), "mimolo.toml")}` },
  });
  expect(readFileSync(file(), "utf8")).toBe(changed);
  expect(running.status().agents).toMatchObject([{ label: "work", pid }]);
});

test("an edit that is taken back leaves the file allowed as it was", async () => {
  await allow();
  const running = await started();
  const answer = await call("PATCH", "/agents/work", { args: ["--require", "./nowhere", fixture] });
  expect(answer).toMatchObject({ status: 409 });
  expect(readFileSync(file(), "utf8")).toBe(toml);
  expect(await running.reload()).toMatchObject({ outcome: "unchanged" });
});

test("an edit that makes a harmless file say what runs needs consent to that file first", async () => {
  writeFileSync(file(), "[monitor]\ncooldown_seconds = 60\n");
  const made = await createCollector({
    dataDir: data(),
    allow: [fixture],
    cwd: project(),
    config: load().config,
    reload: { load },
  });
  collector = made;
  await made.start();
  const add = { label: "work", executable: "node", args: [fixture] };
  expect(await call("POST", "/agents", add)).toMatchObject({
    status: 403,
    body: { hint: /^read mimolo\.toml, then agree/ },
  });
  expect(readFileSync(file(), "utf8")).toBe("[monitor]\ncooldown_seconds = 60\n");
  await call("POST", "/allow", { path: project() });
  expect(await call("POST", "/agents", add)).toMatchObject({ status: 201 });
  expect(await made.reload()).toMatchObject({ outcome: "unchanged" });
});
