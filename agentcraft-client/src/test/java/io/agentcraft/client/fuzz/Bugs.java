package io.agentcraft.client.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.agentcraft.client.error.MalformedMessageException;
import org.slf4j.LoggerFactory;

/** Finds what the SDK survives but should not: bugs of its own, which it logs as errors. */
final class Bugs {

  private static final ListAppender<ILoggingEvent> EVENTS;

  static {
    // The client's module has no business with Logback, and does not read it: only this test does.
    Module tests = Bugs.class.getModule();
    ModuleLayer.boot().modules().stream()
        .filter(module -> module.isNamed() && module.getName().startsWith("ch.qos.logback"))
        .forEach(tests::addReads);
    EVENTS = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger("io.agentcraft.client");
    EVENTS.start();
    logger.addAppender(EVENTS);
  }

  private Bugs() {}

  static void begin() {
    EVENTS.list.clear();
  }

  static void assertNone() {
    assertThat(EVENTS.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
        .extracting(event -> event.getFormattedMessage() + " " + event.getThrowableProxy())
        .isEmpty();
  }

  /** The codec's last resort makes its own error of whatever went wrong inside. */
  static void assertIsNoBug(Throwable error) {
    boolean known = error instanceof MalformedMessageException
        && !error.getMessage().startsWith("The frame cannot be read");
    if (!known) {
      throw new AssertionError("Not an error of the protocol: " + error, error);
    }
  }
}
