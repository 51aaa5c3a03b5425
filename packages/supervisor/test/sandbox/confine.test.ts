import { expect, test } from "vitest";
import { type Confinement, confine, openedNames, type Runtime, type SpawnRequest } from "../../src/index.ts";
import { paperDisk } from "./paper-disk.ts";

const request: SpawnRequest = {
  executable: "node",
  args: ["/p/main.mjs", "--verbose"],
  cwd: "/own",
  environment: { HOME: "/home/u", TMPDIR: "/var/folders/x", TOKEN: "a-secret" },
};
const node: Runtime = { kind: "node", command: ["/usr/bin/node"], mounts: ["/usr/bin/node"], version: "20.20.2" };
const python: Runtime = { kind: "python", command: ["/usr/bin/python3"], mounts: [] };
const around = {
  env: { DISPLAY: ":0", SECRET: "of the collector" },
  home: "/home/u",
  platform: "linux",
  arch: "x64",
  disk: paperDisk(["/own/", "/p/", "/usr/bin/node", "/tmp/.X11-unix/"]),
} as const;
const bwrap = { bubblewrap: "/usr/bin/bwrap", why: "" };
const none = { bubblewrap: null, why: "bubblewrap is not installed" };

function confinement(more: Partial<Confinement> = {}, ...capabilities: string[]): Confinement {
  return {
    capabilities: new Set(capabilities),
    files: "none",
    ownFolder: "/own",
    program: ["/p"],
    hidden: ["/data"],
    runtime: node,
    ...more,
  };
}

test("behind bubblewrap everything is held, and the same program runs with the same words", () => {
  const { request: boxed, holds } = confine(request, confinement(), bwrap, around);
  expect(holds).toEqual(["network", "files", "subprocess"]);
  expect(boxed).toMatchObject({ executable: "/usr/bin/bwrap", cwd: "/own", signalsAsCodes: true });
  const inside = boxed.args.slice(boxed.args.indexOf("--") + 1);
  expect([inside[0], ...inside.slice(-2)]).toEqual(["/usr/bin/node", "/p/main.mjs", "--verbose"]);
  expect(inside).toContain("--experimental-permission");
});

test("the environment is the request's, never the collector's, and none of it is in the arguments", () => {
  const { request: boxed } = confine(request, confinement(), bwrap, around);
  expect(boxed.environment).toEqual({ ...request.environment, TMPDIR: "/tmp" });
  expect(boxed.args.join(" ")).not.toContain("a-secret");
});

test("who may see the screen is told where it is", () => {
  const { request: boxed } = confine(request, confinement({}, "display"), bwrap, around);
  expect(boxed.environment).toMatchObject({ DISPLAY: ":0" });
  expect(boxed.args.join(" ")).toContain("--bind-try /tmp/.X11-unix /tmp/.X11-unix");
});

test("a screen that its configuration names counts before the collector's own", () => {
  const environment = { ...request.environment, DISPLAY: ":7" };
  const { request: boxed } = confine({ ...request, environment }, confinement({}, "display"), bwrap, around);
  expect(boxed.environment).toMatchObject({ DISPLAY: ":7" });
  expect(openedNames(new Set(["display"]), around.env)).toEqual({ DISPLAY: ":0" });
  expect(openedNames(new Set(["network"]), around.env)).toEqual({});
});

test("what is handed over comes after what the request hands over itself", () => {
  const bytes = new TextEncoder().encode("judged");
  const own = new Uint8Array([1]);
  const verified = { path: "/p/main.mjs", bytes };
  const { request: boxed } = confine({ ...request, inherited: [own] }, confinement({ verified }), bwrap, around);
  expect(boxed.inherited?.slice(0, 2)).toEqual([own, bytes]);
  expect(boxed.args.join(" ")).toContain("--ro-bind-data 4 /p/main.mjs");
  expect(boxed.args.join(" ")).toContain("--seccomp 5 --");
});

test("a processor whose system calls we do not know runs without that filter", () => {
  const { request: boxed } = confine(request, confinement(), bwrap, { ...around, arch: "riscv64" });
  expect(boxed.args).not.toContain("--seccomp");
  expect(boxed.inherited).toEqual([]);
});

