// The evidence part of an agent that can be killed in the middle of a write to its disk.
import type { Exit } from "../../src/delivery.ts";
import { DurableDelivery } from "../../src/durable-delivery.ts";
import { evidenceLine } from "../../src/evidence-line.ts";
import type { SpoolStore } from "../../src/spool-store.ts";
import type { MemorySpool } from "../../src/testing/memory-spool.ts";

export class Killed extends Error {
  override readonly name = "Killed";
}

/** `disk` as a process sees it that is killed at its `calls`-th change of it: half of an append is done then. */
function mortal(disk: MemorySpool, life: { calls: number }): SpoolStore {
  const dies = () => {
    life.calls -= 1;
    return life.calls === 0;
  };
  return {
    list: () => disk.list(),
    read: (name, from) => disk.read(name, from),
    append(name, text) {
      if (!dies()) return disk.append(name, text);
      disk.append(name, text.slice(0, text.length / 2));
      throw new Killed();
    },
    renew(name, newName) {
      if (dies()) {
        // Renamed, not yet emptied.
        disk.files.set(newName, disk.files.get(name) ?? Buffer.alloc(0));
        disk.files.delete(name);
        throw new Killed();
      }
      disk.renew(name, newName);
    },
    remove(name) {
      if (dies()) throw new Killed();
      disk.remove(name);
    },
  };
}

export class MortalAgent {
  readonly #life = { calls: 0 };
  readonly #delivery: DurableDelivery;
  /** Sent, and not read by the collector. */
  readonly pipe: string[] = [];
  /** Every text that got as far as the pipe. */
  readonly sent = new Set<string>();
  isDead = false;

  constructor(disk: MemorySpool) {
    const exit: Exit = {
      hasRoom: true,
      put: (_lane, line) => {
        if (this.isDead) return;
        this.pipe.push(line);
        const { data } = JSON.parse(line) as { data: { text: string } };
        this.sent.add(data.text);
      },
    };
    this.#delivery = new DurableDelivery(this.#store(mortal(disk, this.#life)), exit, () => {});
  }

  /** What the dead do no longer counts: a failed call is all that is seen of a kill. */
  #store(store: SpoolStore): SpoolStore {
    const alive = <Value>(call: () => Value): Value => {
      if (this.isDead) throw new Killed();
      try {
        return call();
      } catch (error) {
        if (error instanceof Killed) this.isDead = true;
        throw error;
      }
    };
    return {
      list: () => alive(() => store.list()),
      read: (name, from) => alive(() => store.read(name, from)),
      append: (name, text) => alive(() => store.append(name, text)),
      renew: (name, newName) => alive(() => store.renew(name, newName)),
      remove: (name) => alive(() => store.remove(name)),
    };
  }

  get stream(): string {
    return this.#delivery.stream;
  }

  get hasRoom(): boolean {
    return this.#delivery.hasRoom;
  }

  /** It dies at its `calls`-th change of the disk from now on. */
  doom(calls: number): void {
    this.#life.calls = calls;
  }

  say(text: string, bytes: number): void {
    this.#delivery.take(evidenceLine({ type: "summary", data: { text, filler: "ä".repeat(bytes / 2) } }, 0));
  }

  committed(news: { stream: string; through: number; refused?: { seq: number }[] }): void {
    this.#delivery.committed(news);
  }

  close(): void {
    this.#delivery.close();
  }
}
