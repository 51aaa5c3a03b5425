import type { AllowReport } from "@mimolo/protocol";
import { touchLines, touches } from "./capability.ts";
import type { Colour } from "./colour.ts";
import { printable } from "./width.ts";

/** What was allowed, first line alone enough; then what it may touch. */
export function allowedLines(report: AllowReport, colour: Colour, columns: number): string[] {
  const { kind, path, digest, granted, key_id } = report;
  const facts = [`  sha256     ${digest}`, `  signed by  your key ${key_id}`];
  if (kind === "config") {
    return [
      `${colour("green", "Allowed:")} ${printable(path)} may say what runs, as it is now`,
      ...facts,
      "  Programs of yours that it names want a `mimolo allow` of their own.",
      "  An edit by anything but MiMoLo wants this one again.",
    ];
  }
  return [
    `${colour("green", "Allowed:")} ${printable(path)}, as it is now`,
    ...facts,
    "",
    ...touchingLines(granted, colour, columns),
    "",
    "An edit wants it again; --grant says what it may touch.",
  ];
}

/** What a program of the user's own may touch with these grants. */
export function touchingLines(granted: readonly string[], colour: Colour, columns: number): string[] {
  if (granted.length === 0) {
    return [
      "It may read the folder it lies in, and write its own data folder: no network, no",
      "other files, no other programs.",
    ];
  }
  return [
    "It may touch, beside the folder it lies in (to read) and its own data folder:",
    ...touchLines(touches(granted), colour, columns),
  ];
}
