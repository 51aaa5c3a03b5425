import { expect, test } from "vitest";
import { linkTo, routeOf } from "../../src/page/shell/route.ts";
import { shortcutOf } from "../../src/page/shell/shortcuts.ts";

test("an address says the view, its item and its query, and reads back as it was written", () => {
  expect(routeOf("#/agents/folder%20one?tab=log")).toEqual({
    view: "agents",
    item: "folder one",
    query: { tab: "log" },
  });
  expect(linkTo("agents", "folder one", { tab: "log", page: undefined })).toBe("#/agents/folder%20one?tab=log");
  expect(routeOf(linkTo("plugins", "a/b?c#d%"))).toEqual({ view: "plugins", item: "a/b?c#d%", query: {} });
});

test("what is no view of ours is Today, and a broken escape is text", () => {
  for (const hash of ["", "#", "#/", "#/nowhere", "#code=abc", "#//x"]) expect(routeOf(hash).view).toBe("today");
  expect(routeOf("#/agents/%E0%A4%A")).toMatchObject({ view: "agents", item: "%E0%A4%A" });
});

const key = (text: string, more = {}) => ({
  key: text,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isTaken: false,
  ...more,
});

test("g and a letter go to a view, unless somebody writes, holds Ctrl or waits too long", () => {
  const prefixed = shortcutOf(key("g"), null, 1_000);
  expect(prefixed).toEqual({ shortcut: null, prefixAt: 1_000 });
  expect(shortcutOf(key("e"), 1_000, 1_200).shortcut).toEqual({ do: "go", view: "evidence" });
  expect(shortcutOf(key("e"), 1_000, 9_000).shortcut).toBeNull();
  expect(shortcutOf(key("g", { isTaken: true }), null, 1_000).prefixAt).toBeNull();
  expect(shortcutOf(key("g", { ctrlKey: true }), null, 1_000).prefixAt).toBeNull();
  expect(shortcutOf(key("?"), null, 1_000).shortcut).toEqual({ do: "help" });
});
