// Programs that run what a file of somebody's says, and how their command lines name that file.
import { basename } from "node:path";

/** How an interpreter's options are read. Options that are not named here take no value of their own. */
export interface Interpreter {
  /** Short options, alone or in a cluster such as `-Ic`, that carry code or a module's name instead of a file. */
  readonly codeLetters: string;
  readonly codeOptions: readonly string[];
  /** Options whose value is the next argument. */
  readonly valued: readonly string[];
  /** Long options that surely take no value. Absent: all that are not named here. */
  readonly flags?: RegExp;
  /** It starts the program that its arguments name, and is none of its own. */
  readonly starter?: boolean;
  /** Words that may stand before the script. */
  readonly words?: readonly string[];
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

const node: Interpreter = {
  codeLetters: "ep",
  codeOptions: ["--eval", "--print", "--run", "--test", "--experimental-default-config-file"],
  valued: NODE_VALUED,
  flags:
    /^--(no-|node-|trace-|enable-|throw-|pending-|preserve-|expose-|use-|abort-|experimental-|allow-|frozen-|force-|verify-|track-|optimize-|inspect$|inspect-(brk|wait)$|(cpu|heap)-prof$|prof$|interactive$|check$|permission$|jitless$|watch$|watch-preserve|warnings$|insecure-|entry-url$|addons$|deprecation$|global-search-paths$|openssl-(legacy|shared)|report-(on|compact|uncaught|exclude)|tls-(min|max)|zero-fill|build-snapshot$|interpreted-frames)/,
};
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

const starter: Interpreter = { codeLetters: "", codeOptions: none, valued: none, starter: true };

/** By the name of the program, versions cut off: `python3.11` is `python`. */
const KNOWN: ReadonlyMap<string, Interpreter> = new Map<string, Interpreter>([
  ["node", node],
  ["nodejs", node],
  [
    "bun",
    {
      ...node,
      codeOptions: [...node.codeOptions, "--cwd", "run", "x", "exec", "test"],
      valued: [...NODE_VALUED, "--preload", "--config"],
    },
  ],
  [
    "deno",
    {
      codeLetters: "",
      codeOptions: ["eval", "repl", "task", "test", "x"],
      words: ["run", "serve"],
      valued: ["--config", "--import-map", "--lock", "--cert", "--location", "--seed"],
    },
  ],
  ["python", python],
  ["pypy", python],
  ["sh", shell],
  ["bash", shell],
  ["dash", shell],
  ["zsh", shell],
  ["ash", shell],
  ["ksh", shell],
  ["mksh", shell],
  // These run whatever their arguments name: there is no file that says what they do.
  ...`env nice nohup timeout setsid stdbuf ionice chrt taskset xargs find busybox`
    .split(" ")
    .map((name): [string, Interpreter] => [name, starter]),
  [
    "ruby",
    {
      codeLetters: "eCX",
      codeOptions: none,
      valued: `-r -I -E -K --encoding --external-encoding --internal-encoding --enable --disable --dump
        --backtrace-limit`.split(/\s+/),
    },
  ],
  ["perl", { codeLetters: "eEmM", codeOptions: none, valued: ["-I"] }],
  [
    "php",
    {
      // What `-d` sets may be a file that is run first.
      codeLetters: "rRBEd",
      codeOptions: ["--run", "--process-code", "--process-begin", "--process-end", "--define"],
      valued: ["-c", "-z", "--php-ini"],
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

/** An option, as an interpreter reads it. */
export interface ReadOption {
  /** `--`: what follows is no option. */
  readonly end: boolean;
  /** Code or a module's name comes with it instead of a file, or what it names is looked for elsewhere. */
  readonly code: boolean;
  /** Its value is the next argument. */
  readonly valued: boolean;
  /** The value that comes with it. */
  readonly value?: string;
  /** Nobody knows whether the next argument is its value. */
  readonly unknown: boolean;
}

/** The option that an argument is; `null` for one that is none. */
export function optionOf(argument: string, interpreter: Interpreter): ReadOption | null {
  const { codeLetters, codeOptions, valued, flags } = interpreter;
  const plain = { end: false, code: false, valued: false, unknown: false };
  if (argument === "--") return { ...plain, end: true };
  if (argument === "-") return { ...plain, code: true };
  if (codeOptions.includes(argument)) return { ...plain, code: true };
  if (!argument.startsWith("-") && !(argument.startsWith("+") && valued.includes("+o"))) return null;
  if (argument.startsWith("--")) {
    const at = argument.indexOf("=");
    // Node reads both signs alike.
    const name = (at === -1 ? argument : argument.slice(0, at)).replaceAll("_", "-");
    if (codeOptions.includes(name)) return { ...plain, code: true };
    if (at !== -1) return { ...plain, value: argument.slice(at + 1) };
    if (valued.includes(name)) return { ...plain, valued: true };
    return { ...plain, unknown: flags !== undefined && !flags.test(name) };
  }
  if (valued.includes(argument)) return { ...plain, valued: true };
  for (let at = 1; at < argument.length; at++) {
    const letter = argument.charAt(at);
    if (!/[A-Za-z]/.test(letter)) break;
    if (codeLetters.includes(letter)) return { ...plain, code: true };
    // What follows such a letter is its value: `-Ximporttime`.
    if (valued.includes(`-${letter}`)) return { ...plain, value: argument.slice(at + 1) };
  }
  return plain;
}
