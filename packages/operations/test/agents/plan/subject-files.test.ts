import { expect, test } from "vitest";
import { type FilesHere, subjectFiles } from "../../../src/agents/plan/subject-files.ts";

const there = new Map<string, string>([
  ["/usr/bin/node", "/usr/bin/node"],
  ["/usr/bin/python3", "/usr/bin/python3.11"],
  ["/bin/sh", "/usr/bin/dash"],
  ["/home/a/.pyenv/shims/python3", "/home/a/.pyenv/shims/python3"],
  ["/home/a/project/python3", "/home/a/project/python3"],
  ["/home/a/agent.py", "/home/a/agent.py"],
  ["agent.py", "/home/a/agent.py"],
  ["agent.mjs", "/home/a/agent.mjs"],
  ["link.mjs", "/home/a/real.mjs"],
  ["setup.mjs", "/home/a/setup.mjs"],
  [".env", "/home/a/.env"],
  ["data.json", "/home/a/data.json"],
  ["agent.sh", "/home/a/agent.sh"],
]);
const onPath = ["/usr/bin/", "/bin/", "/home/a/.pyenv/shims/"];
const isInstalled = (executable: string) =>
  executable === process.execPath || onPath.some((folder) => executable.startsWith(folder));
const folders = ["evil", "evil.js"];
const here: FilesHere = {
  file: (path) => there.get(path) ?? null,
  stands: (path) => there.has(path) || folders.some((name) => name === path || name === `${path}.js`),
  isInstalled,
};

const filesOf = (executable: string, ...args: string[]) => subjectFiles({ executable, args }, here).files;
const NODE = "/usr/bin/node";

test("a program of somebody's own is its own file, whatever its arguments name", () => {
  expect(filesOf("/home/a/agent.py", "data.json")).toEqual(["/home/a/agent.py"]);
  expect(subjectFiles({ executable: "/opt/agent", args: [] }, here)).toEqual({
    files: ["/opt/agent"],
    program: "/opt/agent",
    interpreted: false,
    missing: null,
  });
});

test("with an interpreter it is the first argument that is a file, its links followed", () => {
  expect(filesOf(NODE, "agent.mjs", "data.json")).toEqual(["/home/a/agent.mjs"]);
  expect(filesOf(NODE, "link.mjs")).toEqual(["/home/a/real.mjs"]);
  expect(filesOf("/usr/bin/python3", "-u", "agent.py")).toEqual(["/home/a/agent.py"]);
  expect(filesOf("/bin/sh", "-e", "agent.sh")).toEqual(["/home/a/agent.sh"]);
  expect(filesOf(process.execPath, "--no-warnings", "agent.mjs")).toEqual(["/home/a/agent.mjs"]);
});

test("files that options name before the script count too, and their values are not taken for it", () => {
  expect(filesOf(NODE, "--import", "setup.mjs", "agent.mjs")).toEqual(["/home/a/agent.mjs", "/home/a/setup.mjs"]);
  expect(filesOf(NODE, "-r", "setup.mjs", "agent.mjs")).toEqual(["/home/a/agent.mjs", "/home/a/setup.mjs"]);
  expect(filesOf(NODE, "--require=setup.mjs", "agent.mjs")).toEqual(["/home/a/agent.mjs", "/home/a/setup.mjs"]);
  expect(filesOf(NODE, "--env-file", ".env", "agent.mjs")).toEqual(["/home/a/agent.mjs", "/home/a/.env"]);
  expect(filesOf(NODE, "--conditions", "agent.mjs", "link.mjs")).toContain("/home/a/real.mjs");
  expect(filesOf("/usr/bin/python3", "-W", "ignore", "-Ximporttime", "agent.py")).toEqual(["/home/a/agent.py"]);
});

