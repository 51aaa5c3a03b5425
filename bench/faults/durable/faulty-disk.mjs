// The real disk behind the ledger's port, until it is told to fail: with an error, with dropped pages, or by standing still.
import { basename } from "node:path";

/** @typedef {{operation: string, code?: string, times?: number, dropped?: boolean, stalls?: boolean, also?: string}} Failing
 *   `operation`: "write day", "sync commits" … · `dropped`: what a failed sync should have kept becomes zeros, as when the
 *   system gives the pages up · `stalls`: the operation never returns · `also`: one more operation that fails as often */

/** @param {any} real the ledger's own file system */
export function faultyDisk(real) {
  let failing = /** @type {Failing | null} */ (null);
  let left = 0;
  let alsoLeft = 0;
  let failed = 0;
  let syncedAgain = 0;
  const strikes = async (/** @type {string} */ operation, /** @type {string} */ path) => {
    const now = `${operation} ${kindOf(path)}`;
    if (failing?.also === now && alsoLeft > 0) alsoLeft -= 1;
    else if (failing?.operation === now && left > 0) left -= 1;
    else return null;
    failed += 1;
    if (failing.stalls === true) await new Promise(() => undefined);
    return Object.assign(new Error(`${failing.code}: ${now}`), { code: failing.code });
  };
  const check = async (/** @type {string} */ operation, /** @type {string} */ path) => {
    const error = await strikes(operation, path);
    if (error !== null) throw error;
  };
  return {
    ...real,
    async replace(/** @type {string} */ path, /** @type {Uint8Array} */ bytes) {
      await check("replace", path);
      await real.replace(path, bytes);
    },
    async open(/** @type {string} */ path, /** @type {string} */ mode) {
      if (mode !== "read") await check("open", path);
      const file = await real.open(path, mode);
      let unsynced = /** @type {{from: number, bytes: number}[]} */ ([]);
      let isBroken = false;
      return {
        ...file,
        async write(/** @type {readonly Uint8Array[]} */ chunks, /** @type {number} */ position) {
          const error = await strikes("write", path);
          const all = Buffer.concat(chunks);
          const taken = error === null ? all : all.subarray(0, all.length / 2);
          unsynced.push({ from: position, bytes: taken.length });
          await file.write([taken], position);
          if (error !== null) throw error;
        },
        async sync() {
          if (isBroken) syncedAgain += 1;
          const error = await strikes("sync", path);
          if (error === null) {
            await file.sync();
            unsynced = [];
            return;
          }
          isBroken = true;
          if (failing?.dropped === true)
            for (const { from, bytes } of unsynced) await file.write([Buffer.alloc(bytes)], from);
          throw error;
        },
        async truncate(/** @type {number} */ length) {
          await check("truncate", path);
          await file.truncate(length);
        },
      };
    },
    /** From now on. @param {Failing | null} next */
    set(next) {
      failing = next;
      left = next?.times ?? 1;
      alsoLeft = next?.also === undefined ? 0 : 1;
      failed = 0;
    },
    /** How often it failed since it was told to, and how often a descriptor was synced again after a failed sync. */
    told: () => ({ failed, syncedAgain }),
  };
}

/** @param {string} path */
function kindOf(path) {
  const name = basename(path);
  if (/^\d{4}-\d\d-\d\d(\.\d+)?\.jsonl$/.test(name)) return "day";
  return name.replace(/\.jsonl?$|\.json$/, "");
}
