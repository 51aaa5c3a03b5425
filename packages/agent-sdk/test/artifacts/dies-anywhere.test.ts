// An agent that dies at any step on the disk: what is found afterwards, and what comes of it.
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { ArtifactReference } from "@mimolo/protocol/wire";
import { Archives } from "../../src/artifacts/archives.ts";
import { ArtifactStore } from "../../src/artifacts/artifact-store.ts";
import { OwnFiles } from "../../src/artifacts/own-files.ts";
import { selectionIn } from "../../src/artifacts/selection.ts";

const call = { signal: new AbortController().signal, progress: () => {} };
const wallMs = () => Date.parse("2026-11-21T09:00:00Z");

/** A disk whose user dies at its step number `last`: from then on nothing happens on it. */
class MortalFiles extends OwnFiles {
  steps = 0;
  readonly #root: string;
  readonly #last: number;

  constructor(root: string, last: number) {
    super(root);
    this.#root = root;
    this.#last = last;
  }

  override async write(path: string, parts: Parameters<OwnFiles["write"]>[1]): Promise<number> {
    if (this.#dies() && this.steps === this.#last + 1 && existsSync(dirname(join(this.#root, path)))) {
      writeFileSync(join(this.#root, `${path}.1-1.partial`), "ha");
    }
    this.#live();
    return super.write(path, parts);
  }

  override async append(path: string, text: string): Promise<void> {
    this.#dies();
    this.#live();
    return super.append(path, text);
  }

  override async remove(path: string): Promise<void> {
    this.#dies();
    this.#live();
    return super.remove(path);
  }

  #dies(): boolean {
    this.steps += 1;
    return this.steps > this.#last;
  }

  #live(): void {
    if (this.steps > this.#last) throw new Error("dead");
  }
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mimolo-dies-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function filesIn(folder: string): string[] {
  const found = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  return found.filter((name) => statSync(join(folder, name)).isFile());
}

const text = (content: string) => ({ bytes: Buffer.from(content), mime: "text/plain", extension: "txt" });

/** Stores, tells, stores again; what it knows of when it dies. */
async function life(files: OwnFiles) {
  const store = new ArtifactStore(files, wallMs, () => {});
  const stored: ArtifactReference[] = [];
  const told: ArtifactReference[] = [];
  try {
    for (const content of ["one", "two"]) stored.push(await store.store(text(content)));
    const references = await store.waiting();
    told.push(...references);
    await store.told(references, new Set(references.map((each) => each.artifact_id)));
    stored.push(await store.store(text("three")));
  } catch {
    // It is dead.
  }
  return { stored, told };
}

test("wherever it dies, each file that was stored is referred to, and each that is referred to is there", async () => {
  for (let last = 0; ; last += 1) {
    const folder = ownFolder();
    const files = new MortalFiles(folder, last);
    const { stored, told } = await life(files);
    const next = await new ArtifactStore(new OwnFiles(folder), wallMs, (error) => expect.fail(error.message)).waiting();
    const known = new Set([...told, ...next].map((reference) => reference.rel_path));
    expect(stored.filter((reference) => !known.has(reference.rel_path))).toEqual([]);
    expect(
      filesIn(join(folder, "artifacts"))
        .map((name) => `artifacts/${name.replaceAll("\\", "/")}`)
        .toSorted(),
    ).toEqual([...known].toSorted());
    if (files.steps <= last) {
      expect(last).toBeGreaterThan(6);
      return;
    }
  }
});

test("wherever it dies while it puts away, it puts away when it is asked again, and all of it comes back", async () => {
  for (let last = 0; ; last += 1) {
    const folder = ownFolder();
    const { stored } = await life(new OwnFiles(folder));
    const selection = selectionIn({ artifact_ids: stored.map((each) => each.artifact_id), artifacts: stored });
    const files = new MortalFiles(folder, last);
    await new Archives(files, wallMs).archive(selection, call).catch(() => {});
    const archives = new Archives(new OwnFiles(folder), wallMs);
    const { archive_id: id } = await archives.archive(selection, call);
    expect(filesIn(join(folder, "artifacts"))).toEqual([]);
    const dying = new MortalFiles(folder, Math.max(0, last - 2));
    await new Archives(dying, wallMs).restore(id, call).catch(() => {});
    await archives.restore(id, call);
    await new ArtifactStore(new OwnFiles(folder), wallMs, (error) => expect.fail(error.message)).waiting();
    expect(filesIn(join(folder, "artifacts"))).toHaveLength(3);
    expect(filesIn(join(folder, "archives"))).toEqual([`${id}.tar`]);
    if (files.steps <= last) {
      expect(last).toBe(4);
      return;
    }
  }
});
