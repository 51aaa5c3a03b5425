/** One word of a command line, quoted where a shell would read more into it. Never changes what a terminal does: control
 *  characters, and those that are not seen or turn the writing around, are spelled out, as bash and zsh read them. */
export function shellWord(text: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === "win32") return /^[\w@%+=:,./\\~-]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (text.search(UNSEEN) === -1) return `'${text.replaceAll("'", "'\\''")}'`;
  const spelled = text.replace(/['\\]/g, "\\$&").replace(UNSEEN, spelledOut);
  return `$'${spelled}'`;
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Three octal digits for each byte, since nothing that follows can be read as a fourth. */
function spelledOut(char: string): string {
  return [...Buffer.from(char)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}
