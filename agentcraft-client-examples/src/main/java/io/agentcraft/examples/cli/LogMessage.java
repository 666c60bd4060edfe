package io.agentcraft.examples.cli;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.Text;

/** The message of a log line, as the command line prints it; named in {@code logback.xml}. */
public final class LogMessage extends ClassicConverter {

  /** Called by Logback. */
  public LogMessage() {}

  @Override
  public String convert(ILoggingEvent event) {
    return Text.printable(Advice.inOptions(event.getFormattedMessage()));
  }
}
