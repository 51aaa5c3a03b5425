// The executable.
import { gitActivityAgent } from "./agent.ts";

void gitActivityAgent(process.env).then((agent) => agent.run());
