/** Which files are read, lowest first. */
import { existsSync, realpathSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import envPaths from "env-paths";
import type { ConfigNotice } from "./error.ts";
import type { FileRequest } from "./read-file.ts";

export interface FileOptions {
  readonly configFile?: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly userConfigDir?: string;
  readonly globalFile?: string;
}

const names: readonly string[] = ["mimolo.toml", "mimolo.yaml", "mimolo.yml"];

/** The machine's file, the user's, then the one named or else found in `cwd`. Only a named one has to be there; the same
 *  file is read once. */
export function configFiles(options: FileOptions): { requests: FileRequest[]; notices: ConfigNotice[] } {
  const notices: ConfigNotice[] = [];
  const request = (file: string, more: Partial<FileRequest> = {}): FileRequest => ({
    file,
    title: titleOf(file, options.cwd),
    source: "user",
    found: false,
    required: false,
    ...more,
  });
  const pick = (folder: string): string[] => {
    const [first, ...others] = names.map((name) => join(folder, name)).filter((file) => existsSync(file));
    for (const other of others) {
      const message = `${titleOf(other, options.cwd)}: not read, since ${titleOf(first ?? "", options.cwd)} lies beside it`;
      notices.push({ message, file: other });
    }
    return first === undefined ? [] : [first];
  };
  const userFolder = options.userConfigDir ?? envPaths("mimolo", { suffix: "" }).config;
  const own =
    options.configFile === undefined
      ? pick(options.cwd).map((file) => request(file, { found: true }))
      : [request(resolve(options.cwd, options.configFile), { required: true })];
  const requests = [
    request(options.globalFile ?? globalFile(options.env), { source: "global" }),
    ...pick(resolve(userFolder)).map((file) => request(file)),
    ...own,
  ];
  // A user at work in the folder of the user's own file finds that file: it stays the user's.
  const isFirst = (one: FileRequest, index: number) =>
    requests.findIndex(({ file }) => realFile(file) === realFile(one.file)) === index;
  return { requests: requests.filter(isFirst), notices };
}

function globalFile(env: FileOptions["env"]): string {
  if (process.platform !== "win32") return "/etc/mimolo/mimolo.toml";
  return join(env["ProgramData"] ?? "C:\\ProgramData", "mimolo", "mimolo.toml");
}

/** Short for what lies below the working directory, else absolute. */
function titleOf(file: string, cwd: string): string {
  const way = relative(cwd, file);
  return way === "" || way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way) ? file : way;
}

function realFile(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
