import { type Colour, colourFor } from "./present/colour.ts";
import { printable } from "./present/width.ts";
import type { Sink, Surroundings } from "./surroundings.ts";

export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** What a command says. Answers and remarks go to stdout, warnings to stderr; a reader that went
 *  away (`| head`) ends the answers without a word. */
export class Output {
  readonly colour: Colour;
  readonly warningColour: Colour;
  readonly options: OutputOptions;
  readonly #stdout: Sink;
  readonly #stderr: Sink;
  #closed = false;

  constructor(surroundings: Pick<Surroundings, "stdout" | "stderr" | "env">, options: OutputOptions) {
    this.options = options;
    this.#stdout = surroundings.stdout;
    this.#stderr = surroundings.stderr;
    this.colour = colourFor(this.#stdout, surroundings.env);
    this.warningColour = colourFor(this.#stderr, surroundings.env);
    this.#stdout.on("error", (error) => this.#failed(error));
    this.#stderr.on("error", () => {});
  }

  /** True once nobody reads stdout any more. */
  get closed(): boolean {
    return this.#closed;
  }

  get isTerminal(): boolean {
    return this.#stdout.isTTY === true;
  }

  /** Columns of the terminal; 80 where there is none. */
  get columns(): number {
    return this.#stdout.columns ?? 80;
  }

  /** Lines of the answer. Resolves when the reader has room for more. */
  async print(...lines: readonly string[]): Promise<void> {
    if (lines.length > 0) await this.write(`${lines.join("\n")}\n`);
  }

  /** The answer as one JSON document on one line. */
  async json(value: unknown): Promise<void> {
    await this.jsonLine(JSON.stringify(value));
  }

  /** One JSON document, as it is written; at a terminal what would move or colour it is escaped, which means the same. */
  async jsonLine(text: string): Promise<void> {
    await this.print(this.isTerminal ? printable(text) : text);
  }

  /** Text as it is. Resolves when the reader has room for more. */
  async write(text: string): Promise<void> {
    if (this.#closed || this.#stdout.write(text)) return;
    await new Promise<void>((resolve) => {
      const go = () => {
        this.#stdout.off("drain", go);
        this.#stdout.off("error", go);
        resolve();
      };
      this.#stdout.on("drain", go);
      this.#stdout.on("error", go);
    });
  }

  /** A remark for people, beside a human answer; nowhere with `--quiet` or `--json`. */
  note(...lines: readonly string[]): void {
    if (this.options.quiet || this.options.json || this.#closed || lines.length === 0) return;
    this.#stdout.write(`${lines.join("\n")}\n`);
  }

  /** Something that matters but stops nothing, on stderr, also with `--quiet`; one object a line with `--json`. */
  warn(message: string): void {
    const told = `${this.warningColour("yellow", "warning:")} ${message}`;
    this.#stderr.write(`${this.options.json ? JSON.stringify({ warning: { message } }) : told}\n`);
  }

  #failed(error: NodeJS.ErrnoException | undefined): void {
    this.#closed = true;
    if (error?.code !== "EPIPE" && error?.code !== "EIO") this.#stderr.write(`mimolo: stdout: ${error?.message}\n`);
  }
}
