import { resolveSecrets } from "../secrets/resolve-secrets.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";
import type { AgentSurroundings } from "./surroundings.ts";

/** Files come and go unannounced. */
const LOOK_AGAIN_MS = 5_000;

type Around = Pick<AgentSurroundings, "env" | "secrets" | "clock">;

interface Freed {
  /** What was missing can be read. */
  free(): void;
}

/** The secrets of one agent: read right before each launch, and looked for while one is missing. */
export class LaunchSecrets {
  readonly #around: Around;
  readonly #to: Freed;
  #given: Readonly<Record<string, unknown>> | null = null;
  #looking: AbortController | null = null;

  constructor(around: Around, to: Freed) {
    this.#around = around;
    this.#to = to;
  }

  /** The settings of the last launch, with the secrets in them; `null` before the first. */
  get given(): Readonly<Record<string, unknown>> | null {
    return this.#given;
  }

  /** Reads what this plan names, for the launch that follows. A sentence when something cannot be read: which setting, who set
   *  it, what helps. */
  read(plan: AgentPlan): string | null {
    this.rest();
    const read = this.#resolve(plan);
    if (!read.ok) {
      this.#given = null;
      this.#lookAgain(plan);
      return `its setting ${read.key} (${placeOf(plan, read.key)}) names a secret that is not there: ${read.why}`;
    }
    this.#around.secrets.learn(read.secrets);
    this.#given = read.settings;
    return null;
  }

  /** Looks for nothing any more. */
  rest(): void {
    this.#looking?.abort();
    this.#looking = null;
  }

  #resolve({ settings, config }: AgentPlan) {
    return resolveSecrets(settings, config.settings, { env: this.#around.env, folder: config.from.folder });
  }

  #lookAgain(plan: AgentPlan): void {
    const looking = new AbortController();
    this.#looking = looking;
    const look = () => {
      if (this.#resolve(plan).ok) this.#to.free();
      else this.#around.clock.after(LOOK_AGAIN_MS, look, looking.signal);
    };
    this.#around.clock.after(LOOK_AGAIN_MS, look, looking.signal);
  }
}

/** Who set it, else where the agent is configured. */
function placeOf({ config: { from } }: AgentPlan, key: string): string {
  const { file, line } = from.secrets?.[key] ?? from;
  return line === undefined ? file : `${file}:${line}`;
}
