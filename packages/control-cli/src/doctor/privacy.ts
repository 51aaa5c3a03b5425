import { type LoadedConfig, openArchive, type PrivacyPreview, previewPrivacy } from "@mimolo/operations";
import type { Call } from "../call.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { dataDirOf } from "../place.ts";

import { table } from "../present/table.ts";
import { fit, printable } from "../present/width.ts";

const DAY_MS = 86_400_000;
const VALUE_COLUMNS = 60;

const FOR_INSTANCE = [
  "A rule in mimolo.toml looks like this:",
  "  [[privacy]]",
  '  name = "banks"',
  '  field = "data.title"    # where it looks in what an agent says',
  '  glob = "*bank*"         # which values it takes out',
  '  # action = "drop"       # the whole message goes',
];

/** `mimolo doctor --privacy`: what the rules would have done to the last day's evidence. Values are only shown with
 *  `--verbose`. */
export async function previewRules(call: Call, { privacy, files }: LoadedConfig): Promise<ExitCode> {
  const { output, options, surroundings } = call;
  const toMs = surroundings.nowMs();
  const fromMs = toMs - DAY_MS;
  const preview = await previewPrivacy(privacy, openArchive(dataDirOf(call)).evidence({ fromMs, kind: "message" }));
  if (output.options.json) {
    await output.json({
      ok: true,
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      records: preview.records,
      rules: preview.rules.map(({ rule, values, ...seen }) => ({
        ...rule,
        ...seen,
        ...(options.verbose === true ? { values } : {}),
      })),
    });
    return EXIT.done;
  }
  if (privacy.length === 0) {
    const where = files.length === 0 ? "There is no configuration" : `${files.join(", ")} has no [[privacy]] rules`;
    await output.print(`${where}: nothing is redacted or dropped.`);
    output.note(...FOR_INSTANCE);
    return EXIT.done;
  }
  await output.print(...lines(preview, call));
  output.note("", ...nextSteps(preview, options.verbose === true));
  return EXIT.done;
}

function lines({ records, rules }: PrivacyPreview, { output, options }: Call): string[] {
  const rows = rules.map(({ rule, records: hits, redacted, agents, seqs }) => [
    rule.name,
    rule.field,
    rule.action,
    String(hits),
    String(redacted),
    Object.entries(agents)
      .map(([label, count]) => `${label} ${count}`)
      .join(", ") || "–",
    seqs.join(" ") || "–",
  ]);
  const columns = [
    { title: "rule" },
    { title: "field" },
    { title: "action" },
    { title: "would hit", align: "right" },
    { title: "redacted", align: "right" },
    { title: "agents" },
    { title: "newest seq" },
  ] as const;
  const values = options.verbose === true ? rules.flatMap(({ rule, values: seen }) => valueLines(rule.name, seen)) : [];
  const looked = `The last day has ${records} message${records === 1 ? "" : "s"} of agents.`;
  return [looked, "", ...table(columns, rows, output.colour), ...values];
}

function valueLines(name: string, values: readonly string[]): string[] {
  return values.length === 0
    ? []
    : ["", `${name}:`, ...values.map((value) => `  ${fit(printable(value), VALUE_COLUMNS)}`)];
}

function nextSteps({ rules }: PrivacyPreview, verbose: boolean): string[] {
  if (rules.every(({ records }) => records === 0)) return ["Nothing that is kept now is covered by a rule."];
  return [
    ...(verbose ? [] : ["`mimolo doctor --privacy --verbose` shows the values."]),
    "Rules work on what comes from now on; `mimolo erase SEQ` empties a record that is kept.",
  ];
}
