// Where an artifact may lie: inside its agent's own folder, said relatively.

/** Whether a path stays inside the folder it is relative to, read by POSIX and by Windows rules alike: never absolute,
 *  no drive, no scheme, no `..`, no NUL, at most 1,024 characters. */
export function isOwnRelativePath(path: string): boolean {
  if (path === "" || path.length > 1024 || path.includes("\0") || path.includes(":")) return false;
  if (path.startsWith("/") || path.startsWith("\\")) return false;
  return !path.split(/[/\\]/).includes("..");
}
