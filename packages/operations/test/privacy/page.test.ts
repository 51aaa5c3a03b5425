import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { AgentPrivacy } from "../../src/privacy/agent-privacy.ts";
import { liveFilter } from "../../src/privacy/live-filter.ts";
import { loadToml } from "../config/scratch.ts";

const page = readFileSync(fileURLToPath(new URL("../../../../docs/privacy.md", import.meta.url)), "utf8");
const block = (after: string) =>
  page
    .slice(page.indexOf(after))
    .split(/```\w*\n/)[1]
    ?.trimEnd() ?? "";

test("the rules of the page are a right configuration and do what the page shows", () => {
  const { privacy } = loadToml(block("## A rule"));
  const browser = new AgentPrivacy(
    "browser",
    liveFilter(() => privacy),
  );
  const examples = block("<!-- example -->").split("\n\n");
  expect(examples).toHaveLength(3);
  for (const example of examples) {
    const [sent = "", kept = ""] = example.split("\n").map((line) => line.slice(7));
    const judged = browser.judge(JSON.parse(sent) as Record<string, unknown>, Buffer.from(sent));
    const left = { keep: sent, drop: "nothing", redact: "message" in judged ? JSON.stringify(judged.message) : "" };
    expect(left[judged.verdict]).toBe(kept);
  }
});
