// The executable.
import { systemLoadAgent } from "./agent.ts";

await systemLoadAgent().run();
