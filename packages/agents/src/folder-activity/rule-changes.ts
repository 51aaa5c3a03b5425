// A .gitignore was written: names leave and join the tree without anybody having worked on them.
import { Folder } from "./folder.ts";
import { enterScope, type Reader } from "./reader.ts";
import { entryAt } from "./stamp.ts";
import type { Visibility } from "./visibility.ts";

/** Applies the rules as they are now to everything known below `top`; what they hide is forgotten, uncounted. */
export function hideIgnored(top: Folder, visibility: Visibility, reader: Reader): void {
  for (const folder of top.all()) {
    folder.lookAgain();
    enterScope(folder, rulesFilesOf(folder));
    for (const name of folder.files.names()) {
      if (!visibility.sees(folder, name, "file")) reader.keep(folder, name, null);
    }
    for (const [name, child] of folder.folders) {
      if (visibility.sees(folder, name, "folder")) continue;
      folder.folders.delete(name);
      reader.forget(child);
    }
  }
}

/** Takes in what the rules no longer hide, uncounted. Call it when everything that did change has been judged. */
export async function adoptUnhidden(top: Folder, visibility: Visibility, reader: Reader): Promise<void> {
  for (const folder of top.all()) {
    for (const name of reader.namesIn(folder)) {
      if (folder.files.has(name) || folder.folders.has(name)) continue;
      const entry = await reader.look(folder, name, visibility);
      if (entry?.kind === "file") reader.keep(folder, name, entry.stamp);
      if (entry?.kind !== "folder") continue;
      const child = new Folder(folder, name, entry.stamp);
      folder.folders.set(name, child);
      await reader.read(child, visibility, () => {});
    }
  }
}

function rulesFilesOf(folder: Folder): { name: string }[] {
  return [".git", ".gitignore"].filter((name) => entryAt(folder.pathOf(name)) !== null).map((name) => ({ name }));
}
