package io.agentcraft.client.internal.publish;

import java.util.HashMap;
import java.util.Map;

/** Counts each agent's open tasks: only the end of the last is the agent's end. Safe for use by any number of threads. */
final class OpenTasks {

  private final Map<String, Integer> open = new HashMap<>();

  synchronized void begin(String agentId) {
    open.merge(agentId, 1, Integer::sum);
  }

  /** Returns whether this was the agent's last open task. */
  synchronized boolean end(String agentId) {
    return open.computeIfPresent(agentId, (id, count) -> count == 1 ? null : count - 1) == null;
  }
}
