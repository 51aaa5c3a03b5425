// Names that a system could take for one another, found as they come in.
import { type NameFault, nameFault, shown } from "./entry-name.ts";
import { PackageError, type NameFaultCode } from "./package-error.ts";

/** The names of a package so far. Two of them that differ only in case or Unicode form, folders included, are one file on
 *  some systems. */
export class NameSet {
  readonly #byKey = new Map<string, { readonly name: string; readonly kind: "file" | "folder" }>();

  /** The fault of a further file, by itself or beside those before it; `null`: it was added. */
  addFile(name: string): NameFault | null {
    return nameFault(name) ?? this.#addParents(name) ?? this.#add(name, "file");
  }

  /** The same for a folder, without its last `/`; naming one again is no fault. */
  addFolder(name: string): NameFault | null {
    return nameFault(name) ?? this.#addParents(name) ?? this.#add(name, "folder");
  }

  #addParents(name: string): NameFault | null {
    for (let end = name.indexOf("/"); end !== -1; end = name.indexOf("/", end + 1)) {
      const fault = this.#add(name.slice(0, end), "folder");
      if (fault !== null) return fault;
    }
    return null;
  }

  #add(name: string, kind: "file" | "folder"): NameFault | null {
    const key = collisionKey(name);
    const there = this.#byKey.get(key);
    if (there === undefined) {
      this.#byKey.set(key, { name, kind });
      return null;
    }
    if (there.name !== name) {
      const [code, why] = differenceOf(there.name, name);
      return {
        code,
        message: `${shown(there.name)} and ${shown(name)} differ only in ${why}: one file on some systems`,
      };
    }
    if (there.kind !== kind) return { code: "file-and-folder", message: `${shown(name)} is both a file and a folder` };
    return kind === "folder" ? null : { code: "duplicate", message: `${shown(name)} is there twice` };
  }
}

/** The fault as an error; nothing for none. */
export function refuseName(fault: NameFault | null): void {
  if (fault !== null) throw new PackageError(fault.code, fault.message);
}

/** Equal for names that case-blind or Unicode-blind file systems take for the same. */
function collisionKey(name: string): string {
  return name.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKC");
}

function differenceOf(one: string, other: string): readonly [NameFaultCode, string] {
  return one.normalize("NFKC") === other.normalize("NFKC")
    ? ["unicode-collision", "the Unicode form"]
    : ["case-collision", "case"];
}
