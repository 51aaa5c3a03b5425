import { expect, test } from "vitest";
import type { Confinement } from "../../src/index.ts";
import { viewOf } from "../../src/sandbox/view.ts";
import { paperDisk } from "./paper-disk.ts";

const OWN = "/home/u/.local/share/mimolo/agents/a";
const DATA = "/home/u/.local/share/mimolo";
const STORE = `${DATA}/plugins/store/acme.a`;
const disk = paperDisk(
  [
    `${OWN}/`,
    `${STORE}/`,
    `${DATA}/control/token`,
    "/home/u/work/",
    "/home/u/notes/",
    "/home/u/.Xauthority",
    "/usr/bin/node",
    "/usr/lib/x86_64-linux-gnu/",
    "/usr/bin/",
    "/etc/ssl/certs/",
    "/etc/hosts",
    "/etc/alternatives/",
    "/run/user/1000/pulse/",
    "/run/user/1000/wayland-0",
    "/run/dbus/system_bus_socket",
    "/tmp/.X11-unix/",
    "/dev/snd/",
    "/run/systemd/resolve/stub-resolv.conf",
    "/etc/ld.so.cache",
    "/mnt/big/photos/",
  ],
  {
    "/lib": "/usr/lib/",
    "/bin": "/usr/bin/",
    "/etc/resolv.conf": "/run/systemd/resolve/stub-resolv.conf",
    "/home/u/photos": "/mnt/big/photos/",
    "/var/run": "/run/",
  },
);
const node = { kind: "node", command: ["/usr/bin/node"], mounts: ["/usr/bin/node", "/lib/x86_64-linux-gnu"] } as const;
const env = { XDG_RUNTIME_DIR: "/run/user/1000", WAYLAND_DISPLAY: "wayland-0" };

/** One mount per line, without what everybody sees. */
function view(more: Partial<Confinement>, ...capabilities: string[]): string[] {
  const { whole, mounts } = viewOf(
    {
      capabilities: new Set(capabilities),
      files: "none",
      ownFolder: OWN,
      program: [STORE],
      hidden: [DATA],
      runtime: node,
      ...more,
    },
    { env, home: "/home/u", disk },
  );
  const usual = ["/etc/ld.so.cache", "/usr/bin/node", "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu"];
  const seen = mounts.filter(({ path }) => !usual.includes(path)).map(({ path, as }) => `${as} ${path}`);
  return whole ? ["write /", ...seen] : seen;
}
const own = [`read ${STORE}`, `write ${OWN}`].toSorted((a, b) => a.split("/").length - b.split("/").length);

test.each<[string, string[], Partial<Confinement>, string[]]>([
  ["nothing: its own files", [], {}, own],
  [
    "network: the resolver and the CAs",
    ["network"],
    {},
    [
      "read /etc/resolv.conf",
      "read /run/systemd/resolve/stub-resolv.conf",
      "read /etc/hosts",
      "read /etc/ssl/certs",
      ...own,
    ],
  ],
  [
    "subprocess: where programs are",
    ["subprocess"],
    {},
    ["read /usr", "read /bin", "read /lib", "read /etc/alternatives", ...own],
  ],
  [
    "folders by name",
    ["filesystem"],
    { files: { read: ["/home/u/notes"], write: ["/home/u/work"] } },
    ["read /home/u/notes", "write /home/u/work", ...own],
  ],
  [
    "a folder in a folder: the narrower word holds",
    [],
    { files: { read: ["/home/u"], write: ["/home/u/work"] } },
    ["read /home/u", "write /home/u/work", `covered ${DATA}`, ...own],
  ],
  [
    "a link: where it leads, under both names",
    [],
    { files: { read: ["/home/u/photos"], write: [] } },
    ["read /home/u/photos", "read /mnt/big/photos", ...own],
  ],
  ["what is not there is not shown", [], { files: { read: ["/home/u/gone"], write: [] } }, own],
  [
    "a file that is hidden",
    [],
    { files: { read: ["/home/u"], write: [] }, hidden: ["/home/u/.Xauthority"] },
    ["read /home/u", `write ${OWN}`, "covered-file /home/u/.Xauthority"],
  ],
  [
    "everything, without network: no folder of sockets",
    ["filesystem"],
    { files: "all" },
    ["write /", `covered ${DATA}`, "covered /run", "covered /tmp/.X11-unix", ...own],
  ],
  ["everything, with network", ["filesystem", "network"], { files: "all" }, ["write /", `covered ${DATA}`, ...own]],
  [
    "display",
    ["display"],
    {},
    ["read /home/u/.Xauthority", ...own, "write /tmp/.X11-unix", "write /run/user/1000/wayland-0"],
  ],
  [
    "display over everything",
    ["filesystem", "display"],
    { files: "all" },
    [
      "write /",
      `covered ${DATA}`,
      "covered /run",
      "covered /tmp/.X11-unix",
      ...own,
      "write /tmp/.X11-unix",
      "write /run/user/1000/wayland-0",
    ],
  ],
  ["audio", ["audio"], {}, [...own, "write /run/user/1000/pulse", "device /dev/snd"]],
  ["midi", ["midi"], {}, [...own, "device /dev/snd"]],
  [
    "system-control",
    ["system-control"],
    {},
    [...own, "write /run/dbus/system_bus_socket", "write /var/run/dbus/system_bus_socket"],
  ],
  [
    "a granted folder that holds its program: shown again above what hides it",
    [],
    {
      files: { read: [], write: [STORE, "/home/u"] },
    },
    ["write /home/u", `covered ${DATA}`, ...own],
  ],
  [
    "a program's folder that holds what is hidden: all but that",
    [],
    { program: ["/home/u"] },
    ["read /home/u", `covered ${DATA}`, `write ${OWN}`],
  ],
])("%s", (_, capabilities, more, expected) => {
  expect(view(more, ...capabilities)).toEqual(expected);
});

test("a granted path is not followed out of where the agent may write: it could have put the link there itself", () => {
  const planted = paperDisk([`${OWN}/`, "/home/u/inbox/", "/home/u/.ssh/", "/mnt/box/in/", "/usr/bin/node"], {
    [`${OWN}/way`]: "/home/u/.ssh/",
    "/home/u/inbox/deep": "/home/u/",
    "/home/u/box": "/mnt/box/",
  });
  const files = {
    read: [`${OWN}/way`, "/home/u/inbox/deep/.ssh", "/home/u/box/in"],
    write: ["/home/u/inbox", "/home/u/box", `${OWN}/way`],
  };
  const confinement = {
    capabilities: new Set(["filesystem"]),
    files,
    ownFolder: OWN,
    program: [],
    hidden: [DATA],
    runtime: node,
  };
  const { mounts } = viewOf(confinement, { env, home: "/home/u", disk: planted });
  const shown = mounts.filter(({ as }) => as !== "covered").map(({ path }) => path);
  expect(shown.filter((path) => !path.startsWith("/usr"))).toEqual([
    "/home/u/inbox",
    "/home/u/box",
    "/mnt/box",
    "/mnt/box/in",
    OWN,
  ]);
});
