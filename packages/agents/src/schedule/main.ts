// The executable.
import { scheduleTrigger } from "./trigger.ts";

void scheduleTrigger().run();
