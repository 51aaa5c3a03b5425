// The executable.
import { gitActivityAgent } from "./agent.ts";

const agent = await gitActivityAgent(process.env);
await agent.run();
