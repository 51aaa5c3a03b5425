// Archives as an attacker would write them, each with the one code that must come of it.
import { crc32, deflateRawSync } from "node:zlib";
import { hostileNames } from "./hostile-names.ts";
import { type HostileArchive, main, manifest, manifestFor, plus, program, soundArchive } from "./sound-archive.ts";
import { extraField, zip64End, zipBytes } from "./zip-bytes.ts";

const MIB = 1024 * 1024;

const cut = (bytes: Buffer, from: number) => bytes.subarray(0, bytes.length - from);
const zeros = (size: number) => ({ content: Buffer.alloc(size), method: 8 });
const bomb = deflateRawSync(Buffer.alloc(200 * MIB));

export const hostileArchives: readonly HostileArchive[] = [
  ...hostileNames,
  // What an entry is.
  { title: "a symbolic link", code: "link", bytes: plus([{ name: "notes", content: "/etc/passwd", mode: 0o120777 }]) },
  { title: "a link of Windows", code: "link", bytes: plus([{ name: "notes", dosAttributes: 0x400 }]) },
  {
    title: "a hard link by PKWARE's field",
    code: "hard-link",
    bytes: plus([
      { name: "notes", extra: extraField(0x000d, Buffer.concat([Buffer.alloc(12), Buffer.from("/etc/passwd")])) },
    ]),
  },
  { title: "a character device", code: "device", bytes: plus([{ name: "null", mode: 0o020666 }]) },
  { title: "a block device", code: "device", bytes: plus([{ name: "disk", mode: 0o060660 }]) },
  { title: "a FIFO", code: "device", bytes: plus([{ name: "pipe", mode: 0o010644 }]) },
  { title: "a socket", code: "device", bytes: plus([{ name: "socket", mode: 0o140644 }]) },
  { title: "a file that says it is a folder", code: "device", bytes: plus([{ name: "lib", mode: 0o040755 }]) },
  { title: "a folder with bytes", code: "size-lies", bytes: plus([{ name: "lib/", content: "x", mode: 0o040755 }]) },
  { title: "a volume label", code: "device", bytes: plus([{ name: "LABEL", dosAttributes: 0x08 }]) },
  { title: "an encrypted file", code: "encrypted", bytes: plus([{ name: "secret", flags: 0x0001 }]) },
  { title: "a strongly encrypted file", code: "encrypted", bytes: plus([{ name: "secret", flags: 0x0041 }]) },
  { title: "a masked list", code: "encrypted", bytes: plus([{ name: "secret", flags: 0x2000 }]) },
  { title: "a packing nobody reads", code: "unsupported-compression", bytes: plus([{ name: "x", method: 93 }]) },
  { title: "a patch instead of a file", code: "unsupported-compression", bytes: plus([{ name: "x", flags: 0x0020 }]) },
  // Caps.
  {
    title: "10,000 entries",
    code: "too-many-entries",
    bytes: () => zipBytes(Array.from({ length: 10_000 }, (_, at) => ({ name: `f${at}` }))),
  },
  {
    title: "one entry too many",
    code: "too-many-entries",
    bytes: () => zipBytes(Array.from({ length: 2001 }, (_, at) => ({ name: `f${at}` }))),
  },
  { title: "a file over its cap", code: "file-too-large", bytes: plus([{ name: "big", ...zeros(32 * MIB + 1) }]) },
  {
    title: "a bomb that says so",
    code: "file-too-large",
    bytes: plus([{ name: "bomb", data: bomb, method: 8, size: 200 * MIB }]),
  },
  { title: "a bomb that says it is small", code: "size-lies", bytes: bombBehindSmallSize },
  {
    title: "many files over the cap together",
    code: "package-too-large",
    bytes: plus(["a", "b", "c"].map((name) => ({ name, data: Buffer.from([3, 0]), method: 8, size: 30 * MIB }))),
  },
  { title: "an archive over its cap", code: "archive-too-large", bytes: () => Buffer.alloc(70 * MIB) },
  {
    title: "a manifest over its cap",
    code: "manifest-too-large",
    bytes: () => zipBytes([{ name: "mimolo-plugin.json", content: " ".repeat(262_145) }, main]),
  },
  {
    title: "a signature over its cap",
    code: "signature-too-large",
    bytes: plus([{ name: "mimolo-plugin.json.minisig", content: " ".repeat(4097) }]),
  },
  // Lies about sizes and places.
  { title: "two sizes of one stored file", code: "size-lies", bytes: plus([{ name: "x", content: "xx", size: 1 }]) },
  {
    title: "more bytes than there are",
    code: "size-lies",
    bytes: plus([{ name: "x", content: "x", size: 5000, storedBytes: 5000 }]),
  },
  {
    title: "fewer bytes than there are",
    code: "hidden-data",
    bytes: plus([{ name: "x", content: "xxxx", size: 2, storedBytes: 2 }]),
  },
  {
    title: "another size before the data",
    code: "local-header-lies",
    bytes: plus([{ name: "x", content: "x", local: { size: 2 } }]),
  },
  {
    title: "another checksum before the data",
    code: "local-header-lies",
    bytes: plus([{ name: "x", content: "x", local: { crc32: 2 } }]),
  },
  {
    title: "another name before the data",
    code: "local-header-lies",
    bytes: plus([{ name: "good.mjs", local: { name: "evil.mjs" } }]),
  },
  {
    title: "another packing before the data",
    code: "local-header-lies",
    bytes: plus([{ name: "x", local: { method: 8 } }]),
  },
  {
    title: "other flags before the data",
    code: "local-header-lies",
    bytes: plus([{ name: "x", local: { flags: 0 } }]),
  },
  {
    title: "other sizes behind streamed data",
    code: "local-header-lies",
    bytes: plus([{ name: "x", content: "x", flags: 8, behind: Buffer.alloc(12, 7) }]),
  },
  {
    title: "a wrong checksum of a right file",
    code: "checksum-lies",
    bytes: () => zipBytes([manifest, { ...main, crc32: 1 }]),
  },
  {
    title: "two names for one file's data",
    code: "overlapping-entries",
    bytes: plus([{ name: "other.mjs", content: program, listedOnly: true, offset: 0 }]),
  },
  {
    title: "a file inside another",
    code: "overlapping-entries",
    bytes: plus([{ name: "x", content: "", listedOnly: true, offset: 40 }]),
  },
  {
    title: "bytes between two files",
    code: "hidden-data",
    bytes: plus([{ name: "x", behind: Buffer.from("hidden") }, { name: "y" }]),
  },
  {
    title: "a file that no list names",
    code: "hidden-data",
    bytes: plus([], { beforeDirectory: localOnly("evil.mjs") }),
  },
  {
    title: "bytes before everything",
    code: "prepended-data",
    bytes: plus([], { prepended: Buffer.from("#!/bin/sh\n") }),
  },
  {
    title: "bytes before everything that no offset knows",
    code: "wrong-central-directory",
    bytes: () => Buffer.concat([Buffer.from("#!/bin/sh\n"), soundArchive()]),
  },
  { title: "bytes behind everything", code: "trailing-data", bytes: plus([], { behind: Buffer.from("more") }) },
  { title: "a comment", code: "archive-comment", bytes: plus([], { comment: "nothing to see" }) },
  { title: "a comment that is not there", code: "truncated", bytes: plus([], { commentLength: 5 }) },
  {
    title: "a second end in the comment",
    code: "wrong-central-directory",
    bytes: () => Buffer.concat([cut(soundArchive(), 2), Buffer.from([22, 0]), zipBytes([])]),
  },
  // The list itself.
  { title: "a list that begins elsewhere", code: "wrong-central-directory", bytes: plus([], { directoryStart: 10 }) },
  { title: "a list of another length", code: "wrong-central-directory", bytes: plus([], { directorySize: 10 }) },
  { title: "bytes behind the list", code: "wrong-central-directory", bytes: plus([], { beforeEnd: Buffer.alloc(8) }) },
  { title: "fewer entries than listed", code: "wrong-central-directory", bytes: plus([], { count: 1 }) },
  { title: "more entries than listed", code: "wrong-central-directory", bytes: plus([], { count: 3 }) },
  {
    title: "an entry that points into nothing",
    code: "wrong-central-directory",
    bytes: plus([{ name: "x", offset: 999_999 }]),
  },
  {
    title: "an entry that points to no header",
    code: "wrong-central-directory",
    bytes: plus([{ name: "x", listedOnly: true }]),
  },
  { title: "several disks", code: "several-disks", bytes: plus([], { disk: 1 }) },
  { title: "ZIP64 numbers at the end", code: "zip64", bytes: plus([], { count: 0xffff }) },
  { title: "a ZIP64 end that lies", code: "zip64", bytes: plus([], { beforeEnd: zip64End(1, 1, 1) }) },
  {
    title: "ZIP64 sizes",
    code: "zip64",
    bytes: plus([{ name: "x", size: 0xffffffff, storedBytes: 0xffffffff, extra: extraField(1, Buffer.alloc(16)) }]),
  },
  { title: "half of an archive", code: "truncated", bytes: () => cut(soundArchive(), 100) },
  { title: "an archive without its last byte", code: "truncated", bytes: () => cut(soundArchive(), 1) },
  {
    title: "no archive",
    code: "not-an-archive",
    bytes: () => Buffer.from("hello, this is a text of some length, and no archive"),
  },
  { title: "nothing at all", code: "not-an-archive", bytes: () => Buffer.alloc(0) },
  { title: "an archive of nothing", code: "no-manifest", bytes: () => zipBytes([]) },
  { title: "an archive of something else", code: "no-manifest", bytes: () => zipBytes([main]) },
];

function localOnly(name: string): Buffer {
  const archive = zipBytes([{ name, content: "evil" }]);
  return archive.subarray(0, archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2])));
}

/** Says 4 bytes in archive and manifest, and inflates to 200 MiB. */
function bombBehindSmallSize(): Buffer {
  const files = { "main.mjs": program, bomb: "tiny" };
  return zipBytes([
    { name: "mimolo-plugin.json", content: manifestFor(files) },
    main,
    { name: "bomb", data: bomb, method: 8, size: 4, crc32: crc32("tiny") },
  ]);
}
