import { WIDGET_CLASSES } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { frameDocument } from "../../../src/page/views/widgets/frame/frame-document.ts";
import { FRAME_STYLESHEET } from "../../../src/page/views/widgets/frame/stylesheet.ts";

test("every class that a widget may have is styled, and no other", () => {
  const styled = new Set([...FRAME_STYLESHEET.matchAll(/\.(mml-[a-z0-9-]+)/g)].map(([, name]) => name));
  expect(styled).toEqual(new Set(WIDGET_CLASSES));
});

test("the stylesheet asks for nothing and could not end its element", () => {
  expect(FRAME_STYLESHEET).not.toMatch(/url\(|@import|@font-face|<|image-set/);
});

test("a frame's document says how it looks, what it may load, and what it shows", () => {
  const text = frameDocument({ html: "<p>3 files</p>", theme: "dark" });
  expect(text).toMatch(/^<!doctype html><html lang="en" data-theme="dark">/);
  expect(text).toContain("default-src 'none'; img-src data:;");
  expect(text.split("<style>")).toHaveLength(2);
  expect(text).toContain(`<style>${FRAME_STYLESHEET}</style>`);
  expect(text).toContain("<body><p>3 files</p></body>");
});

test("the policy stands before anything it holds for", () => {
  const text = frameDocument({ html: "<img>", theme: "light" });
  expect(text.indexOf("content-security-policy")).toBeLessThan(text.indexOf("<style>"));
});
