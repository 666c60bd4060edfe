package io.agentcraft.examples.live;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionView;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
   * Formats an agent.
   *
   * @param agent the agent
   * @return its name, status, progress, what it is doing, and in brackets which tool it uses or why it failed, if known
   */
  public static String agent(AgentView agent) {
    return join(agent.displayName(), status(agent), percent(agent.progress()), doing(agent));
  }

  /**
   * Formats what an agent is doing.
   *
   * @param agent the agent
   * @return its message, and its details in brackets; those of them that are known
   */
  public static String doing(AgentView agent) {
    String details = details(agent.details());
    boolean known = details.isEmpty() || details.equals(agent.message());
    return join(agent.message(), known ? "" : "(" + details + ")");
  }

  /**
   * Formats details.
   *
   * @param details text or an object; {@code null} if absent
   * @return the text; of an object its fields, for example {@code tool: search, page: 3}; of one with nothing but an error, the
   *     error
   */
  public static String details(@Nullable Details details) {
    if (details == null) {
      return "";
    }
    Map<String, @Nullable Object> fields = details.fields();
    Object error = fields.size() == 1 ? fields.get("error") : null;
    return error != null ? error.toString() : fields.isEmpty() ? details.text() : fields(fields);
  }

  /**
   * Formats an entry of a crew's output.
   *
   * @param entry any JSON
   * @return of an object the agent, the type and the content, as far as it has them; of any other the text
   */
  public static String output(@Nullable Object entry) {
    if (!(entry instanceof Map<?, ?> fields)) {
      return String.valueOf(entry);
    }
    Object content = fields.get("content");
    if (content == null) {
      return fields(fields);
    }
    return Stream.of(fields.get("agent"), fields.get("type"), content)
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(": "));
  }

  /**
   * Formats how a session ended.
   *
   * @param session the session
   * @return the result, or why it failed, which may be known from an agent only; empty if unknown
   */
  public static String reason(SessionView session) {
    if (session.outcome() != SessionView.Outcome.FAILED) {
      return session.result() == null ? "" : session.result();
    }
    return session.error() != null
        ? session.error()
        : session.agents().stream()
            .filter(agent -> agent.status() == AgentStatus.ERROR)
            .map(agent -> agent.details() == null ? agent.message() : details(agent.details()))
            .filter(why -> !why.isEmpty())
            .findFirst()
            .orElse("");
  }

  private static String fields(Map<?, ?> fields) {
    return fields.entrySet().stream()
        .filter(field -> field.getValue() != null)
        .map(field -> field.getKey() + ": " + field.getValue())
        .collect(Collectors.joining(", "));
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
