// How the files of artifacts are called: by the moment they show, so that a folder is a day and a name says where its file lies.
import { isoTime } from "../iso-time.ts";

const ID = /^(\d{4})(\d{2})(\d{2})T\d{6}-[0-9a-f]{16}$/;
const EXTENSION = /^[a-z0-9]{1,8}$/;

/** The folders of files that are there, and of those put away. */
export const ARTIFACTS = "artifacts";
export const ARCHIVES = "archives";

/** A new id, such as `20261121T093000-8f3c…`; UTC. */
export function artifactId(atMs: number): string {
  const moment = isoTime(atMs).slice(0, 19).replaceAll(/[-:]/g, "");
  const random = process.getBuiltinModule("node:crypto").randomBytes(8).toString("hex");
  return `${moment}-${random}`;
}

/** The folder that the file of `id` lies in, relative to the agent's own; `null` for what is no id of ours. */
export function dayFolderOf(id: string): string | null {
  const [, year, month, day] = ID.exec(id) ?? [];
  return year === undefined ? null : `${ARTIFACTS}/${year}-${month}-${day}`;
}

/** Whether a path is where the file of `id` would lie. */
export function isPathOf(id: string, path: string): boolean {
  const start = `${dayFolderOf(id)}/${id}.`;
  return path.startsWith(start) && isExtension(path.slice(start.length));
}

export function isExtension(text: string): boolean {
  return EXTENSION.test(text);
}
