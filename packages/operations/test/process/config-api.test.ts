import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Problem } from "@mimolo/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Collector } from "../../src/collector.ts";
import { type ConfigReader, createCollector, loadConfig } from "../../src/index.ts";

const fixture = fileURLToPath(new URL("../fixtures/agents/reports-work.mjs", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "mimolo-config-api-"));
const file = join(root, "mimolo.toml");
const toml = `[monitor]
cooldown_seconds = 600 # ten minutes

[plugins.work]
executable = "node"
args = [${JSON.stringify(fixture)}]
`;
let collector: Collector;

beforeAll(async () => {
  writeFileSync(file, toml);
  const load: ConfigReader["load"] = (texts) => {
    const config = loadConfig({
      cwd: root,
      env: {},
      configFile: file,
      userConfigDir: join(root, "none"),
      globalFile: join(root, "none.toml"),
      builtins: [],
      ...(texts && { texts }),
    });
    return { config };
  };
  collector = await createCollector({
    dataDir: join(root, "data"),
    allow: [fixture],
    cwd: root,
    config: load().config,
    reload: { load },
  });
  const running = new Promise<void>((resolve) => {
    collector.on("agent:state", ({ state }) => state === "running" && resolve());
  });
  await collector.start();
  await running;
});
afterAll(async () => {
  await collector.stop();
  rmSync(root, { recursive: true, force: true });
});

/** One request over the control socket. */
function call(method: string, path: string, body?: object) {
  return new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = text === undefined ? {} : { "content-type": "application/json" };
    const sent = request({ socketPath: collector.address ?? "", method, path: `/api/v1${path}`, headers }, (reply) => {
      let answer = "";
      reply.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
      reply.on("end", () =>
        resolve({ status: reply.statusCode ?? 0, body: JSON.parse(answer) as Record<string, unknown> }),
      );
    });
    sent.on("error", reject).end(text);
  });
}

test("an agent is added, copied, changed and removed, in the file and live", async () => {
  const { pid } = collector.status().agents[0] ?? {};
  const added = await call("POST", "/agents", { label: "other", executable: "node", args: [fixture], unit: "mails" });
  expect(added).toMatchObject({
    status: 201,
    body: { label: "other", state: "running", reload: { outcome: "reloaded", message: "added other", files: [file] } },
  });
  expect(readFileSync(file, "utf8")).toBe(
    `${toml}\n[plugins.other]\nexecutable = "node"\nargs = [${JSON.stringify(fixture)}]\nunit = "mails"\n`,
  );
  expect(await call("POST", "/agents/other/duplicate", { label: "third" })).toMatchObject({
    status: 201,
    body: { label: "third", plugin_id: "local.third", state: "running" },
  });
  const changed = await call("PATCH", "/agents/third", { unit: null, agent_flush_interval_s: 5 });
  expect(changed.body).toMatchObject({ reload: { message: "changed third (agent_flush_interval_s, unit)" } });
  const { agents } = (await call("GET", "/config")).body as { agents: Record<string, { values: { key: string }[] }> };
  expect(agents["third"]?.values).toContainEqual(
    expect.objectContaining({ key: "agent_flush_interval_s", value: 5, source: "user", from: file }),
  );
  expect(agents["third"]?.values.some(({ key }) => key === "unit")).toBe(false);
  for (const label of ["other", "third"]) {
    expect((await call("DELETE", `/agents/${label}`)).body).toMatchObject({ label, reload: { outcome: "reloaded" } });
  }
  expect(readFileSync(file, "utf8")).toBe(toml);
  expect(collector.status().agents).toMatchObject([{ label: "work", pid }]);
});

test("an agent that is switched off is no longer there, and comes back as the same instance", async () => {
  const before = collector.status().agents[0];
  await call("PATCH", "/agents/work", { enabled: false });
  expect(collector.status().agents).toEqual([]);
  const again = await call("PATCH", "/agents/work", { enabled: null });
  expect(again.body).toMatchObject({ instance_id: before?.instance_id, state: "running" });
});

test("values of the collector are changed in their section", async () => {
  const { body } = await call("PATCH", "/config", { monitor: { cooldown_seconds: 60, log_format: "md" } });
  expect(body).toMatchObject({ outcome: "reloaded", at_next_start: ["monitor.log_format"] });
  expect(readFileSync(file, "utf8")).toContain('cooldown_seconds = 60 # ten minutes\nlog_format = "md"\n');
  await call("PATCH", "/config", { monitor: { cooldown_seconds: 600, log_format: null } });
  expect(readFileSync(file, "utf8")).toBe(toml);
});

