// `console.*` and stray prints become log messages: stdout carries the protocol and nothing else.
import type { LogLevel } from "@mimolo/protocol/wire";

const LEVELS = [
  ["debug", "debug"],
  ["log", "info"],
  ["info", "info"],
  ["warn", "warning"],
  ["error", "error"],
] as const;
/** An unfinished line longer than this is passed on as it is. */
const LONGEST_LINE = 8192;

/** Sends what `console` and `process.stdout.write` print to `printed`, line by line; what it returns undoes that. */
export function captureConsole(printed: (level: LogLevel, text: string) => void): () => void {
  const undo: (() => void)[] = [];
  for (const [method, level] of LEVELS) {
    const original = console[method];
    console[method] = (...values: unknown[]) => {
      printed(level, process.getBuiltinModule("node:util").format(...values));
    };
    undo.push(() => {
      console[method] = original;
    });
  }
  const property = Object.getOwnPropertyDescriptor(process, "stdout");
  if (property !== undefined) {
    const take = () => {
      Object.defineProperty(process, "stdout", property);
      const { stdout } = process;
      Object.assign(stdout, { write: lineWriter((line) => printed("info", line)) });
      undo.push(() => Reflect.deleteProperty(stdout, "write"));
      return stdout;
    };
    // The stream is made when someone first asks for it, and most agents never do. Who asked before now holds it.
    if (mayBeMade()) take();
    else Object.defineProperty(process, "stdout", { ...property, get: take });
    undo.push(() => Object.defineProperty(process, "stdout", property));
  }
  return () => {
    for (const step of undo.splice(0).toReversed()) step();
  };
}

/** Whether `process.stdout` may exist already: one of the modules behind it is loaded. Even `import … from "node:process"`
 *  makes it. To ask the property itself would make it too. */
function mayBeMade(): boolean {
  const loaded: unknown = Reflect.get(process, "moduleLoadList");
  return (
    !Array.isArray(loaded) ||
    ["net", "tty", "internal/fs/sync_write_stream"].some((name) => loaded.includes(`NativeModule ${name}`))
  );
}

type Written = (error?: Error | null) => void;

/** A `write` that gathers text into lines. */
function lineWriter(line: (text: string) => void) {
  let rest = "";
  return (chunk: string | Uint8Array, encoding?: BufferEncoding | Written, written?: Written): boolean => {
    rest += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE) {
      lines.push(rest);
      rest = "";
    }
    for (const text of lines) if (text !== "") line(text);
    const done = typeof encoding === "function" ? encoding : written;
    if (done !== undefined) queueMicrotask(done);
    return true;
  };
}
