package io.agentcraft.client.it;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;

/** Records what the SDK logs at every level, and keeps it off the console until closed. */
public final class SdkLogs implements AutoCloseable {

  private final Logger logger = context().getLogger("io.agentcraft.client");
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  public SdkLogs() {
    events.start();
    logger.setLevel(Level.TRACE);
    logger.setAdditive(false);
    logger.addAppender(events);
  }

  /** The fixtures' module does not read SLF4J and Logback; only these tests need them. */
  private static LoggerContext context() {
    Module tests = SdkLogs.class.getModule();
    ModuleLayer.boot().modules().stream()
        .filter(module -> module.isNamed() && module.getName().startsWith("ch.qos.logback"))
        .forEach(tests::addReads);
    try {
      Object factory = Class.forName("org.slf4j.LoggerFactory")
          .getMethod("getILoggerFactory")
          .invoke(null);
      return (LoggerContext) factory;
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public List<String> lines(Level level) {
    return List.copyOf(events.list).stream()
        .filter(event -> event.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** All lines of all levels, with their stack traces. */
  List<String> everything() {
    return List.copyOf(events.list).stream()
        .map(event -> event.getThreadName() + " " + event.getLoggerName() + " "
            + event.getFormattedMessage() + " "
            + ThrowableProxyUtil.asString(event.getThrowableProxy()))
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(events);
    logger.setAdditive(true);
    logger.setLevel(null);
  }
}
