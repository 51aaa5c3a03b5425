import type { AgentChange, Cgroup } from "@mimolo/supervisor";

/** A declared burst may take one core; memory is judged on five samples, during which it may still grow. */
const CPU_PERCENT = 100;
const MEMORY_FACTOR = 2;

/** Where a cgroup is delegated to us, the kernel stands behind the budgets: what grows faster than a sweep can see ends at one
 *  core and twice its memory limit. Called at every change; without a cgroup, or when it refuses, the agent runs on without. */
export function backstop(
  cgroup: Pick<Cgroup, "limit" | "remove"> | null,
  label: string,
  { state, previous, pid }: Pick<AgentChange, "state" | "previous" | "pid">,
  budgets: { cpuPercent(label: string): number; memoryMib(label: string): number },
): void {
  if (cgroup === null || state === previous) return;
  if (state === "handshaking" && pid !== null) {
    const cpuPercent = Math.max(CPU_PERCENT, budgets.cpuPercent(label));
    const memoryMib = MEMORY_FACTOR * budgets.memoryMib(label);
    if (memoryMib > 0) cgroup.limit(label, pid, { cpuPercent, memoryMib });
  } else if (pid === null) {
    cgroup.remove(label);
  }
}
