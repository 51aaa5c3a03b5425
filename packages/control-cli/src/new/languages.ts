// What each language needs to be built, tested and run.
import type { Names } from "./names.ts";

export const LANGUAGES = ["ts", "js", "py", "go", "rust", "sh"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface LanguageFacts {
  readonly title: string;
  /** What has to be here. */
  readonly needs: string;
  /** How `mimolo` is called in its folder. */
  readonly mimolo: string;
  /** Commands that lead to a program that runs, in order; the last tests it. */
  readonly build: (names: Names) => readonly string[];
  /** The program and its arguments. */
  readonly command: (names: Names) => readonly [string, ...string[]];
  /** The line of plugin.toml that names it. */
  readonly entry: (names: Names) => string;
  /** What any program of that language has to be granted. */
  readonly capabilities: readonly string[];
  /** The file in which the program says its version, the same as plugin.toml's. */
  readonly versionIn: string;
  /** Its files: which to change, which to leave. */
  readonly files: readonly (readonly [name: string, purpose: string])[];
}

const viaNpm = ["npm install", "npm run build", "npm test"];
const bundled = {
  needs: "Node.js 20.19 or later, and npm",
  mimolo: "npx mimolo",
  build: () => viaNpm,
  command: (): readonly [string, ...string[]] => ["node", "dist/main.cjs"],
  entry: () => 'entry = "dist/main.cjs"',
  capabilities: [],
} as const;
const own = { mimolo: "mimolo", capabilities: [] } as const;

export const languageFacts: Readonly<Record<Language, LanguageFacts>> = {
  ts: {
    ...bundled,
    title: "TypeScript",
    versionIn: "src/plugin.ts",
    files: [
      ["src/plugin.ts", "yours"],
      ["src/main.ts", "starts it; `npm run build` makes `dist/main.cjs` of both, with all they need"],
      ["test/plugin.test.ts", "its test; `npm run types` checks the types"],
    ],
  },
  js: {
    ...bundled,
    title: "JavaScript",
    versionIn: "src/plugin.mjs",
    files: [
      ["src/plugin.mjs", "yours"],
      ["src/main.mjs", "starts it; `npm run build` makes `dist/main.cjs` of both, with all they need"],
      ["test/plugin.test.mjs", "its test"],
    ],
  },
  py: {
    ...own,
    title: "Python",
    versionIn: "main.py",
    needs: "Python 3.9 or later, nothing else",
    build: () => ["python3 -m unittest"],
    command: () => ["python3", "main.py"],
    entry: () => 'entry = "main.py"',
    files: [
      ["main.py", "yours"],
      ["jlp.py", "speaks the protocol"],
      ["faults.py", "says in which line what went wrong"],
      ["spool.py", "keeps evidence until the collector has it for good"],
      ["test_main.py", "its test"],
    ],
  },
  go: {
    ...own,
    title: "Go",
    versionIn: "main.go",
    needs: "Go 1.22 or later, nothing else",
    build: ({ program }) => [`CGO_ENABLED=0 go build -o bin/${program} .`, "go test ./..."],
    command: ({ program }) => [`bin/${program}`],
    entry: ({ program }) => `binary = "bin/${program}"`,
    files: [
      ["main.go", "yours"],
      ["jlp.go", "speaks the protocol"],
      ["spool.go", "keeps evidence until the collector has it for good"],
      ["main_test.go", "its test"],
    ],
  },
  rust: {
    ...own,
    title: "Rust",
    versionIn: "Cargo.toml",
    needs: "Rust 1.85 or later with cargo, and a C compiler to link with",
    build: ({ program }) => [
      "cargo build --release",
      `mkdir -p bin && cp .target/release/${program} bin/`,
      "cargo test --release",
    ],
    command: ({ program }) => [`bin/${program}`],
    entry: ({ program }) => `binary = "bin/${program}"`,
    files: [
      ["src/main.rs", "yours, with its tests"],
      ["src/jlp.rs", "speaks the protocol"],
      ["src/jlp/", "the two pipes, and what keeps evidence until the collector has it for good"],
      ["tests/crash.rs", "kills it, and asks it what it saw"],
      [".cargo/config.toml", "builds in `.target`, which is not packed"],
    ],
  },
  sh: {
    ...own,
    title: "POSIX shell",
    versionIn: "main.sh",
    needs: "a POSIX shell with awk, mkfifo, mktemp and sleep",
    build: () => ["sh test.sh"],
    command: () => ["sh", "main.sh"],
    entry: () => 'entry = "main.sh"',
    // A shell can do nothing without other programs.
    capabilities: ["subprocess"],
    files: [
      ["main.sh", "yours"],
      ["jlp.sh", "speaks the protocol"],
      ["jlp.awk", "reads commands as the JSON they are"],
      ["spool.sh", "keeps evidence until the collector has it for good"],
      ["test.sh", "its test"],
    ],
  },
};
