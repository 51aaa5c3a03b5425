import { growing, type Metric, single } from "./metric.ts";

const MICROSECONDS = 1e6;

/** The collector's process, by the names that all programs use. Looked at when somebody asks: nothing is sampled in between. */
export const processMetrics: readonly Metric[] = [
  growing("process_cpu_user_seconds_total", "CPU of the collector itself, in its own code", () => {
    return process.cpuUsage().user / MICROSECONDS;
  }),
  growing("process_cpu_system_seconds_total", "CPU of the collector itself, in the system", () => {
    return process.cpuUsage().system / MICROSECONDS;
  }),
  single("process_start_time_seconds", "When the process started, Unix time", () => performance.timeOrigin / 1_000),
  single("process_resident_memory_bytes", "Memory of the collector, shared pages included", () => {
    return process.memoryUsage.rss();
  }),
  single("nodejs_heap_size_total_bytes", "Memory set aside for objects", () => process.memoryUsage().heapTotal),
  single("nodejs_heap_size_used_bytes", "Memory that objects take", () => process.memoryUsage().heapUsed),
];
