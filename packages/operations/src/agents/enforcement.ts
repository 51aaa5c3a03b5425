/**
 * What of an agent's limits is really held today, and what is only declared. Status, the handshake's ack and every
 * `agent_state` record repeat it, so that a grant never pretends to be a wall.
 */
export const enforced: readonly string[] = ["environment", "line-size", "process-group"];
export const unenforced: readonly string[] = ["cpu", "memory", "rate", "network", "files", "subprocess"];
