// The executable.
import { httpRequestAction } from "./action.ts";

void httpRequestAction().run();
