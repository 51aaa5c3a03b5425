import type { View } from "./view.ts";

const PRIVATE_BYTES = 64 * 1024 * 1024;

/** What a box is made of. Descriptors are numbers of the child's; null where there is nothing to hand over. */
export interface Box {
  readonly view: View;
  readonly network: boolean;
  readonly cwd: string;
  readonly command: readonly string[];
  /** Shown at `path`: what comes out of the descriptor. */
  readonly verified: { readonly path: string; readonly descriptor: number } | null;
  /** A filter of system calls, from a descriptor. */
  readonly filterDescriptor: number | null;
}

/** The arguments of bubblewrap for a box. No value of the environment is among them: everybody may read arguments. */
export function bubblewrapArguments(box: Box): string[] {
  const { view, verified, filterDescriptor } = box;
  const covered = view.mounts.filter(({ as }) => as === "covered");
  // A folder that nobody shows is at least there, so that what is named from it is found.
  const isShown = view.mounts.some(({ path }) => path === box.cwd);
  return [
    ...words("--die-with-parent --unshare-user-try --unshare-pid --unshare-ipc --unshare-uts --unshare-cgroup-try"),
    ...(box.network ? [] : ["--unshare-net"]),
    ...words("--cap-drop ALL"),
    ...(view.whole ? words("--bind / /") : []),
    ...words("--proc /proc --dev /dev"),
    ...privateFolder("/dev/shm"),
    ...(view.whole ? [] : privateFolder("/tmp")),
    ...view.mounts.flatMap(({ path, as }) => WAYS[as](path)),
    // It may be what is executed, and not only read.
    ...(verified === null ? [] : [...words("--perms 0555 --ro-bind-data"), String(verified.descriptor), verified.path]),
    ...(isShown ? [] : ["--dir", box.cwd]),
    // What is empty stays so: memory that nobody counts could be had there.
    ...covered.flatMap(({ path }) => ["--remount-ro", path]),
    ...words("--remount-ro /dev"),
    ...(view.whole ? [] : words("--remount-ro /")),
    "--chdir",
    box.cwd,
    ...(filterDescriptor === null ? [] : ["--seccomp", String(filterDescriptor)]),
    "--",
    ...box.command,
  ];
}

const words = (text: string) => text.split(" ");
const privateFolder = (path: string) => ["--perms", "1777", "--size", String(PRIVATE_BYTES), "--tmpfs", path];

const WAYS = {
  read: (path: string) => ["--ro-bind-try", path, path],
  write: (path: string) => ["--bind-try", path, path],
  device: (path: string) => ["--dev-bind-try", path, path],
  covered: (path: string) => ["--perms", "0755", "--tmpfs", path],
  "covered-file": (path: string) => ["--ro-bind", "/dev/null", path],
} as const;
