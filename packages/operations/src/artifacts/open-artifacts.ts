import type { PlatformAround } from "../platform/platform-around.ts";
import { Artifacts } from "./artifacts.ts";
import { OwnInterface } from "./own-interface.ts";
import { ArtifactRegister } from "./register.ts";
import { watchSizes } from "./size-watch.ts";

const MIB = 1024 * 1024;
/** Whoever asks for what is not there does not make the disk work for each question. */
const COMMITS_APART_MS = 50;

/** Artifacts of a collector that runs. */
export interface OpenedArtifacts {
  readonly artifacts: Artifacts;
  close(): void;
}

type Around = Pick<PlatformAround, "clock" | "directory" | "opened" | "parts" | "agents" | "calls" | "audit" | "say">;

export function openArtifacts(around: Around): OpenedArtifacts {
  const { clock, directory, opened, parts, agents, calls, audit, say } = around;
  const { journal, inventory } = opened;
  const limitBytes = () => parts.config.monitor.artifact_warn_mib * MIB;
  const register = new ArtifactRegister({
    directory,
    clock,
    inventory,
    committedSeq: () => journal.ledger.committedSeq,
  });
  let committedAtMs = Number.NEGATIVE_INFINITY;
  // A disk that takes nothing now is said elsewhere.
  const commit = () => journal.commit().catch(() => undefined);
  const commitSome = async () => {
    const nowMs = clock.ticksMs();
    if (!inventory.isBehind || nowMs - committedAtMs < COMMITS_APART_MS) return;
    committedAtMs = nowMs;
    await commit();
  };
  const own = new OwnInterface(agents, calls);
  const artifacts = new Artifacts({ clock, register, agents: own, audit, commitSome, commit, limitBytes });
  const watch = watchSizes({ clock, register, say, limitBytes });
  return { artifacts, close: () => watch.close() };
}
