// `mimolo add`, beside what is there already: other agents, and a collector that runs.
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { dataDirectory } from "@mimolo/operations";
import { expect, onTestFinished, test, vi } from "vitest";
import { main } from "../../src/main.ts";
import { captured } from "../captured.ts";
import { trustPlace } from "../trust/place.ts";

vi.setConfig({ testTimeout: 60_000 });

function scripted(...names: string[]) {
  const at = trustPlace();
  for (const name of names) {
    writeFileSync(join(at.cwd, name), "#!/bin/sh\necho it\n");
    chmodSync(join(at.cwd, name), 0o755);
  }
  const file = join(at.cwd, "mimolo.toml");
  // What stands behind the command is its own.
  const mimolo = async (...argv: string[]) => {
    const { surroundings, out, err } = captured({
      cwd: at.cwd,
      env: { XDG_CONFIG_HOME: join(at.cwd, "config"), PATH: process.env["PATH"] ?? "" },
    });
    const code = await main(["--data-dir", at.dataDir, ...argv], surroundings);
    return { code, out: out(), err: err() };
  };
  const add = (label: string, script: string, ...more: string[]) =>
    mimolo("add", label, "--as", "lines", ...more, "--", `./${script}`);
  return { ...at, file, mimolo, add };
}

/** Counts what is asked of the collector of a data directory, and hands it on. */
async function countedRequests(dataDir: string): Promise<string[]> {
  const { address } = dataDirectory(dataDir);
  const told = JSON.parse(readFileSync(address, "utf8")) as { socket: string };
  const socket = join(dataDir, "proxy.sock");
  const asked: string[] = [];
  const proxy = createServer((incoming, answer) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    const { method, url: path, headers } = incoming;
    const outgoing = request({ socketPath: told.socket, method, path, headers }, (taken) => {
      answer.writeHead(taken.statusCode ?? 500, taken.headers);
      taken.pipe(answer);
    });
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => void proxy.listen(socket, resolve));
  onTestFinished(() => void proxy.close());
  writeFileSync(address, JSON.stringify({ ...told, socket }));
  return asked;
}

test("a section whose script is gone is warned of, and keeps nobody from adding another", async () => {
  const { cwd, file, add, mimolo } = scripted("gone.sh", "new.sh", "third.sh");
  expect((await add("gone", "gone.sh")).code).toBe(0);
  rmSync(join(cwd, "gone.sh"));
  const added = await add("new", "new.sh");
  expect(added).toMatchObject({ code: 0 });
  expect(added.err).toMatch(/gone is blocked: [^\n]*mimolo\.toml:\d+: executable of \[plugins\.gone\]: [^\n]*gone\.sh/);
  expect(readFileSync(file, "utf8")).toContain('[plugins.new]\nexecutable = "./new.sh"');
  const third = await mimolo("add", "third", "--as", "lines", "--json", "--", "./third.sh");
  expect(JSON.parse(third.out)).toMatchObject({ label: "third", blocked: [{ label: "gone" }] });
  // What is added has to be there itself, and so has what an agent is changed to.
  const wrong = await mimolo("agent", "config", "new", "executable=./gone.sh", "--json");
  expect(JSON.parse(wrong.err)).toMatchObject({ error: { code: "missing-executable" } });
  expect(readFileSync(file, "utf8")).toContain('[plugins.new]\nexecutable = "./new.sh"');
  // And one that is in the way can be taken out.
  expect((await mimolo("agent", "remove", "gone", "--yes")).code).toBe(0);
  expect(readFileSync(file, "utf8")).not.toContain("[plugins.gone]");
});

test("a collector that runs is asked once what it goes by", async () => {
  const { cwd, dataDir, running, add } = scripted("one.sh", "two.sh");
  await running();
  const asked = await countedRequests(dataDir);
  const reads = () => asked.splice(0).filter((each) => each.startsWith("GET /api/v1/config"));
  expect((await add("one", "one.sh")).code).toBe(0);
  expect(reads()).toHaveLength(1);
  writeFileSync(join(cwd, "other.toml"), "");
  expect((await add("two", "two.sh", "--config", "other.toml")).code).toBe(0);
  expect(reads()).toHaveLength(1);
});

test("what its settings may not be is refused before anything is written", async () => {
  const { file, mimolo } = scripted("one.sh");
  const refused = async (...more: string[]) => {
    const { code, err } = await mimolo("add", "one", "--as", "lines", "--json", ...more);
    return { exit: code, ...(JSON.parse(err) as { error: { code: string; message: string } }).error };
  };
  expect(await refused("--timeout", "2h", "--", "./one.sh")).toMatchObject({
    exit: 2,
    message: expect.stringContaining(
      '"timeout_s" in [plugins.one] must be a number from 0.1 to 3600; found the number 7200',
    ),
  });
  expect(await refused("--", "./one.sh", "x".repeat(110_000))).toMatchObject({
    exit: 2,
    message: expect.stringContaining('of which args[0], "xxxxxxxxxxxxxxxxxxxx…", takes 110,000'),
  });
  expect(() => readFileSync(file)).toThrow();
});

test("a configuration with such settings is refused by a dry run", async () => {
  const { file, mimolo } = scripted("one.sh");
  const section = '[plugins.one]\nexecutable = "./one.sh"\nas = "lines"\n';
  for (const [line, told] of [
    ['timeout_s = "soon"', '"timeout_s" in [plugins.one] must be a number from 0.1 to 3600; found the text "soon"'],
    ['activity = "chagnes"', 'found the text "chagnes", did you mean "changes"?'],
  ] as const) {
    writeFileSync(file, `${section}${line}\n`);
    const { code, err } = await mimolo("run", "--dry-run", "--config", file);
    expect(code).toBe(2);
    expect(err).toContain(told);
  }
});
