import { expect, test } from "vitest";
import { authorityFile, displayIn } from "../../src/x11/display.ts";

test.each([
  [":0", { socket: "/tmp/.X11-unix/X0", number: "0", screen: 0 }],
  [":12.3", { socket: "/tmp/.X11-unix/X12", number: "12", screen: 3 }],
  ["unix:1", { socket: "/tmp/.X11-unix/X1", number: "1", screen: 0 }],
  ["desk/unix:1", { socket: "/tmp/.X11-unix/X1", number: "1", screen: 0 }],
])("DISPLAY %s is a screen of this machine", (DISPLAY, display) => {
  expect(displayIn({ DISPLAY }, "linux")).toEqual({ ok: true, display });
});

test.each([
  ["linux", {}, /DISPLAY is not set/],
  ["linux", { DISPLAY: "" }, /DISPLAY is not set/],
  ["linux", { DISPLAY: "nonsense" }, /names no screen/],
  ["linux", { DISPLAY: "localhost:10.0" }, /over the network/],
  ["linux", { DISPLAY: "../../etc:0" }, /over the network/],
  ["linux", { DISPLAY: ":0", WAYLAND_DISPLAY: "wayland-0" }, /Wayland/],
  ["darwin", { DISPLAY: ":0" }, /macOS/],
  ["win32", {}, /Windows/],
] as const)("on %s with %j it is said what is missing", (platform, environment, why) => {
  const found = displayIn(environment, platform);
  expect(found.ok ? "" : found.why).toMatch(why);
});

test("the file with the server's word is the named one, else the one at home", () => {
  expect(authorityFile({ XAUTHORITY: "/run/x", HOME: "/home/me" })).toBe("/run/x");
  expect(authorityFile({ XAUTHORITY: "", HOME: "/home/me" })).toBe("/home/me/.Xauthority");
  expect(authorityFile({})).toBeNull();
});
