package io.agentcraft.examples.dashboard;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.examples.live.Counts;
import io.agentcraft.examples.live.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;

/** The first two lines: what runs for how long, and the connection indicator. */
final class Header {

  private Header() {}

  static List<AttributedString> draw(Frame frame, Look look, int width) {
    String time =
        seconds(frame.elapsed()) + (frame.length() == null ? "" : " / " + seconds(frame.length()));
    AttributedString title = new Row(look, width)
        .add(Ink.HEADING, frame.title())
        .add(Ink.FAINT, "  " + frame.url())
        .atEnd(Ink.FAINT, time)
        .build();
    return List.of(title, indicator(frame, look, width));
  }

  private static AttributedString indicator(Frame frame, Look look, int width) {
    ConnectionState state = frame.board().connection();
    ConnectionLook connection = ConnectionLook.of(state);
    Row row = new Row(look, width)
        .add(connection.ink(), look.mark() + " " + connection.word())
        .add(Ink.TEXT, attempt(state, frame.sinceStateChange()));
    if (state.cause() != null) {
      row.add(Ink.FAINT, "  " + state.cause().description());
    } else {
      row.atEnd(Ink.FAINT, counts(frame.counts()));
    }
    return row.build();
  }

  private static String attempt(ConnectionState state, Duration since) {
    if (state.attempt() == 0) {
      return "";
    }
    String attempt = "  attempt " + state.attempt();
    if (state.nextDelay() == null) {
      return attempt;
    }
    Duration left = state.nextDelay().minus(since);
    double seconds = Math.max(0, left.toMillis()) / 1000.0;
    return attempt + String.format(Locale.ROOT, " in %.1f s", seconds);
  }

  private static String counts(Counts counts) {
    int reconnects = counts.reconnects();
    return counts.total() + " messages, " + reconnects
        + (reconnects == 1 ? " reconnect" : " reconnects");
  }

  private static String seconds(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 100 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
