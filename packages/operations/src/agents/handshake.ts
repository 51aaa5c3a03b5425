import { type Handshake, negotiateVersion, type PrivacyRule, PROTOCOL_VERSION } from "@mimolo/protocol";

/** What the collector promises an agent when it accepts it. */
export interface Welcome {
  readonly appVersion: string;
  readonly instanceId: string;
  readonly runId: string;
  readonly heartbeatIntervalS: number;
  readonly flushIntervalS: number;
  readonly maxLineBytes: number;
  readonly cpuBudgetPercent: number;
  readonly memoryMib: number;
  readonly config: Readonly<Record<string, unknown>>;
  /** The rules that cover this agent. */
  readonly privacy: readonly PrivacyRule[];
  readonly granted: readonly string[];
  readonly enforced: readonly string[];
  readonly unenforced: readonly string[];
}

export type Answer = { accept: Record<string, unknown> } | { reject: string };

/** The answer to a handshake, as protocol.md tables it: same major and a collector new enough, else the reason. */
export function answerHandshake(message: Handshake | null, welcome: Welcome): Answer {
  const negotiated = negotiateVersion(message?.protocol_version ?? PROTOCOL_VERSION);
  if (!negotiated.ok) return { reject: negotiated.reason };
  if (message?.min_app_version !== undefined && isNewer(message.min_app_version, welcome.appVersion)) {
    return { reject: "app_too_old" };
  }
  return {
    accept: {
      app_version: welcome.appVersion,
      protocol_version: negotiated.version,
      instance_id: welcome.instanceId,
      run_id: welcome.runId,
      heartbeat_interval_s: welcome.heartbeatIntervalS,
      flush_interval_s: welcome.flushIntervalS,
      max_line_bytes: welcome.maxLineBytes,
      cpu_budget_percent: welcome.cpuBudgetPercent,
      memory_mib: welcome.memoryMib,
      config: welcome.config,
      privacy: welcome.privacy,
      granted: welcome.granted,
      enforced: welcome.enforced,
      unenforced: welcome.unenforced,
    },
  };
}

/** Whether version `a` (`MAJOR.MINOR.PATCH`, pre-release ignored) is above `b`. */
function isNewer(a: string, b: string): boolean {
  const [left, right] = [numbers(a), numbers(b)];
  for (let index = 0; index < 3; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function numbers(version: string): number[] {
  return (version.split(/[-+]/, 1)[0] ?? "").split(".").map((part) => Number.parseInt(part, 10) || 0);
}

/** The settings that an accepted agent is told. */
export function configIn({ config }: Record<string, unknown>): Readonly<Record<string, unknown>> {
  return typeof config === "object" && config !== null ? { ...config } : {};
}
