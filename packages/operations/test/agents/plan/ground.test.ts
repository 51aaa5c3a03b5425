import { resolve } from "node:path";
import { expect, test } from "vitest";
import { vouchersOf } from "../../../src/agents/plan/ground.ts";

test("what an embedder vouches for is found from its working folder; a grant that there is not is told at once", () => {
  expect(vouchersOf(["agent.mjs"], "/work").words).toEqual(new Set([resolve("/work/agent.mjs")]));
  const held = vouchersOf([{ path: "gone.mjs", grants: ["network"] }], "/nowhere").held;
  expect(held.get(resolve("/nowhere/gone.mjs"))).toEqual({ digest: "", grants: ["network"] });
  expect(() => vouchersOf([{ path: "gone.mjs", grants: ["netwrok"] }], "/nowhere")).toThrow(
    expect.objectContaining({ code: "bad-grant", message: '"netwrok" is nothing that can be granted' }) as Error,
  );
});
