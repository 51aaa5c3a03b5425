// The executable.
import { screenTrackerAgent } from "./agent.ts";

void screenTrackerAgent(process.env).run();
