import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { asked } from "../api/conformance/asking/spoiling.ts";
import { type Operation, readDocument } from "../api/conformance/document.ts";
import { exampleDraft } from "../api/conformance/examples.ts";
import { faultOf } from "../api/conformance/fault.ts";
import { send } from "../api/conformance/sending.ts";
import { World } from "../api/conformance/world.ts";

// Whole processes are started and stopped by it.
vi.setConfig({ testTimeout: 60_000 });

const document = readDocument();
const world = new World({ builtins: ["mimolo.folder-activity", "mimolo.system-load"] });
beforeAll(async () => {
  await world.begin();
  await world.install({ id: "acme.inbox-watch", capabilities: ["network"] });
});
afterAll(() => world.end());

/** What the examples speak of and this collector has not: it says so. */
const notHere: Readonly<Record<string, string>> = {
  actOnWidget: "no-widget",
  allow: "not-allowable",
  archiveArtifacts: "unknown-agent",
  eraseEvidence: "not-erasable",
  executePurge: "unknown-plan",
  getArtifactContent: "unknown-token",
  getWidget: "no-widget",
  installPlugin: "bad-package",
  logIn: "unauthorized",
  makeArtifactToken: "unknown-artifact",
  planPurge: "unknown-agent",
  removePlugin: "unknown-plugin",
  renderWidget: "no-widget",
  restoreArtifacts: "unknown-agent",
  revokeKey: "unknown-key",
  sendMessage: "no-handler",
  upgradePlugin: "unknown-plugin",
};

/** What wants a running agent, or a grant, goes before what takes it away. */
const early = ["flushAgent", "invokePlugin", "reloadPlugin", "eraseEvidence"];
const late = ["revokeGrants", "shutDown"];

function turn({ id, method }: Operation): number {
  if (late.includes(id)) return 10 + late.indexOf(id);
  return early.includes(id) ? 0 : ["GET", "POST", "PUT", "PATCH", "DELETE"].indexOf(method) + 1;
}

test("every example can be sent, and is answered as the document says", async () => {
  const refused: Record<string, string> = {};
  const faults: string[] = [];
  for (const operation of document.operations.toSorted((one, other) => turn(one) - turn(other))) {
    // That one is no exchange: it goes on.
    if (operation.answers.has("101")) continue;
    const request = asked(document, exampleDraft(document, operation));
    expect(request.misfit, operation.id).toBeNull();
    const answer = await send(world.socket, request);
    const fault = faultOf(document, request, answer);
    if (fault !== null) faults.push(fault);
    if (answer.status >= 400) refused[operation.id] = (JSON.parse(answer.text) as { code: string }).code;
  }
  expect(faults).toEqual([]);
  expect(refused).toEqual(notHere);
});
