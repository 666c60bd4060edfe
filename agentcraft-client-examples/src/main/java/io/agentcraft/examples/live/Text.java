package io.agentcraft.examples.live;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.AgentView;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as words for people. What a server sends never reaches a terminal with its control characters. */
public final class Text {

  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private Text() {}

  /**
   * Replaces what could steer a terminal, or does not show: control and format characters, line ends, lone surrogates.
   *
   * @param text any text
   * @return the text on one line
   */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(character -> {
      switch (Character.getType(character)) {
        case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          clean.append(' ');
        case Character.FORMAT -> {}
        case Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> clean.append('?');
        default -> clean.appendCodePoint(character);
      }
    });
    return clean.toString();
  }

  /**
   * Words an agent's status.
   *
   * @param agent the agent
   * @return the status in capitals; the wire text if this version does not know it
   */
  public static String status(AgentView agent) {
    return agent.status() == AgentStatus.UNKNOWN
        ? clean(agent.statusText()).toUpperCase(Locale.ROOT)
        : agent.status().wireText();
  }

  /**
   * Words a progress.
   *
   * @param percent percent; perhaps {@code NaN}
   * @return for example {@code 42 %}
   */
  public static String percent(double percent) {
    return Double.isNaN(percent) ? "- %" : Math.round(Math.max(0, Math.min(100, percent))) + " %";
  }

  /**
   * Words the time of day of a server's timestamp.
   *
   * @param time the timestamp
   * @param zone the zone of the reader
   * @return hours, minutes and seconds; dashes if it has no instant
   */
  public static String timeOfDay(@Nullable WireTime time, ZoneId zone) {
    return time == null
        ? "--:--:--"
        : time.instant()
            .map(instant -> TIME_OF_DAY.format(instant.atZone(zone)))
            .orElse("--:--:--");
  }
}
