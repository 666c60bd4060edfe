package io.agentcraft.examples.live;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.AgentView;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats values for people to read. All lines that the command line prints go through {@link #printable}. */
public final class Text {

  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private Text() {}

  /**
   * Makes text from a server or from input safe to print: on one line, and without a way to control the terminal or to
   * reorder the text around it. Control and bidi characters, line ends and unpaired surrogates become escapes, such as
   * {@code \n} for a line end; other invisible characters are left out, and unassigned ones become a question mark.
   *
   * @param text any text
   * @return one line of printable text
   */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().forEach(character -> {
      if (isUnsafe(character)) {
        printable.append(escape(character));
        return;
      }
      switch (Character.getType(character)) {
        case Character.FORMAT -> {}
        case Character.PRIVATE_USE, Character.UNASSIGNED -> printable.append('?');
        default -> printable.appendCodePoint(character);
      }
    });
    return printable.toString();
  }

  /**
   * Makes JSON safe to print, like {@link #printable}, and leaves its value as it is: what would be unsafe is within a JSON
   * string, where the escapes mean the same.
   *
   * @param json JSON on one line
   * @return the same JSON
   */
  public static String printableJson(String json) {
    StringBuilder printable = new StringBuilder(json.length());
    json.codePoints().forEach(character -> {
      if (isUnsafe(character)) {
        printable.append(escape(character));
      } else {
        printable.appendCodePoint(character);
      }
    });
    return printable.toString();
  }

  /**
   * Prints lines, each {@link #printable}, and flushes.
   *
   * @param out where to
   * @param lines text without line ends
   */
  public static void print(PrintWriter out, String... lines) {
    for (String line : lines) {
      out.println(printable(line));
    }
    out.flush();
  }

  /**
   * Joins the words that are there.
   *
   * @param words some of them perhaps empty
   * @return those that are not empty, with a space between them
   */
  public static String join(String... words) {
    return Arrays.stream(words).filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
  }

  /**
   * Formats an agent's status.
   *
   * @param agent the agent
   * @return the status in capitals; the wire text if this version does not know it
   */
  public static String status(AgentView agent) {
    return agent.status() == AgentStatus.UNKNOWN
        ? agent.statusText().toUpperCase(Locale.ROOT)
        : agent.status().wireText();
  }

  /**
   * Formats a progress.
   *
   * @param percent percent; {@code NaN} if absent
   * @return for example {@code 42 %}; empty if absent
   */
  public static String percent(double percent) {
    return Double.isNaN(percent) ? "" : Math.round(Math.max(0, Math.min(100, percent))) + " %";
  }

  /**
   * Formats a server's timestamp as the time of day.
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

  private static boolean isUnsafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> true;
      default -> isBidi(character);
    };
  }

  private static String escape(int character) {
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, "\\u%04X", character);
    };
  }

  /** The marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm. */
  private static boolean isBidi(int character) {
    return character == 0x061c
        || (character >= 0x200e && character <= 0x200f)
        || (character >= 0x202a && character <= 0x202e)
        || (character >= 0x2066 && character <= 0x2069);
  }
}
