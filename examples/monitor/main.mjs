import { savesMonitor } from "./saves-monitor.mjs";

await savesMonitor().run();
