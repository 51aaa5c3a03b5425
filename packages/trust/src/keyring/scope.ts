/** Lower-case dotted slug, at most 64 characters. */
const PLUGIN_ID = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;
const GLOB = /^[a-z0-9.*-]{1,64}$/;

/** True for what can be the id of a plugin. */
export function isPluginId(text: string): boolean {
  return text.length <= 64 && PLUGIN_ID.test(text);
}

/** True for a glob of plugin ids: their characters and `*`, never two in a row. */
export function isScope(text: string): boolean {
  return GLOB.test(text) && !text.includes("**");
}

/** Whether one of the globs covers a plugin id. `*` also matches dots; a glob covers whole ids only, so `acme.*` covers
 *  neither `acme` nor `acmeevil.x`. Nothing covers what is no plugin id; a glob that is none covers nothing. */
export function scopeCovers(scope: readonly string[], id: string): boolean {
  return isPluginId(id) && scope.some((glob) => isScope(glob) && matches(glob, id));
}

/** Leftmost places are enough, so time stays linear in the id for each part of the glob. */
function matches(glob: string, id: string): boolean {
  const [head = "", ...rest] = glob.split("*");
  const tail = rest.pop();
  if (tail === undefined) return glob === id;
  if (!id.startsWith(head) || !id.endsWith(tail) || head.length + tail.length > id.length) return false;
  let at = head.length;
  for (const part of rest) {
    const found = id.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at + tail.length <= id.length;
}
