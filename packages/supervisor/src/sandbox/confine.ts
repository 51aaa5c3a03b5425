import { isAbsolute } from "node:path";
import type { SpawnRequest } from "../ports.ts";
import { bubblewrapArguments } from "./bubblewrap.ts";
import type { ConfinedDimension, Confinement, Sandbox } from "./confinement.ts";
import { isWithin } from "./confinement.ts";
import { type Disk, thisDisk } from "./disk.ts";
import { nodeFlags } from "./node-flags.ts";
import { needsUnixSockets, openedNames } from "./openings.ts";
import { systemCallFilter } from "./system-calls.ts";
import { viewOf } from "./view.ts";

/** Where a confinement is put up; `env` and `home` are the collector's own, never handed on as they are. */
export interface Around {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform?: NodeJS.Platform;
  readonly arch?: string;
  readonly disk?: Disk;
}

/** A request that runs the same thing behind every wall there is here, and what of its grants these walls hold it to. */
export interface Confined {
  readonly request: SpawnRequest;
  readonly holds: readonly ConfinedDimension[];
}

/** Puts an agent behind bubblewrap and, for Node, its own permission flags; without bubblewrap behind the flags alone. Never
 *  fails: where there is nothing, `holds` is empty. */
export function confine(request: SpawnRequest, confinement: Confinement, sandbox: Sandbox, around: Around): Confined {
  const { home, platform = process.platform, arch = process.arch, disk = thisDisk } = around;
  const { capabilities, runtime, verified } = confinement;
  // What its configuration says of the screen counts before what the collector knows.
  const env = { ...around.env, ...request.environment };
  const environment = { ...openedNames(capabilities, env), ...request.environment };
  if (sandbox.bubblewrap === null || platform !== "linux")
    return byFlagsAlone({ ...request, environment }, confinement, disk, platform);
  const view = viewOf(confinement, { env, home, disk });
  const [executable, ...first] = runtime.command;
  const program = [executable, ...flagsInside(confinement), ...first, ...request.args];
  const inherited: Uint8Array[] = [...(request.inherited ?? [])];
  const handOver = (bytes: Uint8Array | undefined | null) =>
    bytes === undefined || bytes === null ? null : 2 + inherited.push(bytes);
  const bytesAt = handOver(verified?.bytes);
  const filterDescriptor = handOver(
    systemCallFilter(arch, {
      processes: capabilities.has("subprocess") || runtime.kind === "shell",
      unixSockets: needsUnixSockets(capabilities, confinement.files),
      network: capabilities.has("network"),
    }),
  );
  const args = bubblewrapArguments({
    view,
    network: capabilities.has("network"),
    cwd: disk.realPath(request.cwd) ?? request.cwd,
    command: program,
    verified: verified === undefined || bytesAt === null ? null : { path: verified.path, descriptor: bytesAt },
    filterDescriptor,
  });
  return {
    request: {
      ...request,
      executable: sandbox.bubblewrap,
      args,
      environment: view.whole ? environment : withPrivateTemporaries(environment),
      inherited,
      signalsAsCodes: true,
    },
    holds: ["network", "files", "subprocess"],
  };
}

/** Which files there are, the first wall says; Node's rules are the second for what a program may do. */
function flagsInside({ runtime, capabilities }: Confinement): string[] {
  if (runtime.kind !== "node" || runtime.version === undefined) return [];
  const flags = nodeFlags({
    version: runtime.version,
    read: ["*"],
    write: ["*"],
    subprocess: capabilities.has("subprocess"),
    network: capabilities.has("network"),
    walled: true,
  });
  return flags ?? [];
}

function byFlagsAlone(
  request: SpawnRequest,
  confinement: Confinement,
  disk: Disk,
  platform: NodeJS.Platform,
): Confined {
  const { runtime, capabilities, files, ownFolder, program, hidden } = confinement;
  if (runtime.kind !== "node" || runtime.version === undefined) return { request, holds: [] };
  // What loads its modules for it runs in a thread, which these rules would have to allow and do not reach.
  if (request.args.some((arg) => LOADER.test(arg))) return { request, holds: [] };
  const subprocess = capabilities.has("subprocess");
  const granted = files === "all" || files === "none" ? [] : [...files.read, ...files.write];
  const write = files === "none" || files === "all" ? [] : files.write;
  const flags = nodeFlags({
    version: runtime.version,
    read: files === "all" ? ["*"] : underBothNames([...program, ownFolder, ...granted], disk),
    write: files === "all" ? ["*"] : underBothNames([ownFolder, ...write], disk),
    subprocess,
    network: capabilities.has("network"),
    walled: false,
    platform,
  });
  if (flags === null) return { request, holds: [] };
  // A program it starts is under no rule of Node's, and flags cannot hide a part of what they show.
  const shown = underBothNames([...granted, ...program], disk);
  const isShown = (path: string) => files === "all" || shown.some((folder) => isWithin(path, folder, platform));
  const leaks = subprocess || underBothNames(hidden, disk).some(isShown);
  const [executable, ...first] = runtime.command;
  // Node asks where the links above its main file lead, before any of its rules allows that.
  const isMain = (arg: string) => isAbsolute(arg) && program.some((folder) => isWithin(arg, folder, platform));
  const main = request.args.findIndex(isMain);
  const args = request.args.map((arg, at) => (at === main ? (disk.realPath(arg) ?? arg) : arg));
  return {
    request: { ...request, executable, args: [...flags, ...first, ...args] },
    holds: leaks ? ["subprocess"] : ["files", "subprocess"],
  };
}

const LOADER = /^--(import|loader|experimental-loader)(=|$)/;

/** Node compares names: it knows a folder by the one it was called by and, of its main file, by the one that links lead to. */
const underBothNames = (paths: readonly string[], disk: Disk) =>
  paths.flatMap((path) => [path, disk.realPath(path) ?? path]);

/** Those of the host are not there. */
function withPrivateTemporaries(environment: Readonly<Record<string, string>>): Record<string, string> {
  const own = { ...environment };
  for (const name of ["TMPDIR", "TMP", "TEMP"]) if (name in own) own[name] = "/tmp";
  return own;
}
