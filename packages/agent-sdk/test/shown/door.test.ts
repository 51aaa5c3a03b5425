import { expect, test } from "vitest";
import { fakeCollector } from "../../src/testing/index.ts";
import { door } from "./door.ts";

test("the trigger shown in the docs fires while it is started, and lets go of the door after that", async () => {
  let push: ((force: number) => void) | null = null;
  const watch = (opened: (force: number) => void) => {
    push = opened;
    return () => {
      push = null;
    };
  };
  const collector = fakeCollector();
  await collector.connect(door(watch));
  const call = (method: string) =>
    collector.send({ cmd: "invoke", id: method, params: { interface: "trigger", method } });
  await call("start");
  (push as ((force: number) => void) | null)?.(3);
  expect((await collector.next("event")).data).toEqual({
    event: "opened",
    payload: { force: 3 },
    context: { velocity: 3 },
  });
  await call("stop");
  await collector.next("result");
  expect(push).toBe(null);
});
