import { expect, test } from "vitest";
import { fakeCollector } from "../../src/testing/index.ts";
import { inbox } from "./inbox.ts";

test("the agent shown in the docs draws its mailbox, and does what is asked for there", async () => {
  let unread = 7;
  const collector = fakeCollector();
  await collector.connect(
    inbox({ capacity: 100, unread: async () => unread, markAllRead: async () => void (unread = 0) }),
  );
  const before = JSON.stringify((await collector.render({ width: 320 })).data);
  for (const part of ['["7"]', '" unread"', "mml-sparkline-10", "mml-bar-1 mml-accent", "7 of 100", '"ttl_ms":30000'])
    expect(before).toContain(part);
  expect((await collector.act("all-read")).message).toBe("all read");
  expect(JSON.stringify(collector.all("widget_frame").at(-1)?.data)).toContain("Nothing to read.");
  expect((await collector.act("other")).message).toBe('there is no action "other"');
  expect(await collector.shutdown()).toBe(0);
});
