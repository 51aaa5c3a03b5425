import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { choose, MOST_PLANNED } from "../../src/artifacts/purge/choose.ts";
import { referenceTo, shelf } from "./shelf.ts";

test("a plan takes the oldest, as many as one may take, and says that there are more", async () => {
  const on = await shelf();
  mkdirSync(on.file("artifacts"), { recursive: true });
  const ids = Array.from({ length: MOST_PLANNED + 1 }, (_, index) => `n-${index}`);
  for (const id of ids) writeFileSync(on.file(`artifacts/${id}`), id);
  for (let from = 0; from < ids.length; from += 100) {
    on.refer(...ids.slice(from, from + 100).map((id) => referenceTo(id)));
  }
  await on.ledger.commit();
  const register = on.register();
  await register.ready();
  const { details, warnings } = await choose(register, { label: "shots" });
  expect(details).toHaveLength(MOST_PLANNED);
  expect([details[0]?.reference.artifact_id, details.at(-1)?.reference.artifact_id]).toEqual(["n-0", "n-4999"]);
  expect(warnings).toEqual([`these are the oldest ${MOST_PLANNED}; plan again for the others afterwards`]);
});
