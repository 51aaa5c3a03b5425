// docs/messages.md must not rot: its table is the one that is answered, its limits those that hold, its lines good by the decoder.
import { readFileSync } from "node:fs";
import { decodeCommand, decodeLine, Permission, PERMISSIONS } from "@mimolo/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MOST_WAITING } from "../../src/messages/messages.ts";
import { MOST_PLUGIN_BYTES } from "../../src/plugin-data/plugin-file.ts";
import { MOST_UNDER_WAY } from "../../src/requests/request-desk.ts";
import { MOST_SUBSCRIPTIONS } from "../../src/topics/topics.ts";
import { PlayedPlugin } from "./played-plugin.ts";
import { Stage } from "./stage.ts";

const page = readFileSync(new URL("../../../../docs/messages.md", import.meta.url), "utf8");
const asks = new PlayedPlugin("asks");
const stage = new Stage([asks]);
beforeAll(() => stage.up());
afterAll(() => stage.down());

interface Row {
  readonly method: string;
  readonly params: string[];
  readonly permission: string;
}

const words = (cell = "") => [...cell.replace(/\(.*?\)/g, "").matchAll(/`([\w.?-]+)`/g)].map(([, word = ""]) => word);

function rows(): Row[] {
  const [, table = ""] = page.split("| method | params | answer | permission |");
  const lines = table.slice(0, table.indexOf("\n\n")).split("\n").slice(2);
  return lines.map((line) => {
    const [, method, params, , permission] = line.split("|");
    return { method: words(method)[0] ?? "", params: words(params), permission: words(permission)[0] ?? "" };
  });
}

test("every method that is answered stands in the table, with the permission that guards it, and no other", async () => {
  const { error } = await stage.answer(asks.request("nothing-like-any-of-them"));
  const answered = (error?.message ?? "").split("; ")[1]?.split(", ").toSorted();
  expect([...new Set(rows().map(({ method }) => method))].toSorted()).toEqual(answered);
  const guarded = Permission.options.flatMap((permission) =>
    PERMISSIONS[permission].guards.map((method) => `${method} ${permission}`),
  );
  const told = rows().flatMap(({ method, permission }) => (permission === "" ? [] : [`${method} ${permission}`]));
  expect(told.toSorted()).toEqual(guarded.toSorted());
});

test("a method takes the params of the table, and no others", async () => {
  const all = new PlayedPlugin("all", Permission.options);
  const other = await new Stage([all]).up();
  try {
    for (const { method, permission } of rows()) {
      if (method === "config.get" && permission !== "") continue;
      const { error } = await other.answer(all.request(method, { "no such field": 1 }), 5);
      const takes = /takes (.*)$/.exec(error?.message ?? "")?.[1];
      const told = new Set(
        rows().flatMap((row) => (row.method === method ? row.params.map((name) => name.replace("?", "")) : [])),
      );
      expect([method, new Set(takes === "no params" ? [] : takes?.split(", "))]).toEqual([method, told]);
    }
  } finally {
    await other.down();
  }
});

test("its lines are good, and its limits hold", () => {
  const lines = [...page.matchAll(/^```jsonl\n(.*?)^```$/gms)].flatMap(([, text = ""]) => text.trim().split("\n"));
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    const bytes = new TextEncoder().encode(line);
    const decoded = line.startsWith('{"cmd"') ? decodeCommand(bytes) : decodeLine(bytes);
    expect([line, decoded]).toMatchObject([line, { ok: true }]);
  }
  expect(page).toContain(`| messages that one agent has not answered | ${MOST_WAITING} |`);
  expect(page).toContain(`| requests of an agent that are not done | ${MOST_UNDER_WAY} |`);
  expect(page).toContain(`| subscriptions of an agent | ${MOST_SUBSCRIPTIONS} |`);
  expect(page).toContain(`a small store for each plugin, ${MOST_PLUGIN_BYTES / 1_048_576} MiB`);
});
