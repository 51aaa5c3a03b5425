import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { EvidenceRecord, LogLine } from "@mimolo/protocol";
import { expect, test, vi } from "vitest";
import { fixture, mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const sdk = pathToFileURL(fileURLToPath(new URL("../../../agent-sdk/dist/index.js", import.meta.url))).href;
const rules = `
[[privacy]]
name = "titles"
field = "data.title"
glob = "*bank*"

[[privacy]]
name = "windows"
match_agent = "raw"
field = "data.windows.title"
regex = "hunter\\\\d"

[[privacy]]
name = "keys"
field = "data.windows.my.title"
glob = "*"

[[privacy]]
name = "urls"
field = "data.url"
regex = "(?i)HUNTER2"
action = "drop"

[[privacy]]
name = "status"
field = "details.*"
glob = "*hunter2*"

[[privacy]]
name = "events"
field = "data.event"
glob = "*hunter2*"
`;

function scene(withRules: boolean) {
  const at = place();
  const windows = join(at.folder, "windows.mjs");
  writeFileSync(
    windows,
    `import { defineAgent } from ${JSON.stringify(sdk)};
let flushes = 0;
defineAgent({
  id: "acme.windows",
  version: "1.0.0",
  sample: () => undefined,
  summarize: () => ({ data: flushes++ === 1 ? { url: "http://hunter2-9f3/" } : { title: "Bank of hunter2-9f3" }, activity: "worked" }),
}).run();
`,
  );
  const file = join(at.folder, "mimolo.toml");
  const agent = (label: string, script: string) =>
    `[plugins.${label}]\nexecutable = "node"\nargs = ${JSON.stringify([script])}\nagent_flush_interval_s = 1\nheartbeat_interval_s = 1\n`;
  const agents = agent("raw", fixture("tells-secrets.mjs")) + agent("windows", windows);
  writeFileSync(file, agents + (withRules ? rules : ""));
  const common = ["--config", file, "--data-dir", at.dataDir];
  const cli = (...argv: string[]) => mimolo(at, ...argv, ...common).ended;
  const lines = async <Line>(...argv: string[]) =>
    (await cli(...argv, "--json")).out
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Line);
  return { at, file, agents, cli, lines };
}

/** Every file below a folder that holds `text`, read as bytes. */
function holding(folder: string, text: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}

const messagesOf = (records: EvidenceRecord[], label: string) =>
  records.flatMap((record) => (record.kind === "message" && record.agent_label === label ? record : []));

test("what the rules cover is in no file of the data directory, whichever way an agent says it", async () => {
  const { at, cli, lines } = scene(true);
  const collector = mimolo(
    at,
    "run",
    "--dev",
    "--for",
    "6s",
    "--config",
    join(at.folder, "mimolo.toml"),
    "--data-dir",
    at.dataDir,
  );
  const { code, out, err } = await collector.ended;
  expect(code).toBe(0);
  expect(out + err).not.toContain("hunter2-");
  expect(holding(at.dataDir, "hunter2-9f3")).toEqual([]);
  // The escape that `raw` wrote.
  expect(holding(at.dataDir, "nter2-9f3")).toEqual([]);

  const records = await lines<EvidenceRecord>("evidence");
  const raw = messagesOf(records, "raw");
  expect(raw.map(({ agent_seq: seq, redacted }) => [seq, redacted])).toEqual([
    [1, ["titles"]],
    [2, undefined],
    [4, ["titles", "windows", "keys", "urls", "status", "events"]],
    [5, ["windows", "keys"]],
    [6, ["titles"]],
    [9, undefined],
  ]);
  expect(raw[0]?.message).toEqual({ type: "summary", seq: 1, data: { title: "[redacted]", n: 1 } });
  const windows = messagesOf(records, "windows");
  expect(windows.length).toBeGreaterThan(1);
  for (const { message, redacted } of windows) {
    expect([message["data"], redacted]).toMatchObject([{ title: "[redacted]" }, ["titles"]]);
  }
  // The line that is no JSON may have had any number; what a rule dropped has its own, and is not missing.
  const gaps = records.flatMap((record) => (record.kind === "gap" ? [record.data.seq_from] : []));
  expect(gaps).toEqual([8]);

  const heard = holding(join(at.dataDir, "data"), '"ack":"handshake"')[0] ?? "";
  const commands = readFileSync(heard, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const { params } = commands[0] as { params: { privacy: { name: string }[] } };
  expect(params.privacy.map(({ name }) => name)).toEqual(["titles", "windows", "keys", "urls", "status", "events"]);
  const settled = commands.flatMap(({ cmd, params: told }) =>
    cmd === "committed" ? ((told as { refused?: object[] }).refused ?? []) : [],
  );
  expect(settled).toContainEqual({ seq: 3, code: "privacy-drop" });

  const told = await lines<LogLine>("logs");
  expect(told.find(({ code: of }) => of === "privacy-drop")?.message).toContain("urls");
  expect((await cli("verify")).code).toBe(0);
});

test("without rules every byte is kept, and the dry run shows what rules would have covered", async () => {
  const { at, file, agents, cli, lines } = scene(false);
  await mimolo(at, "run", "--dev", "--for", "6s", "--config", file, "--data-dir", at.dataDir).ended;
  const raw = messagesOf(await lines<EvidenceRecord>("evidence"), "raw");
  expect(
    holding(
      join(at.dataDir, "evidence"),
      String.raw`{"type":"summary","seq":1,"data":{"title":"My B\u0061nk, h\u0075nter2-9f3","n":1}}`,
    ),
  ).toHaveLength(1);
  expect(raw.every(({ redacted }) => redacted === undefined)).toBe(true);
  expect((await cli("doctor", "--privacy")).out).toContain("nothing is redacted or dropped");

  writeFileSync(file, agents + rules);
  const { out } = await cli("doctor", "--privacy", "--json");
  expect(out).not.toContain("ank of hunter2");
  const preview = JSON.parse(out) as {
    rules: { name: string; records: number; agents: Record<string, number>; seqs: number[] }[];
  };
  const titles = preview.rules.find(({ name }) => name === "titles");
  expect(titles).toMatchObject({ field: "data.title", action: "redact", agents: { raw: 2 } });
  expect(titles?.records).toBeGreaterThan(2);
  const shown = await cli("doctor", "--privacy", "--verbose");
  expect(shown.out).toContain("Bank of hunter2-9f3");
  const table = (await cli("doctor", "--privacy")).out;
  expect(table).toMatch(/urls +data\.url +drop +2 +0 +raw 1, windows 1 /);
  expect(table).not.toContain("Bank of");
});
