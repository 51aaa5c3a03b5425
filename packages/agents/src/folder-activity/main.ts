// The executable.
import { folderActivityAgent } from "./agent.ts";

void folderActivityAgent(process.env).then((agent) => agent.run());
