// The executable.
import { folderActivityAgent } from "./agent.ts";

const agent = await folderActivityAgent(process.env);
await agent.run();
