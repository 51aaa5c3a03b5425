/** What an agent may come upon behind its walls, in the order in which a complaint is read: a program that cannot be started is
 *  often called a file that is not there, too. */
export const WALLED = ["network", "subprocess", "filesystem"] as const;
export type Walled = (typeof WALLED)[number];

/** How Node, Python, Go, shells and C libraries put it. */
const SOUNDS: Readonly<Record<Walled, RegExp>> = {
  network:
    /\b(ENETUNREACH|EHOSTUNREACH|EAI_AGAIN|ENOTFOUND|ECONNREFUSED)\b|network is (unreachable|down)|name resolution|name or service not known|no such host|could ?n[o']t resolve|fetch failed|connection refused/i,
  subprocess:
    /fork_exec|\bv?fork\b.*(not permitted|unavailable)|\bspawn(Sync)? \S+ E[A-Z]+|child_process|ChildProcess|\bsh: .*not found|command not found|executable file not found/i,
  filesystem: /\b(ENOENT|EROFS)\b|no such file or directory|read-only file system|FileSystem(Read|Write)/i,
};

/** The grant among `missing` that a complaint sounds like the want of; `null` when it sounds like anything else. */
export function missedGrant(complaint: string, missing: readonly Walled[]): Walled | null {
  return WALLED.find((capability) => missing.includes(capability) && SOUNDS[capability].test(complaint)) ?? null;
}
