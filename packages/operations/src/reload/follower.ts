/** Follows the files of a configuration while the collector runs. */
import type { CollectorOptions } from "../collector-options.ts";
import { type LoadedConfig, withPlugins } from "../config/index.ts";
import { type ConfigEdit, editConfig } from "../edit/config-editor.ts";
import type { ConfigChange } from "../edit/config-change.ts";
import { CollectorError } from "../error.ts";
import { refuseVanished } from "./config-reader.ts";
import { Reloader, type ReloaderParts } from "./reloader.ts";
import type { ReloadReport } from "./report.ts";
import { type FileWatch, watchFiles } from "./watch-files.ts";

/** Reads the configuration of a running collector again: when asked to, and when its files change. */
export class ConfigFollower {
  readonly reloader: Reloader;
  readonly #parts: ReloaderParts;
  readonly #options: Pick<CollectorOptions, "reload" | "plugins" | "cwd">;
  #watch: FileWatch | null = null;
  #watched: readonly string[] = [];
  #closed = false;

  constructor(options: Pick<CollectorOptions, "reload" | "plugins" | "cwd">, parts: ReloaderParts) {
    this.#options = options;
    this.#parts = parts;
    this.reloader = new Reloader(parts);
  }

  /** Whether there is somewhere to read from again. */
  get reads(): boolean {
    return this.#options.reload !== undefined;
  }

  /** Begins to watch, if the options say so. Never rejects: a collector that cannot watch says it and goes on. */
  async begin(): Promise<void> {
    if (this.#options.reload?.watch !== true) return;
    await this.#rewatch();
    // What was changed before the watch stood.
    if (this.#watch !== null) void this.#changed();
  }

  /** Reloads `config`, or what the files hold now. Throws `CollectorError` when there is neither. */
  async reload(config?: LoadedConfig): Promise<ReloadReport> {
    if (config === undefined && !this.reads) {
      const hint = "give it to reload(config), or give the collector a `reload` option";
      throw new CollectorError("wrong-state", "this collector has no configuration to read again", hint);
    }
    const read = () =>
      config === undefined ? this.read() : withPlugins(config, this.#options.plugins ?? {}, this.#options.cwd);
    const report = await this.reloader.reload(read);
    await this.#rewatch();
    return report;
  }

  /** The configuration as it is now, or would be with `texts` in the place of files. Throws `ConfigError`. */
  read(texts?: ReadonlyMap<string, string>): LoadedConfig {
    const { reload, plugins = {}, cwd } = this.#options;
    const loaded = reload?.load(texts);
    const config = withPlugins(loaded?.config, loaded?.plugins ?? plugins, cwd);
    refuseVanished(this.#parts.current().config, config);
    return config;
  }

  /** Edits the files and applies that at once; all of it or nothing. Throws `ConfigError` and `CollectorError`. */
  async edit(change: ConfigChange): Promise<ConfigEdit> {
    if (!this.reads) {
      const hint = "change it in the program that embeds it, with reload(config)";
      throw new CollectorError("not-editable", "this collector was configured in code, there is no file to edit", hint);
    }
    const { plan: check, carryConsent = () => undefined } = this.#parts;
    const read = (texts?: ReadonlyMap<string, string>) => this.read(texts);
    const inEffect = (written: LoadedConfig) => check(written).config;
    const begin = this.#options.reload?.begin;
    const source = { read, check, inEffect, carryConsent, ...(begin === undefined ? {} : { begin }) };
    const apply = () => this.reloader.apply(() => this.read());
    const edit = await this.reloader.inTurn(() => editConfig(change, source, apply));
    await this.#rewatch();
    return edit;
  }

  /** Reads again what was not taken, after a change of what is allowed: it may be taken now. So may the first file of a run that
   *  began without one. Resolves at once. */
  allowedMore(): void {
    const mayBe = this.reloader.trouble !== null || this.#parts.current().config.files.length === 0;
    if (this.reads && mayBe && !this.#closed) void this.#changed();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.reloader.close();
    await this.#watch?.close();
  }

  async #changed(): Promise<void> {
    await this.reloader.reload(() => this.read(), false);
    await this.#rewatch();
  }

  /** Other files may have come into play. */
  async #rewatch(): Promise<void> {
    const { files } = this.#parts.current().config;
    const same = files.length === this.#watched.length && files.every((file) => this.#watched.includes(file));
    if (same || this.#closed || this.#options.reload?.watch !== true) return;
    this.#watched = files;
    const { clock, say } = this.#parts;
    const failed = (error: unknown) => {
      const message = `changes of the configuration are not seen by themselves (${String(error)}); SIGHUP reads it again`;
      say({ type: "collector", level: "warning", code: "config-not-watched", message });
    };
    const before = this.#watch;
    this.#watch = await watchFiles(files, { clock, changed: () => void this.#changed(), failed }).catch((error) => {
      failed(error);
      return null;
    });
    await before?.close();
    if (this.#closed) await this.#watch?.close();
  }
}
