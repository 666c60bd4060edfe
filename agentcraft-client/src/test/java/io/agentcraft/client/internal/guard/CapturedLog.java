package io.agentcraft.client.internal.guard;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Captures what the SDK logs at every level, and keeps it off the console until closed. */
public final class CapturedLog implements AutoCloseable {

  private final Logger logger;
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  public CapturedLog() {
    // The client's module does not read Logback: only tests do.
    Module tests = CapturedLog.class.getModule();
    ModuleLayer.boot().modules().stream()
        .filter(module -> module.isNamed() && module.getName().startsWith("ch.qos.logback"))
        .forEach(tests::addReads);
    logger = (Logger) LoggerFactory.getLogger("io.agentcraft.client");
    events.start();
    logger.setLevel(Level.TRACE);
    logger.setAdditive(false);
    logger.addAppender(events);
  }

  /** Returns the messages of all levels so far. */
  public List<String> messages() {
    return List.copyOf(events.list).stream()
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** Returns the messages of warnings and errors so far. */
  public List<String> warnings() {
    return loggedWarnings().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** Returns the stack traces of warnings and errors so far; empty for one without. */
  public List<String> traces() {
    return loggedWarnings()
        .map(event -> ThrowableProxyUtil.asString(event.getThrowableProxy()))
        .toList();
  }

  private Stream<ILoggingEvent> loggedWarnings() {
    return List.copyOf(events.list).stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
  }

  @Override
  public void close() {
    logger.detachAppender(events);
    logger.setAdditive(true);
    logger.setLevel(null);
  }
}
