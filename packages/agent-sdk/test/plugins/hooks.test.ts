import { expect, test } from "vitest";
import { CallError, defineAgent, defineMonitor, type PluginHooks } from "../../src/index.ts";
import { fakeCollector } from "../../src/testing/index.ts";

async function connected(hooks: PluginHooks) {
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({ id: "acme.all", version: "1.0.0", summarize: () => ({ data: {}, activity: "passive" }), ...hooks }),
  );
  const ask = async (name: string, method: string, params: object = {}) => {
    await collector.send({ cmd: "invoke", id: method, params: { interface: name, method, params } });
    const { ok, data, error } = await collector.next("result");
    return ok ? data : error;
  };
  return { collector, ask };
}

const message = (type: string, content: unknown = null) => ({
  message: { id: "m1", from: "acme.you", type, content, timestamp: "2026-01-01T00:00:00Z" },
});

test("a plugin announces the interfaces of its hooks, and invoke with them", async () => {
  const { collector } = await connected({
    onMessage: () => null,
    onCommand: {},
    onQuery: { sources: [], query: () => null },
    archive: () => null,
    config: {},
  });
  const interfaces = ["message_handler", "command", "data_provider", "artifact", "config"];
  expect(collector.all("metadata")).toMatchObject([{ data: { interfaces } }]);
  expect(collector.all("handshake")[0]?.capabilities).toContain("invoke");
});

test("a monitor has them beside its aggregate", async () => {
  const collector = fakeCollector();
  await collector.connect(
    defineMonitor({ label: "saves", dataHeader: "files", emitEvent: () => null, onCommand: { now: { run: () => 1 } } }),
  );
  expect(collector.all("metadata")).toMatchObject([{ data: { interfaces: ["aggregate", "command"] } }]);
});

test("messages: only the types it names, as sure as it says, and what it returns is the answer", async () => {
  const { ask } = await connected({
    onMessage: {
      types: ["greeting"],
      confidence: ({ content }) => (content === "hello" ? 0.9 : 0.1),
      handle: ({ content, from }, { source }) => `${String(content)}, ${from}${source ?? ""}`,
    },
  });
  expect(await ask("message_handler", "supported_types")).toEqual(["greeting"]);
  expect(await ask("message_handler", "can_handle", message("greeting", "hello"))).toBe(0.9);
  expect(await ask("message_handler", "can_handle", message("greeting", "hm"))).toBe(0.1);
  expect(await ask("message_handler", "can_handle", message("order"))).toBe(0);
  expect(await ask("message_handler", "handle_message", message("greeting", "hello"))).toBe("hello, acme.you");
});

test("messages: one function takes whatever comes, and names no types", async () => {
  const { ask } = await connected({ onMessage: ({ type }) => type });
  expect(await ask("message_handler", "can_handle", message("anything"))).toBe(1);
  expect(await ask("message_handler", "handle_message", message("anything"))).toBe("anything");
  expect(await ask("message_handler", "supported_types")).toMatchObject({ code: "not-offered" });
});

test("commands are listed with what they are for, and run by name", async () => {
  const { ask } = await connected({
    onCommand: {
      add: {
        description: "Adds numbers",
        args: ["NUMBER…"],
        run: (args) => args.map(Number).reduce((a, b) => a + b, 0),
      },
      fail: {
        run: () => {
          throw new CallError("not-today", "come back tomorrow");
        },
      },
    },
  });
  expect(await ask("command", "list")).toEqual([
    { name: "add", description: "Adds numbers", args: ["NUMBER…"] },
    { name: "fail", description: "", args: [] },
  ]);
  expect(await ask("command", "execute", { name: "add", args: ["1", 2] })).toBe(3);
  expect(await ask("command", "execute", { name: "fail" })).toEqual({
    code: "not-today",
    message: "come back tomorrow",
  });
  expect(await ask("command", "execute", { name: "toString" })).toEqual({
    code: "unknown-command",
    message: 'no command "toString"; there is add, fail',
  });
  expect(await ask("command", "execute", { name: "add", args: "1 2" })).toMatchObject({ code: "invalid-params" });
});

test("one function may be all commands", async () => {
  const { ask } = await connected({ onCommand: (name, args) => [name, ...args] });
  expect(await ask("command", "list")).toEqual([]);
  expect(await ask("command", "execute", { name: "any", args: ["x"] })).toEqual(["any", "x"]);
});

test("queries reach the sources there are", async () => {
  const { ask } = await connected({
    onQuery: {
      sources: ["rows", { id: "sums", description: "Totals" }],
      query: (source, query) => ({ source, query }),
    },
  });
  expect(await ask("data_provider", "sources")).toEqual([{ id: "rows" }, { id: "sums", description: "Totals" }]);
  expect(await ask("data_provider", "query", { source_id: "sums", query: { a: 1 } })).toEqual({
    source: "sums",
    query: { a: 1 },
  });
  expect(await ask("data_provider", "query", { source_id: "cells" })).toMatchObject({ code: "unknown-source" });
});

test("queries: one function takes whatever source is asked for", async () => {
  const { ask } = await connected({ onQuery: (source, query) => [source, query] });
  expect(await ask("data_provider", "sources")).toEqual([]);
  expect(await ask("data_provider", "query", { source_id: "mails", query: { unread: true } })).toEqual([
    "mails",
    { unread: true },
  ]);
});

test("artifacts are archived and restored by the plugin that has them", async () => {
  const { ask } = await connected({
    archive: (selection) => ({ archive_id: selection }),
    restore: (id) => `${id} is back`,
  });
  expect(await ask("artifact", "archive", { selection: "old" })).toEqual({ archive_id: "old" });
  expect(await ask("artifact", "restore", { archive_id: "old" })).toBe("old is back");
  expect(await ask("artifact", "restore", {})).toMatchObject({ code: "invalid-params" });
});

test("settings: their schema, and what it cannot say", async () => {
  const { ask } = await connected({
    config: {
      schema: { type: "object" },
      validate: async ({ from, to }) => (Number(from) < Number(to) ? true : ["from must be before to"]),
    },
  });
  expect(await ask("config", "schema")).toEqual({ type: "object" });
  expect(await ask("config", "validate", { config: { from: 1, to: 2 } })).toEqual({ ok: true, problems: [] });
  expect(await ask("config", "validate", { config: { from: 2, to: 1 } })).toEqual({
    ok: false,
    problems: ["from must be before to"],
  });
});

test("hooks that cannot be read cost the call that asked for them, and no other command", async () => {
  const broken = new Proxy({}, { get: () => fail(), has: () => fail(), ownKeys: () => fail() });
  const { ask, collector } = await connected({ onQuery: broken as never });
  expect(await ask("data_provider", "sources")).toEqual({ code: "failed", message: "not today" });
  await collector.send({ cmd: "status" });
  expect(await collector.next("status")).toMatchObject({ health: "ok" });
});

function fail(): never {
  throw new Error("not today");
}
