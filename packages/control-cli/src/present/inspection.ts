import type { InstallReport } from "@mimolo/protocol";
import type { Inspection } from "../plugin/inspected.ts";
import { touchLines, touches } from "./capability.ts";
import type { Colour } from "./colour.ts";
import { printable, wrap } from "./width.ts";

/** A package in full: what it is, who signed it, what it wants to touch, and what would hold it. */
export function packageLines(found: Inspection, colour: Colour, columns: number): string[] {
  const { manifest, requested, granted, unconfined, installed } = found;
  const mark = (name: string) => {
    if (!granted.includes(name)) return "";
    const byItself = installed === null || touches([name])[0]?.risk === "low";
    return colour("dim", byItself ? "(granted by itself)" : "(granted already)");
  };
  const asked =
    requested.length === 0
      ? ["It asks for nothing but its own data folder."]
      : [
          "It asks to touch, beside its own data folder:",
          ...touchLines(touches(requested, manifest?.filesystem), colour, columns, mark),
        ];
  const alone = unconfined === null ? [] : ["", ...wrap(unconfined, columns).map((line) => colour("yellow", line))];
  return [...headLines(found, colour, columns), "", ...asked, ...alone];
}

/** Name, author, signature. */
export function headLines({ manifest, keyId, signedBy }: Inspection, colour: Colour, columns: number): string[] {
  if (manifest === null) return [];
  const author = manifest.author === undefined ? "" : ` by ${printable(manifest.author)}`;
  const about = manifest.description === undefined ? [] : wrap(printable(manifest.description), columns - 2);
  const whose = signedBy === null ? "" : ` (${printable(signedBy.label)}; may vouch for ${signedBy.scope.join(" ")})`;
  return [
    `${colour("bold", `${printable(manifest.name)} ${manifest.version}`)}, ${manifest.id}${author}`,
    ...about.map((line) => `  ${line}`),
    ...(keyId === null ? [] : [`  signed with key ${keyId}${whose}`]),
  ];
}

/** The verdict on a package and what it rests on. */
export function verdictLines(found: Inspection, colour: Colour): string[] {
  const { verdict, reason, digest, keyId, manifest } = found;
  const good = verdict === "trusted";
  const told = good ? "it could be installed as it is" : reason;
  return [
    `${colour(good ? "green" : "red", `${verdict}:`)} ${told}`,
    ...(manifest === null ? [] : [`  plugin                  ${manifest.id} ${manifest.version}`]),
    `  sha256 of its manifest  ${digest}`,
    `  signed with key         ${keyId ?? "none"}`,
  ];
}

/** What became of it; the first line alone is enough. `along`: it came because another needs it. */
export function installedLines(report: InstallReport, colour: Colour, { along = false } = {}): string[] {
  const { plugin_id: id, version, granted, not_granted: lacking, replaced, changed, path } = report;
  const before = replaced === null || replaced === version ? "" : ` in the place of ${replaced}`;
  const first = changed
    ? `${colour("green", "Installed:")} ${id} ${version}${before}`
    : `${id} ${version} was installed already, exactly as it is`;
  return [
    first,
    `  ${path}`,
    `  granted  ${granted.length === 0 ? "nothing but its own data folder" : granted.join(", ")}`,
    ...(lacking.length === 0
      ? []
      : [`  lacks    ${lacking.join(", ")}`, `           mimolo plugin grant ${id} ${lacking.join(" ")}`]),
    // Agents that ran the version before run this one by now; what others need runs with them.
    ...(replaced === null && !along ? [`  To run it: mimolo plugin enable ${id}`] : []),
  ];
}
