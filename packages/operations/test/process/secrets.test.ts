import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LogLine } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { createCollector, explainPlugin } from "../../src/index.ts";
import { openArchive } from "../../src/reading/archive.ts";

const script = fileURLToPath(new URL("../fixtures/agents/tells-its-settings.mjs", import.meta.url));
const TOKEN = 'tok"en \\ with/odd+chars=42';
const KEY = "-----BEGIN KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ\n-----END KEY-----";

let folder = "";
let collector: Collector | undefined;
const lines: LogLine[] = [];
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mimolo-secrets-")));
  lines.length = 0;
});
afterEach(async () => {
  await collector?.stop({ hurry: true });
  rmSync(folder, { recursive: true, force: true });
});

async function started(settings: Record<string, unknown>): Promise<Collector> {
  const plugins = { mine: { executable: process.execPath, args: [script], settings } };
  collector = await createCollector({
    dataDir: join(folder, "data"),
    plugins,
    allow: [script],
    cwd: folder,
    env: { PATH: process.env["PATH"], MAIL_TOKEN: TOKEN },
  });
  collector.on("log", (line) => lines.push(line));
  await collector.start();
  return collector;
}

/** Resolves when `seen` holds, looking whenever something is said. */
async function until(made: Collector, seen: () => boolean): Promise<void> {
  if (seen()) return;
  await new Promise<void>((resolve) => {
    const look = () => seen() && resolve();
    made.on("log", look);
    made.on("agent:state", look);
  });
}

const digest = (text: string) => createHash("sha256").update(text).digest("hex");
const said = (code: string) => () => lines.some((line) => line.code === code);

const whyBlocked = () =>
  lines.find(({ type, message }) => type === "agent_state" && message.startsWith("blocked"))?.message;

/** Everything that was ever written down, as one text. */
function written(at: string): string {
  return readdirSync(at, { recursive: true, encoding: "utf8" })
    .map((name) => join(at, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("\n");
}

test("an agent gets the secrets that its settings name, and nobody reads them anywhere else", async () => {
  writeFileSync(join(folder, "key.pem"), `${KEY}\n`);
  const made = await started({
    token: { env: "MAIL_TOKEN" },
    nested: [{ key: { file: "key.pem" } }],
    plain: "visible",
  });
  await until(made, said("long"));
  await until(made, () => lines.some(({ message }) => message.startsWith("log") && message.includes("initialize")));
  await made.control("mine", "flush");
  const status = JSON.stringify(made.status());
  const explained = explainPlugin(made.config, "local.mine", []).values;
  await made.stop();
  const summaries: unknown[] = [];
  for await (const { record } of openArchive(join(folder, "data")).evidence({ kind: "message" })) {
    summaries.push((record as { message?: { data?: unknown } }).message?.data);
  }
  expect(summaries).toContainEqual({ token: digest(TOKEN), answered: digest(TOKEN), nested: digest(KEY) });
  expect(explained.filter(({ key }) => key === "token" || key === "nested")).toMatchObject([
    { key: "token", value: { env: "MAIL_TOKEN" } },
    { key: "nested", value: [{ key: { file: join(folder, "key.pem") } }] },
  ]);
  const everything = [status, JSON.stringify(explained), JSON.stringify(lines), written(join(folder, "data"))].join(
    "\n",
  );
  const forms = [
    TOKEN,
    JSON.stringify(TOKEN).slice(1, -1),
    encodeURIComponent(TOKEN),
    "tok\\\\\\",
    "MC4CAQAwBQYDK2VwBCIEIJ",
  ];
  for (const form of forms) expect(everything.includes(form), form).toBe(false);
  const messages = lines.map(({ message }) => message);
  expect(messages.find((message) => message.startsWith("stderr"))).toContain('"token":"[secret]"');
  expect(messages.find((message) => message.startsWith("stderr"))).toContain('"plain":"visible"');
  expect(messages).toContain("https://example.org/?token=[secret]");
  expect(messages.find((message) => message.startsWith("xxx"))?.slice(-12)).toBe("xxx[secret]…");
});

test("a secret that is not there blocks the agent with its key, its place and what helps, until it is there", async () => {
  const made = await started({ deep: { token: { file: "later.txt" } } });
  await until(made, () => made.status().agents[0]?.state === "blocked");
  const later = join(folder, "later.txt");
  const why = whyBlocked();
  expect(why).toContain(
    `its setting deep.token (code) names a secret that is not there: there is no file ${later}; write the secret into it`,
  );
  await expect(made.control("mine", "start")).rejects.toMatchObject({ code: "blocked" });
  await until(made, () => made.status().agents[0]?.state === "blocked");
  writeFileSync(later, "now it is there\n");
  await until(made, () => made.status().agents[0]?.state === "running");
});

test("a variable that is missing is named, and its value is nobody's business", async () => {
  const made = await started({ token: { env: "NOT_SET_ANYWHERE" } });
  await until(made, () => made.status().agents[0]?.state === "blocked");
  const why = whyBlocked();
  expect(why).toContain(
    "its setting token (code) names a secret that is not there: the environment variable NOT_SET_ANYWHERE is not set",
  );
});
