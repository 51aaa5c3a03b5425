// The executable.
import { systemLoadAgent } from "./agent.ts";

void systemLoadAgent().run();
