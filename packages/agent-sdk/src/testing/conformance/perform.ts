// Plays one scenario on fresh folders, and leaves nothing of it behind.
import { asError } from "../../as-error.ts";
import { filesBelow } from "../process/files-below.ts";
import { agentEnvironment, freshPlaces, type Places } from "../process/places.ts";
import { type AgentOptions, AgentProcess } from "./life/agent-process.ts";
import { CannotStart } from "./cannot-start.ts";
import type { Waiting } from "./progress.ts";
import { type Listener, Recorder } from "./recorder.ts";
import type { Recording } from "./recording.ts";
import { makeScratch, type Scratch } from "./scratch.ts";
import type { Scenario, Stage, StartOptions } from "./scenario.ts";

export interface Performed {
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** The agent's settings. */
  readonly config?: object | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Answers that this agent never gave, as far as it is known; later scenarios wait less for them. */
  readonly inVain?: Set<string> | undefined;
  /** Told what is awaited; null: nothing any more. */
  readonly onWait?: ((waiting: Waiting | null) => void) | undefined;
}

/** Plays `scenario`; what it saw. Rejects when the signal says so, with nothing left running. */
export async function perform(scenario: Scenario, how: Performed): Promise<Recording> {
  const stage = await openStage(scenario.name, how);
  const abort = () => stage.killNow();
  how.signal?.addEventListener("abort", abort);
  try {
    how.signal?.throwIfAborted();
    await scenario.play(stage);
  } finally {
    how.signal?.removeEventListener("abort", abort);
    await stage.close();
  }
  how.signal?.throwIfAborted();
  if (stage.failure !== null) throw new CannotStart(how.command[0], stage.failure);
  return stage.recording;
}

/** A stage of one's own, with folders of its own; `name` stands for the scenario. Close it. */
export async function openStage(name: string, how: Performed, listener: Listener = {}): Promise<LiveStage> {
  const scratch = await makeScratch(() => stage.killNow());
  const stage = new LiveStage(name, how, scratch, listener);
  return stage;
}

/** Some refusals of the system are thrown at once, others are told later. */
function begun(options: AgentOptions, recorder: Recorder): AgentProcess {
  try {
    return new AgentProcess(options, recorder);
  } catch (error) {
    throw new CannotStart(options.executable, asError(error));
  }
}

export class LiveStage implements Stage {
  readonly #how: Performed;
  readonly #scratch: Scratch;
  readonly #recorder: Recorder;
  readonly #agents: AgentProcess[] = [];
  #places: Places | null = null;
  #committed = new Map<string, number>();

  constructor(name: string, how: Performed, scratch: Scratch, listener: Listener) {
    this.#how = how;
    this.#scratch = scratch;
    this.#recorder = new Recorder(name, listener);
  }

  get recording(): Recording {
    return this.#recorder.recording;
  }

  get failure(): NodeJS.ErrnoException | null {
    return this.#agents.find(({ failure }) => failure !== null)?.failure ?? null;
  }

  async start({ isAgain = false, config, environment }: StartOptions = {}): Promise<AgentProcess> {
    const { command, cwd, environment: given, config: settings = {}, signal } = this.#how;
    if (!isAgain || this.#places === null) {
      this.#places = await freshPlaces(this.#scratch.folder, "local.under-test");
      this.#committed = new Map();
    }
    signal?.throwIfAborted();
    const [executable, ...args] = command;
    const own = config ?? settings;
    const options = {
      executable,
      args,
      cwd,
      environment: agentEnvironment(this.#places, own, { ...given, ...environment }),
      places: this.#places,
      config: own,
      committed: this.#committed,
      inVain: this.#how.inVain ?? new Set<string>(),
      onWait: this.#how.onWait,
    };
    const started = begun(options, this.#recorder);
    this.#agents.push(started);
    return started;
  }

  step(name: string): void {
    this.#recorder.mark({ what: "step", name });
  }

  async pass(ms: number): Promise<void> {
    this.#how.onWait?.({ for: "time to pass", up_to_ms: ms });
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.#how.onWait?.(null);
  }

  async noteFiles(): Promise<void> {
    if (this.#places === null) return;
    const { home, temporary, data, own } = this.#places;
    const found = await Promise.all([home, temporary, data].map(filesBelow));
    const outside = found
      .flatMap((files) => [...files.keys()])
      .filter((path) => !own.startsWith(path) && !path.startsWith(own));
    this.#recorder.mark({ what: "files", changed: outside });
  }

  killNow(): void {
    for (const agent of this.#agents) agent.killNow();
  }

  /** Ends whatever is left, and takes the folders away. */
  async close(): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.kill()));
    await this.#scratch.remove();
  }
}
