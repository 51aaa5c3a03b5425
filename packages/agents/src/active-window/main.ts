// The executable.
import { activeWindowAgent } from "./agent.ts";

void activeWindowAgent(process.env).run();
