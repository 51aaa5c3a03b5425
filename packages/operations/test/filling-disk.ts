import { type FileSystem, nodeFileSystem } from "@mimolo/ledger";

/** The real disk, which takes nothing more while it is full. */
export function fillingDisk(): { readonly fileSystem: FileSystem; refuses: boolean } {
  const disk = {
    refuses: false,
    fileSystem: {
      ...nodeFileSystem,
      async open(path, mode) {
        const file = await nodeFileSystem.open(path, mode);
        const write: typeof file.write = async (chunks, position) => {
          if (disk.refuses) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
          await file.write(chunks, position);
        };
        return { ...file, write };
      },
    } satisfies FileSystem,
  };
  return disk;
}
