package io.agentcraft.client.internal.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Counts each agent's open tasks: only the end of the last is the agent's end. What is published at a task's begin and end
 * is published under the lock, so that it comes in the order of the count; what cannot be published changes no count. Safe
 * for use by any number of threads.
 */
final class OpenTasks {

  private final Map<String, Integer> open = new HashMap<>();

  synchronized void begin(String agentId, Runnable publish) {
    publish.run();
    open.merge(agentId, 1, Integer::sum);
  }

  /** Ends one of an agent's tasks; publishes either the agent's end or that of one task of more. */
  synchronized <T> T end(String agentId, Supplier<T> asLast, Supplier<T> asOneOfMore) {
    boolean last = open.getOrDefault(agentId, 1) == 1;
    T published = last ? asLast.get() : asOneOfMore.get();
    open.computeIfPresent(agentId, (id, count) -> count == 1 ? null : count - 1);
    return published;
  }
}
