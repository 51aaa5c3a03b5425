// Where a suite tries a plugin: folders of its own, processes of the plugin, and whatever has to be cleared away.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agentEnvironment, freshPlaces, NOBODY_ELSE, type Places } from "../process/places.ts";
import { must } from "./plugin-case.ts";
import type { PluginFolder } from "./plugin-folder.ts";
import { PluginProcess } from "./plugin-process.ts";
import type { PluginTestOptions } from "./plugin-test-report.ts";
import { PYTHON_PROBE } from "./probe-python.ts";
import { PROBE } from "./probe.ts";
import { respondTo } from "./respond.ts";

type Manifest = NonNullable<PluginFolder["manifest"]>;

const ANSWER_MS = 5000;
const START_MS = 5000;
export interface StartOptions {
  /** What it does is noted from within. */
  readonly isWatched?: boolean;
  /** On the folders of the process before. */
  readonly isAgain?: boolean;
}

export class TestStand {
  readonly folder: PluginFolder;
  readonly options: PluginTestOptions;
  readonly #scratch: string;
  readonly #processes = new Set<PluginProcess>();
  #places: Places | null = null;
  readonly #others: TestStand[] = [];
  /** Why it never began to work: nothing that needs it to is waited for again. */
  #unfit: Error | null = null;

  constructor(folder: PluginFolder, options: PluginTestOptions, scratch: string) {
    this.folder = folder;
    this.options = options;
    this.#scratch = scratch;
  }

  get manifest(): Manifest {
    const { manifest, faults } = this.folder;
    must(manifest, `it cannot be started: ${faults.join("; ")}`);
    return manifest;
  }

  get answerMs(): number {
    return this.options.limits?.answerMs ?? ANSWER_MS;
  }

  get startMs(): number {
    return this.options.limits?.startMs ?? START_MS;
  }

  /** What it is configured with: as a collector would put it together. */
  get config(): Record<string, unknown> {
    return { ...this.manifest.defaults, ...this.options.config, ...this.options.secrets };
  }

  /** The folders of the process that was started last. */
  get places(): Places {
    must(this.#places, "nothing was started yet");
    return this.#places;
  }

  /** The same place for a plugin with other options. */
  with(options: PluginTestOptions): TestStand {
    const other = new TestStand(this.folder, options, this.#scratch);
    this.#others.push(other);
    return other;
  }

  /** Starts the plugin on fresh folders, and says nothing to it yet. */
  async start({ isWatched = false, isAgain = false }: StartOptions = {}): Promise<PluginProcess> {
    if (this.#unfit !== null) throw this.#unfit;
    const { manifest, config } = this;
    const places = isAgain ? this.places : await this.#fresh();
    const program = await this.#program(isWatched);
    const started = new PluginProcess({
      ...program,
      cwd: this.folder.dir,
      environment: agentEnvironment(places, config, this.options.environment),
      answerMs: this.answerMs,
      terms: {
        instance_id: NOBODY_ELSE.instanceId,
        heartbeat_interval_s: 1,
        flush_interval_s: 60,
        max_line_bytes: 65_536,
        cpu_budget_percent: manifest.limits.cpu_percent ?? 10,
        memory_mib: manifest.limits.memory_mib ?? 100,
        config,
        privacy: [],
        granted: [...manifest.capabilities, ...manifest.permissions],
        enforced: [],
        unenforced: [],
      },
      respond: await respondTo(manifest, config),
    });
    this.#processes.add(started);
    return started;
  }

  /** Starts it and waits until it has introduced itself. */
  async introduced(options?: StartOptions): Promise<PluginProcess> {
    const started = await this.start(options);
    try {
      await started.until("its handshake", () => started.handshake, this.startMs);
    } catch (error) {
      this.#unfit ??= error as Error;
      throw error;
    }
    return started;
  }

  /** Starts it and brings it to work, as a collector does. */
  async working(options?: StartOptions): Promise<PluginProcess> {
    const started = await this.introduced(options);
    started.accept();
    if (started.has("lifecycle")) {
      await started.obeyed("lifecycle", { phase: "initialize", config: this.config });
      await started.obeyed("lifecycle", { phase: "activate" });
    }
    return started;
  }

  /** Ends what a case has left running. */
  async clear(): Promise<void> {
    await Promise.all([...this.#processes].map((each) => each.kill()));
    this.#processes.clear();
    await Promise.all(this.#others.splice(0).map((each) => each.clear()));
  }

  async close(): Promise<void> {
    await this.clear();
    await rm(this.#scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async #fresh(): Promise<Places> {
    this.#places = await freshPlaces(this.#scratch, this.manifest.id);
    return this.#places;
  }

  async #probe(name: string, program: string): Promise<string> {
    const file = join(this.#scratch, name);
    await writeFile(file, program);
    return file;
  }

  async #program(isWatched: boolean): Promise<{ executable: string; args: string[] }> {
    const { command } = this.options;
    if (command !== undefined) return { executable: command[0], args: command.slice(1) };
    const program = join(this.folder.dir, this.manifest.entry);
    const isWindows = process.platform === "win32";
    switch (this.manifest.runtime) {
      case "python": {
        const before = isWatched ? ["-u", await this.#probe("probe.py", PYTHON_PROBE)] : [];
        return { executable: isWindows ? "python" : "python3", args: [...before, program] };
      }
      case "shell":
        return { executable: "sh", args: [program] };
      case "native":
        return { executable: program, args: [] };
      case "node": {
        const before = isWatched ? ["--require", await this.#probe("probe.cjs", PROBE)] : [];
        return { executable: process.execPath, args: [...before, program] };
      }
    }
  }
}

export async function openStand(folder: PluginFolder, options: PluginTestOptions): Promise<TestStand> {
  return new TestStand(folder, options, await mkdtemp(join(tmpdir(), "mimolo-plugin-test-")));
}
