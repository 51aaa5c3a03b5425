import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const host = fileURLToPath(new URL("hosts/registers.mjs", import.meta.url));
/** A process that can start no other and write nothing: Node itself sees to it. */
const CONFINED = [Number(process.versions.node.split(".")[0]) >= 24 ? "--permission" : "--experimental-permission"];
const READS_ALL = ["--allow-fs-read=*", "--no-warnings"];

const BROKEN = ["toml", "entry", "type", "id", "protocol"] as const;

test("two hundred plugins, fifty of them broken, are looked at without running, loading or writing anything", async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mimolo scan ")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const [data, project] = [join(root, "data"), join(root, "project")];
  const places = [join(data, "plugins", "dev"), join(project, "registry"), join(project, "node_modules")];
  for (let index = 0; index < 200; index += 1) {
    const place = places[index % places.length] ?? "";
    const broken = index % 4 === 3 ? BROKEN[((index - 3) / 4) % BROKEN.length] : undefined;
    write(join(place, `p${String(index).padStart(3, "0")}`), index, broken, place.endsWith("node_modules"));
  }
  const { stdout } = await promisify(execFile)(process.execPath, [...CONFINED, ...READS_ALL, host, data, project]);
  const said = JSON.parse(stdout) as {
    confined: boolean;
    tookMs: number;
    plugins: string[];
    problems: { path: string; code: string; message: string }[];
  };
  expect(new Set(said.plugins).size).toBe(150);
  expect(said.plugins).toHaveLength(150);
  expect(said.confined).toBe(true);
  const counts: Record<string, number> = {};
  for (const { code } of said.problems) counts[code] = (counts[code] ?? 0) + 1;
  expect(counts).toEqual({
    "invalid-toml": 10,
    "missing-file": 10,
    "invalid-value": 10,
    "duplicate-id": 10,
    incompatible: 10,
  });
  expect(new Set(said.problems.map(({ path }) => path)).size).toBe(50);
  // 0.3 s on a quiet machine; one that took a look for each pair of them would take minutes.
  expect(said.tookMs).toBeLessThan(20_000);
});

/** What runs it is found out: it ends the process and leaves a trace. */
const TRIPWIRE = `import { writeFileSync } from "node:fs"; try { writeFileSync(new URL("tripped", import.meta.url), ""); } catch {} process.exit(99);\n`;

function write(folder: string, index: number, broken: (typeof BROKEN)[number] | undefined, npm: boolean): void {
  mkdirSync(folder, { recursive: true });
  const id = broken === "id" ? `acme.p${index - 3}` : `acme.p${index}`;
  const lines = [
    "[plugin]",
    `id = "${id}"`,
    broken === "toml" ? "name = = 1" : 'name = "One"',
    'version = "1.0.0"',
    broken === "type" ? "type = 5" : 'type = "agent"',
    'entry = "main.mjs"',
    'config_schema = "schema.mjs"',
    ...(broken === "protocol" ? ["[plugin.protocol]", 'min = "9.0"'] : []),
  ];
  writeFileSync(join(folder, "plugin.toml"), `${lines.join("\n")}\n`);
  if (broken !== "entry") writeFileSync(join(folder, "main.mjs"), TRIPWIRE);
  for (const name of ["schema.mjs", "index.js", "preinstall.js"]) writeFileSync(join(folder, name), TRIPWIRE);
  const scripts = { preinstall: "node preinstall.js" };
  if (npm) writeFileSync(join(folder, "package.json"), JSON.stringify({ main: "index.js", scripts, mimolo: true }));
}
