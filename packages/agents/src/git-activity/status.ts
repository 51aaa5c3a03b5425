// What `git status --porcelain=v2 --branch -z` says.

/** A repository's state in short. `ahead` and `behind` are null without an upstream; `oid` before the first commit. */
export interface RepositoryStatus {
  readonly oid: string | null;
  /** Branch name; null when HEAD is detached. */
  readonly branch: string | null;
  readonly ahead: number | null;
  readonly behind: number | null;
  /** Changed and untracked paths, relative to the top, with git's letters for how. */
  readonly changes: readonly { readonly path: string; readonly how: string }[];
}

/** Arguments for git whose output `parseStatus` reads. */
export const STATUS_ARGUMENTS = ["status", "--porcelain=v2", "--branch", "--untracked-files=normal", "-z"];

/** Reads git's output; fields it does not know are passed over. */
export function parseStatus(stdout: string): RepositoryStatus {
  let oid: string | null = null;
  let branch: string | null = null;
  let ahead: number | null = null;
  let behind: number | null = null;
  const changes: { path: string; how: string }[] = [];
  const fields = stdout.split("\0");
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index] ?? "";
    const words = field.split(" ");
    if (field.startsWith("# branch.oid ")) oid = words[2] === "(initial)" ? null : (words[2] ?? null);
    else if (field.startsWith("# branch.head ")) branch = words[2] === "(detached)" ? null : (words[2] ?? null);
    else if (field.startsWith("# branch.ab ")) {
      ahead = Math.abs(Number(words[2]));
      behind = Math.abs(Number(words[3]));
    } else if (field.startsWith("1 ")) changes.push({ path: words.slice(8).join(" "), how: words[1] ?? "" });
    else if (field.startsWith("2 ")) {
      changes.push({ path: words.slice(9).join(" "), how: words[1] ?? "" });
      // The next field is the path it was renamed from.
      index += 1;
    } else if (field.startsWith("u ")) changes.push({ path: words.slice(10).join(" "), how: words[1] ?? "" });
    else if (field.startsWith("? ")) changes.push({ path: field.slice(2), how: "?" });
  }
  return { oid, branch, ahead, behind, changes };
}
