import type { ExitCode } from "./error.ts";
import type { Output } from "./output.ts";
import type { Surroundings } from "./surroundings.ts";

/** The options of every verb. */
export interface CommonOptions {
  readonly dataDir?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** One use of one verb: what was typed, where it came from, where the answer goes. */
export interface Call<Options extends object = object> {
  readonly arguments: readonly string[];
  readonly options: CommonOptions & Options;
  readonly output: Output;
  readonly surroundings: Surroundings;
}

/** A verb at work. */
export type Command<Options extends object = object> = (call: Call<Options>) => Promise<ExitCode>;
