import type { RegisteredPlugin } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { plain } from "../../src/present/colour.ts";
import { registerLines } from "../../src/present/register.ts";

function plugin(more: Partial<RegisteredPlugin>): RegisteredPlugin {
  const none = { interfaces: [], capabilities: [], permissions: [] };
  const known = { name: "One", version: "1.0.0", type: "agent", state: "discovered", verdict: "trusted" };
  return { plugin_id: "acme.one", path: "/plugins/one", ...known, ...none, ...more };
}

test("what was found says where it lies and how it comes to run", () => {
  const lines = registerLines(
    {
      plugins: [
        plugin({}),
        plugin({ plugin_id: "acme.two", path: "/my plugins/two", verdict: "unsigned" }),
        plugin({ plugin_id: "acme.three", path: "/three", verdict: "not-allowlisted" }),
        plugin({ plugin_id: "acme.four", path: "/four", verdict: "extra-file" }),
        plugin({ plugin_id: "acme.five", path: "/store/five", verdict: "modified" }),
        plugin({ plugin_id: "local.six", path: "/six.py", verdict: "not-allowlisted", state: "blocked" }),
      ],
      problems: [
        { path: "/m.toml", code: "unknown-plugin", message: "/m.toml:3: plugin is not known", line: 2 },
        { path: "/store/five", code: "modified", message: "main.mjs is not the one that was signed" },
      ],
    },
    plain,
  );
  const from = lines.indexOf("Found here; nothing of it runs before you install it:");
  expect(lines.slice(from + 1, lines.indexOf("Problems:") - 1)).toEqual([
    "  acme.two  /my plugins/two  mimolo plugin pack '/my plugins/two' --sign, then: mimolo plugin install acme.two-1.0.0.mmpkg",
    "  acme.three  /three  mimolo plugin install /three",
    "  acme.four  /four  extra-file: mimolo plugin verify /four",
  ]);
  expect(lines.at(-2)).toBe("  /m.toml:3: plugin is not known");
  expect(lines.at(-1)).toBe("  /store/five  main.mjs is not the one that was signed");
});

test("where nothing waits, nothing is said of it", () => {
  expect(registerLines({ plugins: [plugin({})], problems: [] }, plain)).toHaveLength(2);
});
