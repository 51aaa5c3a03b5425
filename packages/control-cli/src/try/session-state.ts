// What is known of a session with one agent, what can happen in it, and what is to be done then.

export interface RuleFacts {
  readonly id: string;
  readonly title: string;
  readonly required: boolean;
  readonly fix: string;
}

/** A rule that a life of the agent has broken, and where in that life: so it is known when it could have broken again. */
export interface Broken {
  readonly id: string;
  readonly seen: string;
  /** The last command before it; null where there was none. */
  readonly afterCommand: string | null;
  /** Milliseconds since that command, or since that life began. */
  readonly afterMs: number;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
}

/** `starting` until its handshake is answered; `ended` while nothing runs and somebody may start it again. */
export type Phase = "starting" | "working" | "ending" | "ended" | "left";

export interface SessionState {
  readonly phase: Phase;
  /** Somebody sits at the keys: an agent that ends may be started again. */
  readonly isAttended: boolean;
  /** What follows its end, while it is ending. */
  readonly afterwards: "nothing" | "restart" | "quit";
  readonly wasKilled: boolean;
  readonly startedMs: number;
  readonly features: readonly string[];
  readonly isSampling: boolean;
  /** Commands of keys that wait for their answer. */
  readonly awaited: readonly string[];
  /** When each command of this life was last told, and which was the last. */
  readonly toldMs: ReadonlyMap<string, number>;
  readonly lastCommand: string | null;
  /** Of the whole session, by type. */
  readonly messages: Readonly<Record<string, number>>;
  /** Whether it has introduced itself in this life. */
  readonly isIntroduced: boolean;
  /** Why this life came to nothing; null where it did not. */
  readonly neverStarted: string | null;
  /** What it reported in this life as errors: each text once, the first few of them, and how many there were. */
  readonly errors: readonly string[];
  readonly errorCount: number;
  /** In this life, in order. */
  readonly broken: readonly Broken[];
  /** In lives before, and not seen to hold since. */
  readonly unmended: readonly Broken[];
  /** Ids of rules that were broken, and hold again. */
  readonly mended: readonly string[];
  /** Saved files that no restart has answered yet. */
  readonly changed: readonly string[];
  /** When saves have restarted it, in the last minute. */
  readonly restartedMs: readonly number[];
  readonly ended: Ending | null;
  /** It ended unasked, and not well. */
  readonly hasCrashed: boolean;
  /** The line of this life's stderr that says most of its end. */
  readonly lastWords: string | null;
}

export type Key = "flush" | "status" | "toggle" | "widget" | "restart" | "shutdown" | "help" | "quit";

export type Timer = "over" | "end" | "quiet" | "flush" | `answer:${string}`;

/** `at_ms`: the session's own clock. */
export type SessionEvent = { readonly at_ms: number } & (
  | { readonly what: "began"; readonly forMs: number | null }
  | { readonly what: "started"; readonly pid: number }
  | { readonly what: "working"; readonly features: readonly string[] }
  | { readonly what: "told"; readonly cmd: string }
  /** A line of its stdout. `type`: of a message, `unknown` or `refused`; `answers`: the commands it answers; `error`: what it reports
   *  as one. */
  | { readonly what: "said"; readonly type: string; readonly answers: readonly string[]; readonly error?: string }
  /** A line of its stderr. */
  | { readonly what: "wrote"; readonly line: string }
  | { readonly what: "missed"; readonly waitedFor: string; readonly withinMs: number; readonly rule: string | null }
  | { readonly what: "judged"; readonly broken: readonly Verdict[]; readonly holding: readonly string[] }
  | ({ readonly what: "ended"; readonly leftBehind: readonly string[] } & Ending)
  | { readonly what: "not-started"; readonly why: string }
  | { readonly what: "key"; readonly key: Key }
  | { readonly what: "changed"; readonly path: string }
  | { readonly what: "due"; readonly timer: Timer }
);

export interface Verdict {
  readonly id: string;
  readonly seen: string;
}

export type Effect =
  | { readonly do: "start" | "kill" | "help" | "leave" }
  | { readonly do: "send"; readonly cmd: string }
  | { readonly do: "wait"; readonly timer: Timer; readonly ms: number }
  | { readonly do: "forget"; readonly timer: Timer }
  | { readonly do: "note" | "warn"; readonly text: string }
  | { readonly do: "broke"; readonly id: string; readonly seen: string; readonly isAgain: boolean }
  | { readonly do: "mended"; readonly id: string };

export function newSession(isAttended: boolean): SessionState {
  return {
    phase: "starting",
    isAttended,
    afterwards: "nothing",
    wasKilled: false,
    startedMs: 0,
    features: [],
    isSampling: true,
    awaited: [],
    toldMs: new Map(),
    lastCommand: null,
    messages: {},
    isIntroduced: false,
    neverStarted: null,
    errors: [],
    errorCount: 0,
    broken: [],
    unmended: [],
    mended: [],
    changed: [],
    restartedMs: [],
    ended: null,
    hasCrashed: false,
    lastWords: null,
  };
}