test("without bubblewrap Node's own rules hold files and programs, not the network", () => {
  const { request: ruled, holds } = confine(request, confinement(), none, around);
  expect(holds).toEqual(["files", "subprocess"]);
  expect(ruled.executable).toBe("/usr/bin/node");
  expect(ruled.args).toEqual(expect.arrayContaining(["--allow-fs-read=/p", "--allow-fs-write=/own", "/p/main.mjs"]));
  expect(ruled).not.toHaveProperty("signalsAsCodes");
});

test("without bubblewrap a program behind a link is called by where it lies; what it is told stays as it is", () => {
  const linked = { ...request, args: ["/link/main.mjs", "--verbose", "/link/main.mjs"] };
  const disk = paperDisk(["/p/main.mjs", "/own/"], { "/link": "/p/" });
  const { request: ruled } = confine(linked, confinement({ program: ["/link"] }), none, { ...around, disk });
  expect(ruled.args).toEqual(expect.arrayContaining(["--allow-fs-read=/link", "--allow-fs-read=/p"]));
  expect(ruled.args.slice(-3)).toEqual(["/p/main.mjs", "--verbose", "/link/main.mjs"]);
});

test.each<[string, Confinement, string[]]>([
  ["a program it starts is under no rule", confinement({}, "subprocess"), ["subprocess"]],
  ["rules cannot hide a part of what they show", confinement({ files: "all" }), ["subprocess"]],
  ["nor in a folder", confinement({ files: { read: ["/"], write: [] } }), ["subprocess"]],
  ["nor in the folder of its program", confinement({ program: ["/"] }), ["subprocess"]],
  ["other folders may be granted", confinement({ files: { read: ["/home/u"], write: [] } }), ["files", "subprocess"]],
  ["others have no rules of their own", confinement({ runtime: python }), []],
  ["nor has an old Node", confinement({ runtime: { ...node, version: "18.20.0" } }), []],
])("without bubblewrap: %s", (_, wanted, expected) => {
  expect(confine(request, wanted, none, around).holds).toEqual(expected);
});

test("a loader runs in a thread that Node's rules do not reach: without bubblewrap nothing is promised", () => {
  const loaded = { ...request, args: ["--import", "tsx", "/p/main.mts"] };
  expect(confine(loaded, confinement(), none, around)).toMatchObject({ request: { args: loaded.args }, holds: [] });
  expect(confine(loaded, confinement(), bwrap, around).holds).toContain("files");
});

test.each(["darwin", "win32"] as const)("on %s nothing is put around it, whatever is said to be there", (platform) => {
  const { request: bare, holds } = confine(request, confinement({ runtime: python }), bwrap, { ...around, platform });
  expect(bare).toEqual(request);
  expect(holds).toEqual([]);
});

test("without bubblewrap: what is hidden is shown under whichever name its folder was granted by", () => {
  const disk = paperDisk(["/real/work/data/", "/p/main.mjs"], { "/link": "/real/work/data/", "/w": "/real/work/" });
  const held = (granted: string, hidden: string) =>
    confine(request, confinement({ files: { read: [granted], write: [] }, hidden: [hidden] }), none, {
      ...around,
      disk,
    }).holds;
  expect(held("/real/work", "/link")).toEqual(["subprocess"]);
  expect(held("/w", "/real/work/data")).toEqual(["subprocess"]);
  expect(held("/real/other", "/link")).toEqual(["files", "subprocess"]);
});

test("on Windows a folder holds what lies below it, by either slash and in any case", () => {
  const held = (granted: string) =>
    confine(
      request,
      confinement({ files: { read: [granted], write: [] }, hidden: ["C:\\Users\\u\\AppData\\mimolo"] }),
      none,
      { ...around, platform: "win32" },
    );
  expect(held("c:\\users\\u").holds).toEqual(["subprocess"]);
  expect(held("C:/Users/u").holds).toEqual(["subprocess"]);
  expect(held("C:\\").holds).toEqual(["subprocess"]);
  expect(held("C:\\Users\\u\\AppData\\mimolo\\x").holds).toEqual(["files", "subprocess"]);
  expect(held("C:\\Users\\u2").holds).toEqual(["files", "subprocess"]);
  expect(held("C:\\Users\\u2").request.args).toContain("--allow-fs-read=C:\\Users\\u2");
});
