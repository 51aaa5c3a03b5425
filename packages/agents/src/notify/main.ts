// The executable.
import { notifyAction } from "./action.ts";

void notifyAction().run();