test("an option that nobody knows may take the next file as its value, and then the one behind it is run", () => {
  expect(filesOf(NODE, "--newer-than-we", "agent.mjs", "data.json")).toEqual([
    "/home/a/agent.mjs",
    "/home/a/data.json",
  ]);
  expect(filesOf(NODE, "--experimental_loader", "setup.mjs", "agent.mjs")).toEqual([
    "/home/a/agent.mjs",
    "/home/a/setup.mjs",
  ]);
  expect(filesOf(NODE, "--newer-than-we", "value", "agent.mjs", "data.json")).toEqual(["/home/a/agent.mjs"]);
  expect(filesOf("/usr/bin/ruby", "-rsetup.mjs", "agent.py")).toContain("/home/a/setup.mjs");
  expect(filesOf(NODE, "--", "agent.mjs")).toEqual(["/home/a/agent.mjs"]);
  expect(filesOf("/usr/bin/deno", "run", "-A", "agent.mjs")).toEqual(["/home/a/agent.mjs"]);
});

test("what follows the script is its own business", () => {
  expect(filesOf(NODE, "agent.mjs", "--import", "setup.mjs", "-e", "1")).toEqual(["/home/a/agent.mjs"]);
});

test.each([
  ["/usr/bin/node", ["-e", "1", "agent.mjs"]],
  ["/usr/bin/node", ["--eval=1", "agent.mjs"]],
  ["/usr/bin/node", ["-pe", "1", "agent.mjs"]],
  ["/usr/bin/node", ["-"]],
  ["/usr/bin/node", []],
  ["/usr/bin/node", ["nowhere.mjs"]],
  ["/usr/bin/python3", ["-c", "1", "agent.py"]],
  ["/usr/bin/python3", ["-Im", "http.server"]],
  ["/bin/sh", ["-ec", "true", "agent.sh"]],
  ["/usr/bin/perl", ["-Mevil", "agent.py"]],
  ["/usr/bin/php", ["-r", "1;", "agent.py"]],
  ["/usr/bin/deno", ["eval", "1", "agent.mjs"]],
  ["/usr/bin/deno", ["run", "https://example.org/a.ts", "agent.mjs"]],
  ["/usr/bin/node", ["evil", "agent.mjs"]],
  ["/usr/bin/node", ["nowhere", "agent.mjs"]],
  ["/usr/bin/node", ["--import", "data:text/javascript,1", "agent.mjs"]],
  ["/usr/bin/node", ["--import=data:text/javascript,1", "agent.mjs"]],
  ["/usr/bin/node", ["--", "-evil.mjs", "agent.mjs"]],
  ["/usr/bin/node", ["--test", "agent.mjs"]],
  ["/usr/bin/node", ["+evil.mjs", "agent.mjs"]],
  ["/usr/bin/python3", ["evil", "agent.py"]],
  ["/usr/bin/ruby", ["-C", "/tmp", "agent.py"]],
  ["/usr/bin/php", ["-d", "auto_prepend_file=/tmp/evil.php", "agent.py"]],
  ["/usr/bin/env", ["python3", "agent.py"]],
  ["/bin/busybox", ["sh", "agent.sh"]],
])("%s %j has no file that anybody could allow", (executable, args) => {
  expect(subjectFiles({ executable, args }, here)).toMatchObject({ files: [], program: null, interpreted: true });
});

test("versions in an interpreter's name make no difference", () => {
  for (const name of [
    "python3.11",
    "python",
    "pypy3",
    "nodejs",
    "node20",
    "ruby3.1",
    "php8.2",
    "lua5.4",
    "perl5.36.0",
  ]) {
    expect(filesOf(`/usr/bin/${name}`, "agent.py"), name).toEqual(["/home/a/agent.py"]);
  }
  expect(filesOf("/usr/bin/nodemon", "agent.py")).toEqual(["/usr/bin/nodemon"]);
});

test("a shim on PATH is the machine's interpreter; a program elsewhere that bears its name is a file of its own", () => {
  expect(filesOf("/home/a/.pyenv/shims/python3", "agent.py")).toEqual(["/home/a/agent.py"]);
  expect(filesOf("/home/a/project/python3", "agent.py")).toEqual(["/home/a/agent.py", "/home/a/project/python3"]);
});

test("a script that is not there is told from code", () => {
  const missing = (...args: string[]) => subjectFiles({ executable: "/usr/bin/python3", args }, here).missing;
  expect(missing("-u", "agnet.py", "--fast")).toBe("agnet.py");
  expect(missing("-c", "print()", "agnet.py")).toBe(null);
  expect(missing("-u")).toBe(null);
  expect(missing("agent.py", "agnet.py")).toBe(null);
});
