import { expect, test } from "vitest";
import { defaultConfig } from "../src/config/index.ts";
import { notYet } from "../src/not-yet.ts";

test("what is configured and not done by this version is said, and nothing else", () => {
  const config = defaultConfig();
  expect(notYet(config)).toEqual([]);
  const asking = {
    ...config,
    monitor: { ...config.monitor, journal_dir: "/journal" },
    registry: { paths: ["/plugins"], sources: ["/packages"] },
  };
  expect(notYet(asking)).toEqual(["journal_dir in [monitor] is read, but this version writes nothing there"]);
});
