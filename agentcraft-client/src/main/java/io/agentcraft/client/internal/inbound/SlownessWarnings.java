package io.agentcraft.client.internal.inbound;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log that listeners are slower than the server, once a minute. */
final class SlownessWarnings {

  private static final Logger LOG = LoggerFactory.getLogger(CallbackBuffer.class);

  private final LongSupplier nanoTime;
  private final WarnLimit limit = new WarnLimit();

  SlownessWarnings(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void readingIsPaused(Backlog backlog) {
    if (!mayWarn()) {
      return;
    }
    boolean text = backlog.isFullOfText();
    LOG.warn(
        "Listeners or subscribers are slower than the server: {} messages wait{}, so reading is paused until they"
            + " catch up. Let them do less, {}or choose OverflowStrategy.DROP_OLDEST.",
        backlog.size(),
        text ? " with more than a million characters" : "",
        text ? "" : "raise callbackQueue(…), ");
  }

  void oldestIsDropped(Backlog backlog) {
    if (mayWarn()) {
      LOG.warn(
          "Listeners are slower than the server: {} messages wait, so the oldest are dropped.",
          backlog.size());
    }
  }

  private boolean mayWarn() {
    return limit.admit(nanoTime.getAsLong()).isPresent();
  }
}
