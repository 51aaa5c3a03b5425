import { PluginInterface } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { takenBy } from "../../src/calls/check-params.ts";
import { methodHint } from "../../src/calls/methods.ts";

test("a misspelt method is answered with the one that was meant, a wrong one with those there are", () => {
  expect(methodHint("action", "execut")).toBe("did you mean execute?");
  expect(methodHint("command", "ls")).toBe("command has list, execute");
  expect(methodHint("message_handler", "handle_mesage")).toBe("did you mean handle_message?");
  expect(methodHint("action", "execute")).toBe(null);
});

test("each interface has methods to name", () => {
  for (const name of PluginInterface.options)
    expect(methodHint(name, "?")).toMatch(new RegExp(`^${name} has [a-z_, ]+$`));
});

test("params that do not fit are answered with the names of those that do", () => {
  const properties = { url: {}, method: {}, headers: {} };
  expect(takenBy({ properties, required: ["url"] })).toBe("it takes url, method?, headers?");
  expect(takenBy({ properties: { text: {} } })).toBe("it takes text?");
  for (const schema of [{}, { properties: null }, { properties: 3 }, { type: "object" }]) {
    expect(takenBy(schema)).toBe(undefined);
  }
});
