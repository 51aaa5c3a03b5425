import { expect, test } from "vitest";
import { type Box, bubblewrapArguments } from "../../src/sandbox/bubblewrap.ts";

const box: Box = {
  view: { whole: false, mounts: [{ path: "/p", as: "read" }] },
  network: false,
  cwd: "/own",
  command: ["/usr/bin/node", "/p/main.mjs"],
  verified: null,
  filterDescriptor: null,
};
const said = (more: Partial<Box>) => ` ${bubblewrapArguments({ ...box, ...more }).join(" ")} `;

test.each<[string, Partial<Box>, string]>([
  ["it dies with us", {}, "--die-with-parent"],
  ["processes of its own", {}, "--unshare-pid"],
  ["no network", {}, "--unshare-net"],
  ["no privilege", {}, "--cap-drop ALL"],
  ["64 MiB of /tmp", {}, "--perms 1777 --size 67108864 --tmpfs /tmp"],
  ["a folder to read", {}, "--ro-bind-try /p /p"],
  ["a folder to write", { view: { whole: false, mounts: [{ path: "/w", as: "write" }] } }, "--bind-try /w /w"],
  [
    "a device",
    { view: { whole: false, mounts: [{ path: "/dev/snd", as: "device" }] } },
    "--dev-bind-try /dev/snd /dev/snd",
  ],
  [
    "a hidden folder, empty and read-only",
    { view: { whole: true, mounts: [{ path: "/h", as: "covered" }] } },
    "--tmpfs /h",
  ],
  ["and it stays empty", { view: { whole: true, mounts: [{ path: "/h", as: "covered" }] } }, "--remount-ro /h"],
  ["a hidden file", { view: { whole: true, mounts: [{ path: "/f", as: "covered-file" }] } }, "--ro-bind /dev/null /f"],
  ["everything", { view: { whole: true, mounts: [] } }, "--bind / / --proc /proc --dev /dev"],
  ["nothing new at the root", {}, "--remount-ro /"],
  ["a working folder that nobody shows", {}, "--dir /own"],
  ["the working folder", {}, "--chdir /own -- /usr/bin/node /p/main.mjs"],
  [
    "bytes that were judged",
    { verified: { path: "/p/main.mjs", descriptor: 3 } },
    "--perms 0555 --ro-bind-data 3 /p/main.mjs",
  ],
  ["a filter", { filterDescriptor: 4 }, "--seccomp 4 --"],
])("%s", (_, more, expected) => {
  expect(said(more)).toContain(` ${expected} `);
});

test.each<[string, Partial<Box>, string]>([
  ["with network it keeps that of the host", { network: true }, "--unshare-net"],
  ["everything has the /tmp of everybody", { view: { whole: true, mounts: [] } }, "--tmpfs /tmp"],
  ["everything may be written to as the user may", { view: { whole: true, mounts: [] } }, "--remount-ro / "],
  ["no session of its own: it stays in our process group", {}, "--new-session"],
  ["no variable in the arguments, where anybody reads it", {}, "--setenv"],
])("%s", (_, more, never) => {
  expect(said(more)).not.toContain(never);
});
