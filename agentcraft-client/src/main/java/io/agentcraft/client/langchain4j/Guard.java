package io.agentcraft.client.langchain4j;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what a hook does. What is thrown there would end somebody's agent, so it is logged, once. */
final class Guard {

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final AtomicBoolean logged = new AtomicBoolean();

  void run(Runnable hook) {
    try {
      hook.run();
    } catch (RuntimeException | Error failure) {
      if (logged.compareAndSet(false, true)) {
        LOG.warn(
            "Something that LangChain4j did could not be published. This is logged once.", failure);
      }
    }
  }
}
