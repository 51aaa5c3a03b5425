/** Debian's names for what Node calls a processor. */
const TRIPLETS: Readonly<Record<string, string>> = {
  x64: "x86_64-linux-gnu",
  arm64: "aarch64-linux-gnu",
  arm: "arm-linux-gnueabihf",
  ia32: "i386-linux-gnu",
  riscv64: "riscv64-linux-gnu",
  ppc64: "powerpc64le-linux-gnu",
  s390x: "s390x-linux-gnu",
};

// What lies there can be executed: a few helpers among the libraries, and the loader, which runs any file it is given. None of it
// gets further than the sandbox, and without `subprocess` it can only take the agent's own place.

/** The folders that shared libraries are loaded from. Where they have one of their own (Debian), that one alone: `/usr/lib` also
 *  holds programs. `exists` is asked of absolute paths. */
export function libraryFolders(arch: string, exists: (path: string) => boolean): string[] {
  const triplet = TRIPLETS[arch];
  const own = triplet === undefined ? [] : [`/lib/${triplet}`, `/usr/lib/${triplet}`].filter(exists);
  const common = own.length > 0 ? own : ["/lib", "/usr/lib"];
  return [...common, "/lib64", "/usr/lib64"].filter(exists);
}
