import { test } from "node:test";

test("a plugin's own test", () => {});
