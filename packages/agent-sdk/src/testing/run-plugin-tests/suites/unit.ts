// Each part by itself: what the plugin says of itself, its program as text, its settings, its own tests.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { must, NotHere, type PluginCase, pluginCase } from "../plugin-case.ts";
import type { TestStand } from "../stand.ts";

const PYTHON = [process.platform === "win32" ? "python" : "python3"] as const;
const PYTHON_TESTS = /^test_.*\.py$/;
const OWN_TESTS = /\.test\.[cm]?js$/;
const OWN_TESTS_MS = 120_000;
/** Set for a plugin's own tests, which may well call `runPluginTests` themselves. */
const WITHIN = "MIMOLO_PLUGIN_TESTS";

export function unit(stand: TestStand): PluginCase[] {
  const { folder } = stand;
  return [
    pluginCase("its plugin.toml says what it must", async () => {
      must(folder.faults.length === 0, folder.faults.join("; "));
    }),
    pluginCase("its program is there and can be read", async () => {
      const { entry, runtime } = stand.manifest;
      if (stand.options.command !== undefined) throw new NotHere("another command stands in for the program");
      const program = join(folder.dir, entry);
      const found = await stat(program).catch(() => null);
      must(found?.isFile(), `${entry} is no file`);
      const reader = READERS[runtime];
      if (reader === undefined) return;
      const [command, ...args] = reader;
      const { code, said } = await run(command, [...args, program], folder.dir);
      must(code === 0, `${entry} cannot be read: ${said.slice(0, 500)}`);
    }),
    pluginCase("its settings fit their schema", async () => {
      must(folder.faults.length === 0, folder.faults.join("; "));
      if (folder.configSchema === null) throw new NotHere("it has no config_schema");
      const { Ajv } = createRequire(import.meta.url)("ajv") as typeof import("ajv");
      // As a collector reads it: whatever draft it names.
      const reading = { strict: false, meta: false, validateSchema: false, validateFormats: false } as const;
      const ajv = new Ajv({ ...reading, allErrors: true, ownProperties: true, logger: false });
      const fits = ajv.compile(folder.configSchema);
      must(fits(stand.config), () => ajv.errorsText(fits.errors, { dataVar: "settings" }));
    }),
    pluginCase("its own tests pass", async () => {
      if (process.env[WITHIN] !== undefined) throw new NotHere("they are what is running");
      const isPython = folder.manifest?.runtime === "python";
      const files = await testsIn(folder.dir, isPython ? PYTHON_TESTS : OWN_TESTS);
      if (files.length === 0) throw new NotHere(`it has none: ${isPython ? "test/test_*.py" : "test/*.test.mjs"}`);
      const [command, ...args] = isPython
        ? [...PYTHON, "-m", "unittest", "discover", "-s", dirname(files[0] ?? "")]
        : [process.execPath, "--test", ...files];
      const { code, said } = await run(command, args, folder.dir);
      must(code === 0, `they end with ${code}: ${failedIn(said)}`);
    }),
  ];
}

const READERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  node: [process.execPath, "--check"],
  python: [...PYTHON, "-c", "import ast, sys; ast.parse(open(sys.argv[1], 'rb').read())"],
  shell: ["sh", "-n"],
};

async function testsIn(dir: string, names: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const folder of ["test", "tests", "."]) {
    const entries = await readdir(join(dir, folder), { withFileTypes: true }).catch(() => []);
    found.push(
      ...entries.filter((each) => each.isFile() && names.test(each.name)).map(({ name }) => join(folder, name)),
    );
  }
  return found;
}

async function run(command: string, args: readonly string[], cwd: string): Promise<{ code: number; said: string }> {
  // Under another test runner, `node --test` would report to that one.
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...environment } = process.env;
  const child = spawn(command, args, {
    cwd,
    env: { ...environment, [WITHIN]: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: OWN_TESTS_MS,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return { code: code ?? -1, said };
  } catch (error) {
    return { code: 127, said: String(error) };
  }
}

/** The first failure of a test report, whatever its form. */
function failedIn(said: string): string {
  const at = said.search(/^(?:not ok|✖|FAIL|ERROR)/m);
  return said.slice(Math.max(0, at)).slice(0, 500);
}
