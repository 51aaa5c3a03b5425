// Files from `store` to the summary that refers to them, over the death of the agent.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { defineAgent, type PluginContext } from "../../src/index.ts";
import { type FakeCollector, type FakeCollectorOptions, fakeCollector } from "../../src/testing/index.ts";

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mimolo-artifacts-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An agent that keeps files in `folder`, and its context. */
async function keeper(
  folder: string,
  options: FakeCollectorOptions = {},
  data: () => object = () => ({}),
): Promise<{ collector: FakeCollector; context: PluginContext }> {
  const collector = fakeCollector({ ...options, environment: { MIMOLO_AGENT_DATA_DIR: folder } });
  let context: PluginContext | null = null;
  const agent = defineAgent({
    id: "test.keeper",
    version: "1.0.0",
    artifacts: true,
    onInitialize(tools) {
      ({ context } = tools);
    },
    summarize: () => ({ data: data(), activity: "passive" }),
  });
  await collector.connect(agent);
  if (context === null) throw new Error("it never began");
  return { collector, context };
}

const text = (content: string) => ({ bytes: Buffer.from(content), mime: "text/plain", extension: "txt" });

test("a file is there, whole and for its owner alone, and the next summary refers to it once", async () => {
  const folder = ownFolder();
  const { collector, context } = await keeper(folder);
  expect(collector.all("handshake")[0]?.capabilities).toContain("invoke");
  expect(collector.all("metadata")[0]?.data).toMatchObject({ interfaces: ["artifact"] });
  const reference = await context.artifacts.store({ ...text("seen"), retentionClass: "ephemeral" });
  expect(reference).toMatchObject({ mime: "text/plain", bytes: 4, retention_class: "ephemeral" });
  expect(reference.rel_path).toMatch(/^artifacts\/\d{4}-\d\d-\d\d\/\d{8}T\d{6}-[0-9a-f]{16}\.txt$/);
  const file = join(folder, reference.rel_path);
  expect(readFileSync(file, "utf8")).toBe("seen");
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await collector.flush()).data.artifacts).toEqual([reference]);
  expect((await collector.flush()).data.artifacts).toBeUndefined();
  expect(readdirSync(join(folder, "index"))).toEqual([]);
});

test("what no summary referred to before the agent died, the next run's first one does; torn and lost files are forgotten", async () => {
  const folder = ownFolder();
  const { context } = await keeper(folder);
  const [kept, lost] = [await context.artifacts.store(text("kept")), await context.artifacts.store(text("lost"))];
  rmSync(join(folder, lost.rel_path));
  writeFileSync(join(folder, kept.rel_path.replace(/[^/]+$/, "half.txt.1-1.partial")), "ha");
  appendFileSync(join(folder, "index/unreferenced.jsonl"), '{"artifact_id":"20261121T');
  const { collector } = await keeper(folder);
  expect((await collector.flush()).data.artifacts).toEqual([kept]);
  expect(readdirSync(join(folder, kept.rel_path, ".."))).toEqual([kept.rel_path.split("/").at(-1)]);
});

test("a summary takes as many as fit beside what it says, and the rest comes with the next", async () => {
  const { collector, context } = await keeper(ownFolder());
  for (let at = 0; at < 70; at += 1) await context.artifacts.store(text(`${at}`));
  expect((await collector.flush()).data.artifacts).toHaveLength(64);
  expect((await collector.flush()).data.artifacts).toHaveLength(6);
});

test("a summary too long for a line loses its words, but no file", async () => {
  const { collector, context } = await keeper(ownFolder(), {}, () => ({ words: "x".repeat(70_000) }));
  const reference = await context.artifacts.store(text("seen"));
  const { data } = await collector.flush();
  expect(data).toMatchObject({ too_long: {}, artifacts: [reference] });
  expect((await collector.flush()).data.artifacts).toBeUndefined();
});

test("files whose summary a privacy rule drops go with it: nobody would ever know of them", async () => {
  const folder = ownFolder();
  const privacy = [{ name: "no", action: "drop", match_agent: "*", field: "data.kind", glob: "secret" }];
  let kind = "secret";
  const { collector, context } = await keeper(folder, { ack: { privacy } }, () => ({ kind }));
  const dropped = await context.artifacts.store(text("secret"));
  await collector.send({ cmd: "flush" });
  await collector.next("ack");
  expect(existsSync(join(folder, dropped.rel_path))).toBe(false);
  kind = "fine";
  const kept = await context.artifacts.store(text("fine"));
  expect((await collector.flush()).data.artifacts).toEqual([kept]);
});

test("an agent that keeps no files is told how to", async () => {
  const collector = fakeCollector({ environment: { MIMOLO_AGENT_DATA_DIR: ownFolder() } });
  const agent = defineAgent({
    id: "test.careless",
    version: "1.0.0",
    sample: ({ context }) => context.artifacts.store(text("x")),
    summarize: () => ({ data: {}, activity: "passive" }),
  });
  await collector.connect(agent);
  expect((await collector.next("error")).message).toContain("artifacts: true");
});

test("an extension that could lead elsewhere is none, and leaves nothing behind", async () => {
  const folder = ownFolder();
  const { context } = await keeper(folder);
  await expect(context.artifacts.store({ ...text("x"), extension: "../x" })).rejects.toThrow("is not like");
  expect(readdirSync(folder)).toEqual([]);
});

test("a widget's address for a file holds the token that the collector gives", async () => {
  const { collector, context } = await keeper(ownFolder());
  const address = context.artifacts.address("20261121T090000-0123456789abcdef");
  const { id, method, params } = await collector.next("request");
  expect({ method, params }).toEqual({
    method: "artifact.token",
    params: { artifact_id: "20261121T090000-0123456789abcdef" },
  });
  await collector.send({ cmd: "response", id, params: { ok: true, data: { token: "t0ken", expires_at: "" } } });
  expect(await address).toBe("mimolo://artifact/t0ken");
});

test("a disk that refuses costs the file alone: the agent is told, and its summaries go on, each once", async () => {
  const folder = ownFolder();
  writeFileSync(join(folder, "artifacts"), "no folder");
  const { collector, context } = await keeper(folder);
  await expect(context.artifacts.store(text("lost"))).rejects.toThrow(/EEXIST|ENOTDIR/);
  expect((await collector.flush()).data.artifacts).toBeUndefined();
  rmSync(join(folder, "artifacts"));
  const kept = await context.artifacts.store(text("kept"));
  // In the way of the list, once it is to be shortened.
  rmSync(join(folder, "index"), { recursive: true });
  mkdirSync(join(folder, "index/unreferenced.jsonl"), { recursive: true });
  expect((await collector.flush()).data.artifacts).toEqual([kept]);
  expect(await collector.next("error")).toMatchObject({ code: "artifacts-failed" });
  expect((await collector.flush()).data.artifacts).toBeUndefined();
  expect(collector.all("summary")).toHaveLength(3);
});
