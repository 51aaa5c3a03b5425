import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Permission } from "@mimolo/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PlayedPlugin } from "./played-plugin.ts";
import { Stage } from "./stage.ts";

/** Every request of the protocol, and what it needs. */
const TABLE: readonly (readonly [needs: Permission | null, method: string, params: object])[] = [
  ["write-messaging", "message.send", { to: "other", type: "hello", content: 1 }],
  ["write-messaging", "event.publish", { topic: "news", data: 1 }],
  ["read-messaging", "event.subscribe", { topic: "nobody-publishes-this" }],
  ["read-messaging", "message.receive", {}],
  [null, "config.get", {}],
  ["read-config", "config.get", { plugin: "local.other" }],
  ["write-config", "config.set", { plugin: "local.other", values: { shade: "green" } }],
  ["read-system-info", "agents.list", {}],
  ["manage-agents", "agents.control", { label: "other", verb: "flush" }],
  [null, "log.write", { level: "info", message: "mine" }],
  ["write-logs", "log.write", { label: "other", level: "info", message: "theirs" }],
  ["execute-commands", "plugin.invoke", { plugin: "local.other", interface: "action", method: "execute" }],
  ["read-data", "evidence.query", {}],
  ["read-data", "data.get", { key: "k" }],
  ["write-data", "data.put", { key: "k", value: "v" }],
  ["manage-database", "store.query", { sql: "SELECT 1" }],
  [null, "artifact.token", { artifact_id: "a" }],
];
/** What is not here says so, to those who may. */
const NOT_HERE: ReadonlyMap<string, string> = new Map([
  ["store.query", "not-available"],
  ["artifact.token", "unknown-artifact"],
]);

const label = (permission: string, has: boolean) => `${has ? "only" : "all-but"}-${permission}`;
const askers = Permission.options.flatMap((permission) => [
  new PlayedPlugin(label(permission, true), [permission]),
  new PlayedPlugin(
    label(permission, false),
    Permission.options.filter((each) => each !== permission),
  ),
]);
const done: string[] = [];
const other = new PlayedPlugin("other", ["read-messaging"], ["action", "message_handler"]);
const stage = new Stage([...askers, other]);

beforeAll(async () => {
  other.answers = ({ method }) => {
    done.push(method);
    return "done";
  };
  await stage.up();
});
afterAll(() => stage.down());

test.each(Permission.options)(
  "%s opens what it guards and nothing else, its lack closes that and nothing else",
  async (permission) => {
    const surprises: string[] = [];
    for (const has of [true, false]) {
      const asker = askers.find((each) => each.label === label(permission, has));
      const holds = new Set(asker?.grants);
      for (const [needs, method, params] of TABLE) {
        const answer = await stage.answer(
          asker?.request(method, params) ?? Promise.reject(new Error("nobody asks")),
          5,
        );
        const code = answer.ok ? "ok" : (answer.error?.code ?? "");
        const isDenied = needs !== null && !holds.has(needs);
        const expected = isDenied ? "permission-denied" : (NOT_HERE.get(method) ?? "ok");
        if (code !== expected)
          surprises.push(`${asker?.label} ${method}: ${code} instead of ${expected} (${answer.error?.message})`);
        const told =
          expected !== "permission-denied" || answer.error?.message.includes(`--grant ${[...holds, needs].join(" ")}`);
        if (told !== true) surprises.push(`${asker?.label} ${method}: no way out in "${answer.error?.message}"`);
      }
    }
    expect(surprises).toEqual([]);
  },
);

test("whoever is refused has done nothing, and it is in the audit once", async () => {
  const asker = askers.find((each) => each.label === label("write-data", false));
  done.length = 0;
  for (let time = 0; time < 3; time += 1)
    await stage.answer(asker?.request("data.put", { key: "x", value: 1 }) ?? Promise.reject(new Error()));
  const nothing = askers.find((each) => each.label === label("write-logs", true));
  await stage.answer(
    nothing?.request("plugin.invoke", { plugin: "other", interface: "action", method: "execute" }) ??
      Promise.reject(new Error()),
  );
  expect(done).toEqual([]);
  const kept = readdirSync(join(stage.dataDir, "state", "plugin-data"));
  expect(kept).not.toContain(`local.${label("write-data", false)}.json`);
  const denied = (await stage.audit()).flatMap(({ action, subject, by, detail }) =>
    action === "deny" && by === label("write-data", false) ? [{ subject, detail }] : [],
  );
  expect(denied).toEqual([
    {
      subject: `local.${label("write-data", false)}`,
      detail: expect.objectContaining({ reason: "permission-denied", method: "data.put", permission: "write-data" }),
    },
  ]);
});
