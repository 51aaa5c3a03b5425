import { expect, test } from "vitest";
import type { PackageFacts } from "../../../src/page/views/plugins/package/package-facts.ts";
import {
  type InstallReport,
  isDowngrade,
  NO_PACKAGE,
  step,
  type UploadEvent,
} from "../../../src/page/views/plugins/package/upload.ts";

const facts: PackageFacts = {
  pluginId: "acme.inbox",
  name: "Inbox",
  version: "1.0.0",
  description: "",
  author: "",
  keyId: null,
  capabilities: [],
  permissions: [],
  roots: { read: [], write: [] },
  bytes: 200,
};
const report: InstallReport = {
  plugin_id: "acme.inbox",
  version: "1.0.0",
  digest: "0",
  key_id: null,
  verdict: "trusted",
  path: "/store",
  granted: [],
  not_granted: ["filesystem"],
  replaced: null,
  changed: true,
};
const chosen: UploadEvent = { type: "chosen", fileName: "inbox.mmpkg" };
const read: UploadEvent = { type: "read", facts };
const sent: UploadEvent = { type: "sent", acceptDowngrade: false };
const after = (...events: UploadEvent[]) => events.reduce(step, NO_PACKAGE);

test("chosen, read, sent, installed", () => {
  expect(after(chosen)).toEqual({ name: "reading", fileName: "inbox.mmpkg" });
  expect(after(chosen, read)).toMatchObject({ name: "ready", facts, refusal: null });
  const under = after(chosen, read, sent, { type: "progressed", share: 0.25 });
  expect(under).toMatchObject({ name: "sending", share: 0.25 });
  expect(step(under, { type: "answered", report })).toEqual({ name: "installed", facts, report });
});

test("progress never goes back, nor beyond the end", () => {
  const under = after(chosen, read, sent, { type: "progressed", share: 0.75 }, { type: "progressed", share: 0.5 });
  expect(under).toMatchObject({ share: 0.75 });
  expect(step(under, { type: "progressed", share: 4.5 })).toMatchObject({ share: 1 });
});

test("while it is sent, no other is chosen", () => {
  const under = after(chosen, read, sent);
  for (const event of [chosen, { type: "cleared" }, sent] satisfies UploadEvent[])
    expect(step(under, event)).toBe(under);
});

test("what is no package is told with its name, and the next may be chosen", () => {
  const state = after(chosen, { type: "unreadable", why: "It is none." });
  expect(state).toEqual({ name: "empty", why: "inbox.mmpkg: It is none." });
  expect(step(state, chosen).name).toBe("reading");
});

test("a refusal keeps the package, and an older version can be agreed to", () => {
  const refusal = { code: "refused-by-trust", reason: "downgrade", detail: "older than what ran here" };
  const state = after(chosen, read, sent, { type: "refused", refusal });
  expect(state).toMatchObject({ name: "ready", refusal });
  expect(isDowngrade(state)).toBe(true);
  expect(step(state, { type: "sent", acceptDowngrade: true })).toMatchObject({
    name: "sending",
    acceptDowngrade: true,
  });
});
