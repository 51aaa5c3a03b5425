/** One word of a command line, quoted where a shell would read more into it. */
export function shellWord(text: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === "win32") return /^[\w@%+=:,./\\~-]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
