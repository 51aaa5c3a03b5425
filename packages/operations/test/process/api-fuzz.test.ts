import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Asked, shown } from "../api/conformance/asking/asked.ts";
import { draftsOf } from "../api/conformance/asking/drafts.ts";
import { asked, spoilt } from "../api/conformance/asking/spoiling.ts";
import { tamed } from "../api/conformance/asking/taming.ts";
import { type Operation, readDocument } from "../api/conformance/document.ts";
import { faultOf } from "../api/conformance/fault.ts";
import { send } from "../api/conformance/sending.ts";
import { changesBetween, World } from "../api/conformance/world.ts";

/** `npm run fuzz-api` asks for more of them, and for others. */
const rounds = Number(process.env["MIMOLO_FUZZ_ROUNDS"] ?? 3);
const seed = Number(process.env["MIMOLO_FUZZ_SEED"] ?? 8);
vi.setConfig({ testTimeout: 60_000 + rounds * 2_000 });

const document = readDocument();
const parameters = { numRuns: rounds, seed, endOnFailure: process.env["MIMOLO_FUZZ_ROUNDS"] === undefined };

const transport = fc.constantFrom("socket" as const, "tcp" as const);

describe("what does not fit the document is refused, and nothing has changed", () => {
  const world = new World();
  let before: Record<string, string>;
  beforeAll(async () => {
    await world.begin();
    before = world.state();
  });
  afterAll(() => world.end());

  test.each(document.operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    "%s",
    async (_name, operation) => {
      const drafts = draftsOf(document, operation, world.known);
      const one = drafts.chain((draft) => spoilt(document, draft)).filter(({ misfit }) => misfit !== null);
      await fc.assert(
        fc.asyncProperty(one, transport, async (request, over) => {
          expect(await faultAt(world, over, request)).toBeNull();
          const changes = changesBetween(before, world.state());
          if (changes.length > 0) {
            // The next one is not to answer for it.
            await world.quiet();
            before = world.state();
          }
          expect(changes, shown(request)).toEqual([]);
        }),
        parameters,
      );
    },
  );

  test("the collector is none the worse for it", async () => {
    const health = { method: "GET", target: "/api/v1/health", headers: {}, body: null };
    expect(await send(world.socket, health)).toMatchObject({ status: 200, text: '{"ok":true}' });
    expect(world.collector.status().agents.map(({ label, state }) => `${label} ${state}`)).toEqual([
      "work running",
      "acts running",
      "blocked blocked",
    ]);
  });
});

describe("what fits the document is answered as the document says", () => {
  const world = new World();
  beforeAll(() => world.begin());
  afterAll(() => world.end());

  test("in any order", async () => {
    const one = fc.oneof(...document.operations.filter(isHarmless).map((operation) => fitting(world, operation)));
    const numRuns = rounds * document.operations.length;
    await fc.assert(
      fc.asyncProperty(one, transport, async (request, over) => {
        expect(await faultAt(world, over, request)).toBeNull();
      }),
      { ...parameters, numRuns },
    );
  });
});

function fitting(world: World, operation: Operation): fc.Arbitrary<Asked> {
  return draftsOf(document, operation, world.known).map((draft) => asked(document, tamed(draft, world.scene.folder)));
}

/** Not what would end it all. */
function isHarmless({ path }: Operation): boolean {
  return !path.endsWith("/shutdown");
}

async function faultAt(world: World, over: "socket" | "tcp", spoken: Asked): Promise<string | null> {
  const held = over === "tcp" && spoken.operation.isSocketOnly ? "it is for the socket only" : null;
  const request: Asked = { ...spoken, misfit: spoken.misfit ?? held };
  try {
    return faultOf(document, request, await send(over === "tcp" ? world.tcp() : world.socket, request));
  } catch (error) {
    return `${shown(request)}\n${String(error)}`;
  }
}