test("rules and privacy are changed as the lists they are, over TCP with the scope admin and without secrets", async () => {
  const rule = { name: "long", when: { source: "segment", event: "closed" }, do: { plugin: "local.work" } };
  const bank = { name: "banks", field: "data.title", glob: "*bank*" };
  expect((await call("PATCH", "/config", { rules: [rule], privacy: [bank] })).body).toMatchObject({
    outcome: "reloaded",
  });
  const { privacy } = (await call("GET", "/config")).body as { privacy: object[] };
  expect(privacy).toEqual([{ ...bank, match_agent: "*", action: "redact", from: { file, line: expect.any(Number) } }]);
  const shown = (await call("GET", "/rules")).body as { rules: object[] };
  expect(shown.rules).toMatchObject([rule]);
  const tried = await call("POST", "/privacy/preview", { rules: [{ field: "data", glob: "*" }] });
  expect(tried).toMatchObject({ status: 200, body: { records: expect.any(Number), examples: expect.any(Array) } });

  const over = async (scope: string, body: object) => {
    const { code } = (await call("POST", "/login/code", { scope })).body;
    const headers = { "content-type": "application/json" };
    const ask = (method: string, path: string, sent: object, more = {}) =>
      fetch(`${collector.http}/api/v1${path}`, {
        method,
        headers: { ...headers, ...more },
        body: JSON.stringify(sent),
      });
    const { token } = (await (await ask("POST", "/login", { code })).json()) as { token: string };
    return (await (await ask("PATCH", "/config", body, { authorization: `Bearer ${token}` })).json()) as object;
  };
  expect(await over("control", { rules: [] })).toMatchObject({ code: "forbidden", reason: "scope" });
  const secret = { ...rule, do: { plugin: "local.work", params: { key: { env: "TOKEN" } } } };
  expect(await over("admin", { rules: [secret] })).toMatchObject({ code: "socket-only" });
  expect(await over("admin", { trust: {} })).toMatchObject({ code: "socket-only" });
  expect(await over("admin", { privacy: [{ field: "data.title", regex: "(" }] })).toMatchObject({
    code: "invalid-parameter",
  });
  expect(await over("admin", { rules: [], privacy: [] })).toMatchObject({ outcome: "reloaded" });
  expect(readFileSync(file, "utf8")).toBe(toml);
});

test.each<[string, string, object | undefined, number, string]>([
  ["POST", "/agents", { label: "work", executable: "node" }, 409, "conflict"],
  ["POST", "/agents", { label: "no label", executable: "node" }, 400, "invalid-parameter"],
  ["POST", "/agents", { executable: "node" }, 400, "invalid-parameter"],
  ["POST", "/agents", { label: "x" }, 400, "invalid-parameter"],
  ["POST", "/agents", { label: "x", executable: "./nowhere" }, 400, "invalid-parameter"],
  ["POST", "/agents", { label: "x", plugin: "acme.none" }, 400, "invalid-parameter"],
  ["POST", "/agents/nobody/duplicate", { label: "x" }, 404, "unknown-agent"],
  ["PATCH", "/agents/work", { memory_mb: 64 }, 400, "invalid-parameter"],
  ["PATCH", "/agents/work", { memory_mib: null }, 400, "invalid-parameter"],
  ["PATCH", "/agents/nobody", { memory_mib: 64 }, 404, "unknown-agent"],
  ["DELETE", "/agents/nobody", undefined, 404, "unknown-agent"],
  ["PATCH", "/config", { plugins: {} }, 400, "invalid-parameter"],
  ["POST", "/agents", { label: "x", executable: "node", args: ["-e", "process.exit(3)"] }, 201, ""],
])("%s %s %o is answered with %i %s", async (method, path, body, status, code) => {
  const answer = await call(method, path, body);
  if (status === 201) {
    // Nobody allowed `node -e …`: it is added and blocked, which is no failure.
    expect(answer).toMatchObject({ status, body: { state: "blocked", reload: { blocked: [{ label: "x" }] } } });
    await call("DELETE", "/agents/x");
  } else expect(Problem.parse(answer.body)).toMatchObject({ status, code });
  expect(readFileSync(file, "utf8")).toBe(toml);
});

test("an agent that does not come up is taken back, in the file too", async () => {
  const answer = await call("PATCH", "/agents/work", { args: ["--require", "./nowhere", fixture] });
  expect(answer).toMatchObject({ status: 409, body: { code: "agent-not-running", detail: /work did not come up/ } });
  expect(readFileSync(file, "utf8")).toBe(toml);
  await expect.poll(() => collector.status().agents[0]?.state, { timeout: 10_000 }).toBe("running");
});
