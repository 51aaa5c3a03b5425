import { expect, test } from "vitest";
import { unbroken } from "../src/unbroken.ts";
import { captured } from "./captured.ts";

test("what has begun is finished before a Ctrl-C counts", async () => {
  const { surroundings, signal } = captured({ cwd: "/" });
  const done: string[] = [];
  const work = async () => {
    signal("SIGINT");
    await Promise.resolve();
    done.push("whole");
  };
  await expect(unbroken(surroundings, work)).rejects.toMatchObject({ code: "interrupted", exitCode: 130 });
  expect(done).toEqual(["whole"]);
  expect(await unbroken(surroundings, () => Promise.resolve("told"))).toBe("told");
});
