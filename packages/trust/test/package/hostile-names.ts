// Names that some system would read as something else than a file of the package.
import { crc32 } from "node:zlib";
import { type HostileArchive, plus } from "./sound-archive.ts";
import { extraField } from "./zip-bytes.ts";

const named = (...names: (string | Uint8Array)[]) => plus(names.map((name) => ({ name, content: "x" })));

export const hostileNames: readonly HostileArchive[] = [
  { title: "a path that leads out", code: "traversal", bytes: named("../evil.mjs") },
  { title: "a path that leads out from inside", code: "traversal", bytes: named("lib/../../evil.mjs") },
  { title: "a folder that leads out", code: "traversal", bytes: plus([{ name: "../evil/", mode: 0o040755 }]) },
  { title: "an absolute path", code: "absolute-path", bytes: named("/tmp/evil.mjs") },
  { title: "a path of Windows", code: "backslash", bytes: named("..\\evil.mjs") },
  { title: "a drive letter", code: "drive-letter", bytes: named("C:evil.mjs") },
  { title: "a drive letter with a path", code: "drive-letter", bytes: named("c:/evil.mjs") },
  { title: "a stream of NTFS", code: "forbidden-character", bytes: named("main.mjs:evil") },
  { title: "a NUL in a name", code: "nul-in-name", bytes: named("good.mjs\0.txt") },
  { title: "a line end in a name", code: "control-in-name", bytes: named("good\nbad.mjs") },
  { title: "an invisible character in a name", code: "control-in-name", bytes: named("good\u200d.mjs") },
  { title: "text that turns round", code: "control-in-name", bytes: named("good\u202esjm.exe") },
  { title: "a name that is no UTF-8", code: "name-not-utf8", bytes: named(Uint8Array.from([0x61, 0xff])) },
  {
    title: "a name that does not say its encoding",
    code: "name-not-utf8",
    bytes: plus([{ name: "é.mjs", utf8: false }]),
  },
  { title: "a device of Windows", code: "reserved-name", bytes: named("lib/CON") },
  { title: "a device of Windows with an extension", code: "reserved-name", bytes: named("nul.txt") },
  { title: "a device of Windows with a raised digit", code: "reserved-name", bytes: named("com¹.log") },
  { title: "a name that ends in a dot", code: "trailing-dot-or-space", bytes: named("evil.mjs.") },
  { title: "a folder that ends in a space", code: "trailing-dot-or-space", bytes: named("lib /evil.mjs") },
  { title: "an empty name", code: "empty-name", bytes: named("") },
  { title: "only a slash", code: "empty-name", bytes: named("/") },
  { title: "an empty folder name", code: "not-plain-path", bytes: named("lib//evil.mjs") },
  { title: "a folder that is the same", code: "not-plain-path", bytes: named("./evil.mjs") },
  { title: "an endless name", code: "name-too-long", bytes: named("a".repeat(5000)) },
  { title: "the same name twice", code: "duplicate", bytes: named("main.mjs") },
  { title: "a second manifest", code: "duplicate", bytes: named("mimolo-plugin.json") },
  { title: "names that differ in case", code: "case-collision", bytes: named("Main.mjs") },
  { title: "folders that differ in case", code: "case-collision", bytes: named("lib/a.mjs", "LIB/b.mjs") },
  { title: "a manifest in other case", code: "case-collision", bytes: named("MIMOLO-plugin.json") },
  {
    title: "names that differ in Unicode form",
    code: "unicode-collision",
    bytes: named("caf\u00e9.mjs", "cafe\u0301.mjs"),
  },
  { title: "a letter that two forms share", code: "unicode-collision", bytes: named("\ufb01le.mjs", "file.mjs") },
  { title: "a sharp s and its capitals", code: "case-collision", bytes: named("stra\u00dfe", "STRASSE") },
  { title: "a file that is a folder as well", code: "file-and-folder", bytes: named("lib", "lib/evil.mjs") },
  { title: "a folder that is a file as well", code: "file-and-folder", bytes: named("lib/evil.mjs", "lib") },
  {
    title: "a second name in an extra field",
    code: "name-lies",
    bytes: plus([
      {
        name: "good.mjs",
        extra: extraField(0x7075, Buffer.concat([Buffer.from([1]), sum("good.mjs"), Buffer.from("../evil")])),
      },
    ]),
  },
];

function sum(name: string): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc32(name), 0);
  return bytes;
}
