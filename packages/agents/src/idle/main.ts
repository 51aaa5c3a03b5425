// The executable.
import { idleAgent } from "./agent.ts";

void idleAgent(process.env).run();
