// Whether installed plugins do what their kind does, as a running collector shows it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Kind } from "../../../src/new/kinds.ts";
import type { Author, Begun } from "./author.ts";

/** What shows that it did something, and was trusted to. */
const WORKED: Readonly<Record<Kind, RegExp>> = {
  agent: /^(?=.*"trust":"trusted")(?=.*"came":[1-9])(?=.*"keep_alive":true)/m,
  monitor: /^(?=.*"trust":"trusted")(?=.*"event":"arrived")(?=.*"letter-\d+\.txt")/m,
  trigger: /"runs":[1-9]\d*,"failures":0,/,
  action: /^\{"lines":[1-9]\d*\}$/,
  reporter: /^"[1-9]\d* files, [1-9]\d* bytes"$/,
};

/** Those that have not shown it yet, each with what was seen instead, after one more file for all that look into the inbox. */
export async function idle(by: Author, installed: readonly Begun[], file: string): Promise<Map<Begun, string>> {
  writeFileSync(join(by.inbox, file), "Dear Ada");
  const records = await by.mimolo(by.folder, "evidence", "--json", "--kind", "message");
  const { rules } = JSON.parse(await by.mimolo(by.folder, "rules", "list", "--json")) as { rules: RuleSeen[] };
  const left = new Map<Begun, string>();
  const looked = installed.map(async (begun) => {
    const { id, kind, name } = begun;
    const own = records.split("\n").filter((line) => line.includes(`"plugin_id":"${id}"`));
    const ask = async (...asked: string[]) => {
      const answer = await by.mimolo(by.folder, "plugin", "invoke", id, ...asked, "--json");
      return JSON.stringify((JSON.parse(answer) as { data: unknown }).data);
    };
    const seen: Readonly<Record<Kind, () => Promise<string> | string>> = {
      agent: () => own.at(-1) ?? "no evidence",
      monitor: () => own.findLast((line) => line.includes('"event"')) ?? "no event",
      trigger: () => JSON.stringify(rules.find((rule) => rule.name === name)),
      action: () => ask("action", "execute", "--params", '{"text":"hello"}'),
      reporter: () => ask("analytics", "report", "--params", '{"format":"text"}'),
    };
    try {
      const shown = kind === "agent" ? own.join("\n") : await seen[kind]();
      if (!WORKED[kind].test(shown)) left.set(begun, await seen[kind]());
    } catch (error) {
      left.set(begun, String(error));
    }
  });
  await Promise.all(looked);
  return left;
}

interface RuleSeen {
  readonly name: string;
}
