// What a session shows while it goes on.
import type { TranscriptLine } from "@mimolo/agent-sdk/testing";
import type { Output } from "../output.ts";
import { explained } from "../present/conform.ts";
import { LiveLine } from "../present/live-line.ts";
import { fit, printable, widthOf, wrapAnywhere } from "../present/width.ts";
import { LineGate } from "./line-gate.ts";
import { lineText, rawText } from "./line-text.ts";
import type { RuleFacts, SessionState } from "./session-state.ts";

/** `sinceMs`: since the agent was started. */
export interface Screen {
  line(line: TranscriptLine, sinceMs: number): void;
  note(text: string, sinceMs: number): void;
  warn(text: string, sinceMs: number): void;
  broke(rule: RuleFacts, seen: string, isAgain: boolean): void;
  mended(rule: RuleFacts): void;
  help(): void;
  /** Says below everything else what can be done now. */
  state(state: SessionState): void;
  /** Nothing is rewritten any more. */
  end(): void;
}

const MOST_LINES_A_SECOND = 200;
/** Lines that an error or a line of stderr may take; with `--verbose` it is shown as it came. */
const MOST_WRAPPED = 6;
const NAME_WIDTH = 12;
const WIDEST = 100;

const HELP = [
  "  f  flush: ask for a summary        r  restart it",
  "  s  ask for its status              x  shut it down; r starts it again",
  "  t  stop sampling, start it again   q  end both, also Ctrl-C; twice: at once",
  "  w  ask for its widget              h  this",
  "  A file that is saved restarts it. Its own folder stays the same until you leave.",
];

export class TerminalScreen implements Screen {
  readonly #output: Output;
  readonly #below: LiveLine;
  readonly #gate = new LineGate(MOST_LINES_A_SECOND);

  constructor(output: Output, hasKeys: boolean) {
    this.#output = output;
    this.#below = new LiveLine(output, hasKeys);
  }

  line(line: TranscriptLine, sinceMs: number): void {
    if (this.#isSilent) return;
    const { isOpen, held } = this.#gate.take(line.at_ms);
    if (held > 0) this.#tellHeld(held);
    if (isOpen) this.#put(...(this.#output.options.verbose ? [this.#raw(line, sinceMs)] : this.#short(line, sinceMs)));
  }

  note(text: string, sinceMs: number): void {
    if (this.#isSilent) return;
    this.#tellHeld(this.#gate.rest());
    this.#put(`${this.#time(sinceMs)} ${this.#output.colour("dim", `· ${printable(text)}`)}`);
  }

  warn(text: string, sinceMs: number): void {
    if (this.#output.options.json) return;
    this.#put(`${this.#time(sinceMs)} ${this.#output.colour("yellow", "!")} ${printable(text)}`);
  }

  broke({ id, title, required, fix }: RuleFacts, seen: string, isAgain: boolean): void {
    const { colour, columns, options } = this.#output;
    if (options.json || (options.quiet && !required)) return;
    const sign = required ? colour("red", "✗") : colour("yellow", "!");
    const rule = { id, title: isAgain ? `${title} (still broken)` : title, required, seen, fix };
    this.#put(...explained(rule, sign, colour, Math.min(columns, WIDEST)));
  }

  mended({ id, title }: RuleFacts): void {
    const { colour, columns, options } = this.#output;
    if (!options.json)
      this.#put(`${colour("green", "✓")} ${colour("bold", id)}  ${fit(`holds again: ${title}`, columns - 11)}`);
  }

  help(): void {
    this.#put(...HELP);
  }

  state({ phase, isSampling, features }: SessionState): void {
    const can =
      phase === "working"
        ? `f flush  s status  t ${isSampling ? "stop" : "start"}${features.includes("widget_frame") ? "  w widget" : ""}  r restart  x shutdown  h help  q quit`
        : phase === "ended"
          ? "r start  h help  q quit"
          : "h help  q quit";
    this.#below.show(can);
  }

  end(): void {
    this.#tellHeld(this.#gate.rest());
    this.#below.clear();
  }

  get #isSilent(): boolean {
    return this.#output.options.json || this.#output.options.quiet;
  }

  #tellHeld(lines: number): void {
    if (lines > 0) this.#put(this.#output.colour("dim", `          … ${lines} more lines, too fast to be shown`));
  }

  #short(line: TranscriptLine, sinceMs: number): string[] {
    const { colour, columns } = this.#output;
    const { arrow, name, rest, isWrong, isError } = lineText(line);
    const time = this.#time(sinceMs);
    const left = rest === "" ? printable(name) : printable(name).padEnd(NAME_WIDTH);
    const room = Math.max(10, columns - timeText(sinceMs).length - 4 - widthOf(left) - 2);
    if (arrow === "err") return whole(rest, columns - 13, `${time} `, (text) => colour("dim", `│ ${text}`));
    const head = `${time} ${colour(isWrong || isError ? "red" : arrow === "→" ? "cyan" : "green", `${arrow} ${left}`)} `;
    if (isError) return whole(rest, room, head, (text) => colour("red", text));
    return [`${head}${fit(printable(rest), room)}`.trimEnd()];
  }

  #raw(line: TranscriptLine, sinceMs: number): string {
    const { colour } = this.#output;
    const time = this.#time(sinceMs);
    if (line.dir === "err") return `${time} ${colour("dim", `│ ${rawText(line)}`)}`;
    return `${time} ${line.dir === "in" ? colour("cyan", "→") : colour("green", "←")} ${rawText(line)}`;
  }

  #time(sinceMs: number): string {
    return this.#output.colour("dim", timeText(sinceMs));
  }

  #put(...lines: readonly string[]): void {
    this.#below.around(() => void this.#output.print(...lines));
  }
}

/** What is wrong is not cut where it begins to tell: the text in `room` columns, line below line, behind `head`. */
function whole(text: string, room: number, head: string, painted: (text: string) => string): string[] {
  const all = wrapAnywhere(printable(text), Math.max(10, room));
  const lines = all.length <= MOST_WRAPPED ? all : [...all.slice(0, MOST_WRAPPED - 1), "…"];
  const margin = " ".repeat(widthOf(head));
  return lines.map((line, index) => `${index === 0 ? head : margin}${painted(line)}`.trimEnd());
}

function timeText(sinceMs: number): string {
  return `${(Math.max(0, sinceMs) / 1000).toFixed(2).padStart(7)} s`;
}
