import { expect, test } from "vitest";
import { SharedLook } from "../../src/plugins/shared-look.ts";

test("many who ask share a look that began after they asked, and one that fails spoils no other", async () => {
  const looks: { resolve(answer: number): void; reject(error: Error): void }[] = [];
  const shared = new SharedLook(() => new Promise<number>((resolve, reject) => looks.push({ resolve, reject })));
  const first = [shared.ask(), shared.ask()];
  await settle();
  expect(looks).toHaveLength(1);
  // The one under way may have passed by what they want to know.
  const later = [shared.ask(), shared.ask(), shared.ask()];
  await settle();
  expect(looks).toHaveLength(1);
  looks[0]?.reject(new Error("gone"));
  expect((await Promise.allSettled(first)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await settle();
  expect(looks).toHaveLength(2);
  looks[1]?.resolve(2);
  expect(await Promise.all(later)).toEqual([2, 2, 2]);
});

async function settle(): Promise<void> {
  for (let turns = 0; turns < 10; turns += 1) await Promise.resolve();
}
