// Registries of real packages, signed by an author of the test's own.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKey, type SigningKey } from "@mimolo/trust";
import { type Offer, publish, readSources } from "@mimolo/trust/registry";
import { onTestFinished } from "vitest";

export interface Version {
  readonly id: string;
  readonly version?: string;
  readonly needs?: Readonly<Record<string, string>>;
  /** The range of MiMoLo that it wants. */
  readonly mimolo?: string;
}

export class Registry {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "mimolo-registry-")));
  readonly directory = join(this.folder, "registry");
  readonly author: SigningKey;
  #plugins = 0;

  constructor() {
    this.author = createKey({ directory: join(this.folder, "author"), label: "an author" });
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  /** Publishes them, and reads what is offered now. */
  async with(...versions: readonly Version[]): Promise<readonly Offer[]> {
    for (const { id, version = "1.0.0", needs = {}, mimolo = ">=0.4" } of versions) {
      const author = join(this.folder, `plugin-${++this.#plugins}`);
      mkdirSync(author);
      const toml = [
        `[plugin]\nid = "${id}"\nname = "A plugin"\nversion = "${version}"\ntype = "agent"\nentry = "main.mjs"`,
        `[plugin.engines]\nmimolo = "${mimolo}"\n[plugin.dependencies]`,
        ...Object.entries(needs).map(([need, range]) => `"${need}" = "${range}"`),
      ];
      writeFileSync(join(author, "plugin.toml"), `${toml.join("\n")}\n`);
      writeFileSync(join(author, "main.mjs"), "process.exit();\n");
      await publish({ packagePath: author, directory: this.directory, sign: this.author });
    }
    return this.offers();
  }

  offers(): readonly Offer[] {
    return readSources([this.directory]).offers;
  }

  file(id: string, version = "1.0.0"): string {
    return join(this.directory, `${id}-${version}.mmpkg`);
  }
}
