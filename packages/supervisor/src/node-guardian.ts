import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { Alarm } from "./alarm.ts";
import { type Clock, systemClock } from "./clock.ts";

/** A tiny process that outlives us by a moment: when our end of its pipe closes, for whatever reason, it kills every process
 *  group it was told of. */
export interface Guardian {
  /** False on Windows and where there is no `/bin/sh`: then only end of stdin and the run file help against orphans. */
  readonly watching: boolean;
  readonly pid: number | null;
  add(pgid: number): void;
  remove(pgid: number): void;
  /** Ends it; groups that were not removed are killed now. */
  close(): void;
}

// `kill -9 -PGID`, because dash knows no `--`; the signals a terminal sends must not reach it, so it also leads its own group.
const SCRIPT = `trap '' INT TERM HUP QUIT PIPE
all=' '
while read -r sign pgid; do
  case $sign in
    +) all="$all$pgid " ;;
    -) case $all in *" $pgid "*) all="\${all%%" $pgid "*} \${all#*" $pgid "}" ;; esac ;;
  esac
done
for pgid in $all; do kill -9 -"$pgid" 2>/dev/null; done`;

const SHELL = "/bin/sh";
const AGAIN_MS = 1_000;

/** Starts the guardian; if someone kills it, another takes its place a second later and is told everything again. */
export function startGuardian(options: { readonly clock?: Clock } = {}): Guardian {
  if (process.platform === "win32" || !existsSync(SHELL)) return absentGuardian;
  return new ShellGuardian(options.clock ?? systemClock);
}

const absentGuardian: Guardian = {
  watching: false,
  pid: null,
  add: () => undefined,
  remove: () => undefined,
  close: () => undefined,
};

class ShellGuardian implements Guardian {
  readonly #groups = new Set<number>();
  readonly #restart: Alarm;
  #news = "";
  #shell: ChildProcess | null = null;

  constructor(clock: Clock) {
    this.#restart = new Alarm(clock);
    this.#begin();
  }

  get watching(): boolean {
    return this.#shell !== null;
  }

  get pid(): number | null {
    return this.#shell?.pid ?? null;
  }

  add(pgid: number): void {
    this.#groups.add(pgid);
    this.#tell(`+ ${pgid}\n`);
  }

  remove(pgid: number): void {
    if (this.#groups.delete(pgid)) this.#tell(`- ${pgid}\n`);
  }

  close(): void {
    const shell = this.#shell;
    this.#shell = null;
    this.#restart.end();
    shell?.stdin?.end(this.#news);
    this.#news = "";
  }

  // Many agents start within a moment, and every word wakes the guardian up: those of one turn of the event loop are gathered.
  #tell(word: string): void {
    if (this.#news === "") setImmediate(() => this.#sendNews());
    this.#news += word;
  }

  #sendNews(): void {
    if (this.#news === "") return;
    this.#shell?.stdin?.write(this.#news);
    this.#news = "";
  }

  #begin(): void {
    const shell = spawn(SHELL, ["-c", SCRIPT, "mimolo-guardian"], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
      cwd: "/",
      env: {},
    });
    const over = () => {
      if (this.#shell !== shell) return;
      this.#shell = null;
      this.#restart.set(AGAIN_MS, () => this.#begin());
    };
    shell.once("error", over);
    shell.once("exit", over);
    shell.stdin.on("error", () => undefined);
    this.#shell = shell;
    // It must not keep a host alive that has nothing else to do; its own end tells it that the host is gone.
    shell.unref();
    this.#news = [...this.#groups].map((pgid) => `+ ${pgid}\n`).join("");
    this.#sendNews();
  }
}
