import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Asked, shown } from "../api/conformance/asking/asked.ts";
import { draftsOf } from "../api/conformance/asking/drafts.ts";
import { asked } from "../api/conformance/asking/spoiling.ts";
import { type Operation, readDocument } from "../api/conformance/document.ts";
import { faultOf } from "../api/conformance/fault.ts";
import { type Answer, type Place, send } from "../api/conformance/sending.ts";
import { changesBetween, World } from "../api/conformance/world.ts";

// A collector in this process, asked a few hundred things on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const document = readDocument();
const scopes = ["open", "read", "control", "admin"];
const world = new World();
let before: Record<string, string>;
let tokens: Record<"read" | "control", string>;

beforeAll(async () => {
  await world.begin();
  tokens = { read: await tokenOf("read"), control: await tokenOf("control") };
  before = world.state();
});
afterAll(() => world.end());

/** As a page comes by one: a code over the socket, traded over TCP. */
async function tokenOf(scope: string): Promise<string> {
  const { code } = await json(world.socket, "/login/code", { scope });
  const { token } = await json(world.tcp(null), "/login", { code });
  return String(token);
}

async function json(place: Place, path: string, body: object): Promise<Record<string, unknown>> {
  const headers = { "content-type": "application/json" };
  const answer = await send(place, { method: "POST", target: `/api/v1${path}`, headers, body: JSON.stringify(body) });
  return JSON.parse(answer.text) as Record<string, unknown>;
}

/** Something that this operation would do. */
function requestOf(operation: Operation): Asked {
  const [draft] = fc.sample(draftsOf(document, operation, world.known), { numRuns: 1, seed: 8 });
  if (draft === undefined) throw new Error(`nothing fits ${operation.id}`);
  return asked(document, draft);
}

async function refusal(request: Asked, place: Place): Promise<{ status: number; code: unknown; fault: string | null }> {
  const answer: Answer = await send(place, request);
  const { code } = JSON.parse(answer.text) as { code: unknown };
  return { status: answer.status, code, fault: faultOf(document, { ...request, misfit: "not allowed" }, answer) };
}

test.each(document.operations.map((each) => [`${each.method} ${each.path}`, each] as const))(
  "%s takes nobody who may not",
  async (_name, operation) => {
    const request = requestOf(operation);
    const wanted = scopes.indexOf(operation.scope);
    expect(wanted).toBeGreaterThanOrEqual(0);
    if (wanted > 0) {
      expect(await refusal(request, world.tcp(null)), shown(request)).toEqual(refused(401, "unauthorized"));
    }
    for (const scope of ["read", "control"] as const) {
      if (scopes.indexOf(scope) >= wanted) continue;
      expect(await refusal(request, world.tcp(tokens[scope])), shown(request)).toEqual(refused(403, "forbidden"));
    }
    if (operation.isSocketOnly) {
      expect(await refusal(request, world.tcp()), shown(request)).toEqual(refused(403, "socket-only"));
    }
    expect(changesBetween(before, world.state())).toEqual([]);
  },
);

function refused(status: number, code: string) {
  return { status, code, fault: null };
}
