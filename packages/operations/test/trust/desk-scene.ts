// A data directory, an author with a key, and packages made of a few lines.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKey, type SigningKey } from "@mimolo/trust";
import { packPlugin } from "@mimolo/trust/package";
import { onTestFinished } from "vitest";
import { dataDirectory } from "../../src/index.ts";
import { openArchive } from "../../src/reading/archive.ts";
import { type TrustDesk, withTrustDesk } from "../../src/trust/index.ts";

export interface PluginLines {
  /** Of its settings. */
  readonly schema?: object;
  readonly id?: string;
  readonly version?: string;
  readonly capabilities?: readonly string[];
  readonly permissions?: readonly string[];
  readonly interfaces?: readonly string[];
  /** The range of Pythons that it wants, if it is to be run by one. */
  readonly python?: string;
  /** What `main.mjs` holds. */
  readonly program?: string;
  /** Ranges of other plugins, by id. */
  readonly needs?: Readonly<Record<string, string>>;
}

export class DeskScene {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "mimolo-desk-")));
  readonly root = join(this.folder, "data");
  readonly directory = dataDirectory(this.root);
  readonly author: SigningKey & { path: string };
  #packages = 0;

  constructor() {
    this.author = createKey({ directory: join(this.folder, "author"), label: "an author" });
  }

  /** Lets `use` change trust as a command does where no collector runs. */
  desk<Result>(use: (desk: TrustDesk) => Promise<Result> | Result): Promise<Result> {
    return withTrustDesk(this.root, use);
  }

  /** Trusts the author for `acme.*`. */
  async trustAuthor(scope: readonly string[] = ["acme.*"]): Promise<void> {
    await this.desk((desk) => desk.trustKey({ publicKey: this.author.publicKey, label: "Acme", scope, by: "cli" }));
  }

  /** A package file of these lines; unsigned with `sign: null`. */
  async packed(lines: PluginLines = {}, sign: SigningKey | null = this.author): Promise<string> {
    const { id = "acme.x", version = "1.0.0", capabilities = [], permissions = [], program = "process.exit()" } = lines;
    const directory = join(this.folder, `plugin-${++this.#packages}`);
    mkdirSync(join(directory, "lib"), { recursive: true });
    const toml = [
      "[plugin]",
      `id = "${id}"`,
      `version = "${version}"`,
      'type = "agent"',
      'entry = "main.mjs"',
      `runtime = "${lines.python === undefined ? "node" : "python"}"`,
      `permissions = ${JSON.stringify(permissions)}`,
      `interfaces = ${JSON.stringify(lines.interfaces ?? [])}`,
      ...(lines.schema === undefined ? [] : ['config_schema = "config.schema.json"']),
      "[plugin.capabilities]",
      ...capabilities.map((name) => `${name} = true`),
      "[plugin.dependencies]",
      ...Object.entries(lines.needs ?? {}).map(([need, range]) => `"${need}" = "${range}"`),
      ...(lines.python === undefined ? [] : ["[plugin.engines]", `python = "${lines.python}"`]),
    ];
    writeFileSync(join(directory, "plugin.toml"), `${toml.join("\n")}\n`);
    writeFileSync(join(directory, "main.mjs"), program);
    if (lines.schema !== undefined) writeFileSync(join(directory, "config.schema.json"), JSON.stringify(lines.schema));
    writeFileSync(join(directory, "lib", "more.mjs"), `export const version = "${version}";\n`);
    const made = await packPlugin({ directory, ...(sign === null ? {} : { sign }) });
    const file = join(this.folder, `${this.#packages}-${made.fileName}`);
    writeFileSync(file, made.bytes);
    return file;
  }

  async install(
    path: string,
    more: { grants?: readonly string[] | "all"; acceptDowngrade?: boolean; mayWait?: boolean } = {},
  ) {
    return await this.desk((desk) => desk.install({ path, by: "cli", ...more }));
  }

  /** `<action> <subject>` of every entry of the audit log. */
  async audited(): Promise<string[]> {
    const lines: string[] = [];
    for await (const { action, subject } of openArchive(this.root).audit()) lines.push(`${action} ${subject}`);
    return lines;
  }

  verify() {
    return openArchive(this.root).verify();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A scene that goes with the test. */
export function deskScene(): DeskScene {
  const scene = new DeskScene();
  onTestFinished(() => scene.remove());
  return scene;
}
