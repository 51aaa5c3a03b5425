import { expect, test } from "vitest";
import type { z } from "zod";
import { ProblemError } from "../../../src/api/problems/problem.ts";
import { NewAgent } from "../../../src/api/shapes/agent.ts";
import { NoBody, NoQuery } from "../../../src/api/shapes/asked.ts";
import { ConfigPatch } from "../../../src/api/shapes/collector.ts";
import { CorrectionBody, EvidenceQuery, VerifyRequest } from "../../../src/api/shapes/evidence.ts";
import { InvokeBody, MessageBody, UpgradeBody } from "../../../src/api/shapes/plugin.ts";
import { ReportQuery } from "../../../src/api/shapes/report.ts";
import { DaysQuery } from "../../../src/api/shapes/timeline.ts";
import { GrantBody } from "../../../src/api/shapes/trust.ts";
import { validatorFor } from "../../../src/api/asked/validator.ts";

/** What is made of it, or what the answer says is wrong with it. */
function read(schema: z.ZodType, given: unknown, httpPart = "body"): unknown {
  const check = validatorFor({ schema, httpPart, method: "POST", url: "/" });
  const { value, error } = check(given) as { value?: unknown; error?: ProblemError };
  if (error === undefined) return value;
  expect(error).toBeInstanceOf(ProblemError);
  expect(error.code).toBe("invalid-parameter");
  return error.hint === undefined ? error.message : `${error.message} (${error.hint})`;
}

const time = "2026-11-21T09:00:00Z";

test.each<[z.ZodType, unknown, string]>([
  [EvidenceQuery, { limit: "0" }, "limit must be a whole number from 1 to 1000"],
  [EvidenceQuery, { limit: "1e2" }, "limit must be a whole number from 1 to 1000"],
  [EvidenceQuery, { limit: ["1", "2"] }, "limit must be a whole number from 1 to 1000"],
  [EvidenceQuery, { agent: ["a", "b"] }, "agent must be text, given once"],
  [EvidenceQuery, { from: "today" }, 'from is no time: "today"; use ISO-8601 with zone, e.g. 2026-11-21T09:00:00Z'],
  [
    EvidenceQuery,
    { to: "2026-02-30T09:00Z" },
    'to is no time: "2026-02-30T09:00Z"; use ISO-8601 with zone, e.g. 2026-11-21T09:00:00Z',
  ],
  [DaysQuery, { from: "2026-02-30" }, "from must be a day of the calendar, such as 2026-11-21"],
  [EvidenceQuery, { agnet: "x" }, '"agnet" is nothing that is known here (did you mean agent?)'],
  [NoQuery, { x: "1" }, '"x" is nothing that is known here (the query is empty here)'],
  [ReportQuery, { from: time, to: time }, "from does not lie before to, and to itself is left out"],
])("a query that does not fit is told what would: %#", (schema, given, sentence) => {
  expect(read(schema, given, "querystring")).toBe(sentence);
});

test.each<[z.ZodType, unknown, string]>([
  [GrantBody, null, "the body is missing"],
  [GrantBody, [], "the body must be an object"],
  [GrantBody, { plugin_id: "acme.x" }, "capabilities is missing"],
  [GrantBody, { plugin_id: "acme.x", capabilities: [] }, "capabilities must name at least one capability"],
  [NewAgent, { label: "no label" }, "label must be letters, digits, - and _, such as my-agent"],
  [NewAgent, {}, "label must name the agent"],
  [NoBody, { hard: true }, '"hard" is nothing that is known here (the body is empty here)'],
  [VerifyRequest, { date: "today" }, "date must be a day of the calendar, such as 2026-11-21"],
  [VerifyRequest, { date: "2026-02-30" }, "date must be a day of the calendar, such as 2026-11-21"],
  [VerifyRequest, { repo: "here" }, "repo must be absolute"],
  [CorrectionBody, { from: time, to: time, as: "play", note: "" }, 'as must be one of work, idle, not "play"'],
  [MessageBody, { type: "greeting" }, 'content is missing, e.g. {"text":"hello"}'],
  [MessageBody, { type: "", content: 1 }, "type must have at least 1 character"],
  [InvokeBody, { interface: "action", method: 1 }, "method must be text"],
  [InvokeBody, { interface: "action", method: "x", context: [] }, "context must be an object"],
  [
    ConfigPatch,
    { plugins: {} },
    '"plugins" is nothing that is known here (there are monitor, control, trust, registry, rules, privacy)',
  ],
  [UpgradeBody, { grants: "some" }, "grants has none of the forms it can have"],
])("a body that does not fit is told what would: %#", (schema, given, sentence) => {
  expect(read(schema, given)).toBe(sentence);
});

test("a body that is not needed may be left out, be null or be empty", () => {
  for (const given of [undefined, null]) expect(read(NoBody, given)).toBeUndefined();
  expect(read(NoBody, {})).toEqual({});
});

test("texts of a query become what they stand for", () => {
  const asked = read(EvidenceQuery, { from: time, limit: "7" }, "querystring");
  expect(asked).toEqual({ from: Date.parse(time), limit: 7 });
  expect(read(EvidenceQuery, {}, "querystring")).toEqual({ limit: 100 });
});
