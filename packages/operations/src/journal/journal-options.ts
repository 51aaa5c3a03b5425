import type { FileSystem } from "@mimolo/ledger";
import type { Clock } from "@mimolo/supervisor";
import type { SigningKey } from "@mimolo/trust";
import type { Inventory } from "../artifacts/index/inventory.ts";
import type { DataDirectory } from "../data-directory.ts";
import type { Emitter } from "../emitter.ts";
import type { CollectorEvents } from "../events.ts";

/** What a journal needs of its collector. */
export interface JournalOptions {
  directory: DataDirectory;
  key: SigningKey;
  clock: Clock;
  events: Emitter<CollectorEvents>;
  /** Takes every record found at opening, and hears of messages and erasures that are written later. */
  artifacts?: Pick<Inventory, "take" | "written"> | undefined;
  /** Default: the system's. */
  fileSystem?: FileSystem | undefined;
  /** Records folded without a look at anything else; default 2,000, a few milliseconds. */
  slice?: number | undefined;
  /** Hears what goes wrong with the disk, at every try; `null` after every commit that went well. */
  fault: (message: string | null) => void;
}
