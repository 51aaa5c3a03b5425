// Programs that run what a file of somebody's says, and how their command lines name that file.
import { basename } from "node:path";

/** How an interpreter's options are read. Options that are not named here take no value of their own. */
export interface Interpreter {
  /** Short options, alone or in a cluster such as `-Ic`, that carry code or a module's name instead of a file. */
  readonly codeLetters: string;
  readonly codeOptions: readonly string[];
  /** Options whose value is the next argument. */
  readonly valued: readonly string[];
}

const none: readonly string[] = [];
const NODE_VALUED =
  `-r --require --import --loader --experimental-loader --env-file --env-file-if-exists -C --conditions
  --input-type --title --icu-data-dir --openssl-config --experimental-default-type --diagnostic-dir --redirect-warnings
  --report-dir --report-directory --report-filename --report-signal --trace-event-categories --trace-event-file-pattern
  --tls-cipher-list --tls-keylog --unhandled-rejections --disable-warning --secure-heap --secure-heap-min
  --max-http-header-size --heapsnapshot-signal --heapsnapshot-near-heap-limit --dns-result-order --inspect-port
  --watch-path --test-reporter --test-reporter-destination --test-name-pattern --test-skip-pattern --test-shard
  --test-concurrency --test-timeout --cpu-prof-dir --cpu-prof-name --cpu-prof-interval --heap-prof-dir --heap-prof-name
  --heap-prof-interval --localstorage-file --experimental-sea-config --experimental-config-file --build-snapshot-config
  --snapshot-blob --stack-trace-limit --allow-fs-read --allow-fs-write --network-family-autoselection-attempt-timeout
  --v8-pool-size --es-module-specifier-resolution --policy-integrity --experimental-policy`.split(/\s+/);

const node: Interpreter = { codeLetters: "ep", codeOptions: ["--eval", "--print", "--run"], valued: NODE_VALUED };
const shell: Interpreter = {
  codeLetters: "cs",
  codeOptions: none,
  valued: ["-o", "-O", "+o", "+O", "--rcfile", "--init-file"],
};
const python: Interpreter = {
  codeLetters: "cm",
  codeOptions: none,
  valued: ["-W", "-X", "-Q", "--check-hash-based-pycs"],
};

/** By the name of the program, versions cut off: `python3.11` is `python`. */
const KNOWN: ReadonlyMap<string, Interpreter> = new Map([
  ["node", node],
  ["nodejs", node],
  [
    "bun",
    {
      ...node,
      codeOptions: [...node.codeOptions, "run", "x", "exec", "test"],
      valued: [...NODE_VALUED, "--preload", "--cwd", "--config"],
    },
  ],
  [
    "deno",
    {
      codeLetters: "",
      codeOptions: ["eval", "repl", "task", "test"],
      valued: ["--config", "--import-map", "--lock", "--cert", "--location", "--seed"],
    },
  ],
  ["python", python],
  ["pypy", python],
  ["sh", shell],
  ["bash", shell],
  ["dash", shell],
  ["zsh", shell],
  ["ruby", { codeLetters: "e", codeOptions: none, valued: ["-r", "-I", "-C", "-E", "-K"] }],
  ["perl", { codeLetters: "eEmM", codeOptions: none, valued: ["-I"] }],
  [
    "php",
    {
      codeLetters: "rRBE",
      codeOptions: ["--run", "--process-code", "--process-begin", "--process-end"],
      valued: ["-c", "-d", "-z", "--php-ini", "--define"],
    },
  ],
  ["lua", { codeLetters: "e", codeOptions: none, valued: ["-l"] }],
]);

/** The interpreter a program is by one of its names (what was called, what that leads to), or `null`. */
export function interpreterOf(names: readonly string[]): Interpreter | null {
  for (const path of names) {
    if (path === process.execPath) return node;
    const name = basename(path)
      .toLowerCase()
      .replace(/\.exe$/, "");
    const known = KNOWN.get(name) ?? KNOWN.get(name.replace(/[-\d.]+$/, ""));
    if (known !== undefined) return known;
  }
  return null;
}

/** Whether this argument says that code or a module follows instead of a file. */
export function isCode(argument: string, { codeLetters, codeOptions, valued }: Interpreter): boolean {
  if (argument === "-") return true;
  const name = argument.split("=", 1)[0] ?? "";
  if (codeOptions.includes(name)) return true;
  for (const letter of /^-([A-Za-z]+)/.exec(argument)?.[1] ?? "") {
    if (codeLetters.includes(letter)) return true;
    // What follows such a letter is its value: `-Ximporttime`.
    if (valued.includes(`-${letter}`)) return false;
  }
  return false;
}
