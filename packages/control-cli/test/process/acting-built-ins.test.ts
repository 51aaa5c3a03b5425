// The actions and the trigger that are built in, as `mimolo run` starts them, with the very examples of their page.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { InvokeReport, StatusReport } from "@mimolo/protocol";
import { expect, onTestFinished, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const PAGE = readFileSync(new URL("../../../../docs/plugins-included.md", import.meta.url), "utf8");
const TOKEN = "t0ken-that-nobody-may-see";
const HOOK_PATH = "/services/h00k-that-nobody-may-see";

const blocks = (language: string) =>
  [...PAGE.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, text = ""]) => text);

interface Asked {
  readonly path: string;
  readonly token: string | undefined;
  readonly body: string;
}

/** A server that fails whoever asks it for the first two times, repeats every secret it is sent, and keeps what it was asked. */
async function flakyServer() {
  const asked: Asked[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      asked.push({ path, token: request.headers.authorization, body });
      counts.set(path, (counts.get(path) ?? 0) + 1);
      response.statusCode = (counts.get(path) ?? 0) < 3 ? 500 : 200;
      response.setHeader("x-echo", `${request.headers.authorization}`);
      response.end(`fine, ${request.headers.authorization} at ${path}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** Every file below a folder with what is in it, as far as it is one. */
function filesBelow(folder: string): [path: string, text: string][] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map((path) => [path, readFileSync(path, "latin1")]);
}

test("the page's examples work: by hand, by a segment that closes and by the clock; and no secret is to be found anywhere", async () => {
  const server = await flakyServer();
  const given = place();
  const at = {
    ...given,
    env: { ...given.env, EXAMPLE_TOKEN: TOKEN, HOOK_URL: `http://${server.host}${HOOK_PATH}` },
  };
  const [file, watched] = [join(at.folder, "mimolo.toml"), join(at.folder, "watched")];
  mkdirSync(watched);
  const here = (text: string) =>
    text.replaceAll("https://api.example.org", `http://${server.host}`).replaceAll("api.example.org", server.host);
  const examples = blocks("toml")
    .map(here)
    // Nobody waits for Monday, nor for a minute of work.
    .map((text) => text.replace("30 9 * * 1-5", "* * * * * *").replace(/ >= 60/, " >= 0"));
  expect(examples).toHaveLength(4);
  const work = `[monitor]\ncooldown_seconds = 2\n[plugins.work]\nplugin = "mimolo.folder-activity"\nwatch_dirs = ["watched"]\nagent_flush_interval_s = 1\n`;
  writeFileSync(file, [work, ...examples].join("\n"));
  const common = ["--config", file, "--data-dir", at.dataDir];
  const printed: string[] = [];
  const ask = async (...words: string[]) => {
    const ended = await mimolo(at, ...words, ...common).ended;
    printed.push(ended.out, ended.err);
    return ended;
  };
  const run = mimolo(at, "run", ...common);
  await run.says("folders watched: ");
  writeFileSync(join(watched, "a.txt"), "work");

  const commands = blocks("sh").map((text) => /^mimolo (plugin invoke \S+ \S+ \S+ --params) '(.*)'$/m.exec(here(text)));
  const [byHand, noticed] = await Promise.all(
    commands.map(async (command) => {
      const [, words = "", params = ""] = command ?? [];
      const { out, err } = await ask(...words.split(" "), params, "--json");
      expect(err).toBe("");
      return JSON.parse(out) as InvokeReport;
    }),
  );
  expect(byHand).toMatchObject({
    plugin_id: "mimolo.http-request",
    ok: true,
    data: { status: 200, body: "fine, [secret] at /health", attempts: 3 },
  });
  expect(noticed).toMatchObject({ plugin_id: "mimolo.notify", ok: true, data: { way: "webhook", status: 200 } });
  const refused = await ask(
    "plugin",
    "invoke",
    "mimolo.http-request",
    "action",
    "execute",
    "--params",
    '{"url":"http://localhost"}',
  );
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("localhost is not among the allowed hosts")]);

  const bodiesAt = (path: string) =>
    server.asked.filter((each) => each.path === path).map(({ body }) => JSON.parse(body));
  await vi.waitUntil(
    () =>
      bodiesAt("/sheet").length >= 3 &&
      bodiesAt(HOOK_PATH).filter(({ text }) => text === "MiMoLo\nStandup").length >= 2,
    { timeout: 60_000, interval: 100 },
  );
  expect(bodiesAt("/sheet")[2]).toEqual({
    from: expect.stringMatching(/Z$/),
    seconds: expect.any(Number),
    agents: ["work"],
  });
  expect(new Set(server.asked.filter(({ path }) => path !== HOOK_PATH).map(({ token }) => token))).toEqual(
    new Set([`Bearer ${TOKEN}`]),
  );

  const status = JSON.parse((await ask("status", "--json")).out) as StatusReport;
  const acting = status.agents.filter(({ label }) => !["work", "screen"].includes(label));
  expect(acting.map(({ label, state, health }) => [label, state, health])).toEqual(
    ["http-request", "notify", "schedule"].map((label) => [label, "running", "ok"]),
  );
  if (needs("bwrap"))
    for (const { enforced } of acting)
      expect(enforced).toEqual(expect.arrayContaining(["network", "files", "subprocess"]));
  const questions = [
    ["plugin", "stats", "mimolo.http-request", "--json"],
    ["plugin", "config", "mimolo.http-request", "--explain", "--json"],
    ["plugin", "config", "mimolo.notify", "--json"],
    ["report", "plugin:mimolo.notify", "--json"],
    ["rules", "list", "--json"],
    ["logs", "--json"],
    ["evidence", "--json"],
  ];
  const answers = await Promise.all(questions.map((words) => ask(...words)));
  expect(answers.map(({ code, err }) => [code, err])).toEqual(questions.map(() => [0, ""]));
  run.child.kill("SIGTERM");
  expect((await run.ended).code).toBe(0);

  const seen = [
    ...filesBelow(at.dataDir),
    ["what was printed", [...printed, run.out(), run.err()].join("\n")] as const,
  ];
  expect(seen.length).toBeGreaterThan(5);
  for (const secret of [TOKEN, HOOK_PATH, Buffer.from(TOKEN).toString("base64"), encodeURIComponent(HOOK_PATH)])
    expect(seen.filter(([, text]) => text.includes(secret)).map(([path]) => path)).toEqual([]);
});
