package io.agentcraft.client.internal.guard;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Text from outside on its way into a log or the message of an exception: it must not begin a line of its own, control a
 * terminal, or reorder the text around it.
 */
public final class LogText {

  /** The maximum length of an excerpt, in characters before escaping. */
  private static final int MAX_EXCERPT = 512;

  /** The maximum length of an exception's message in the log: code may put a whole frame into one. */
  private static final int MAX_ERROR = 4096;

  /** Bounded, because a chain of causes may contain a cycle. */
  private static final int MAX_CAUSES = 20;

  private LogText() {}

  /**
   * Escapes control and bidi characters, line separators and unpaired surrogates: a backslash, a u and four digits.
   *
   * @return text of one line; the same object if there is nothing to escape
   */
  public static String escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (mustEscape(text, i)) {
        return escape(text, i);
      }
    }
    return text;
  }

  /** Escapes the beginning of a text whose length others decide; what is left out becomes an ellipsis. */
  public static String excerpt(String text) {
    return excerpt(text, MAX_EXCERPT);
  }

  /**
   * Escapes the beginning of a text.
   *
   * @param maxChars how much of the text is shown
   */
  public static String excerpt(String text, int maxChars) {
    return escape(beginning(text, maxChars));
  }

  /** Cuts a text between two code points, and ends it with an ellipsis, if it is longer than that many characters. */
  public static String beginning(String text, int maxChars) {
    if (text.length() <= maxChars) {
      return text;
    }
    int end = maxChars - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /**
   * Returns an exception to log in place of another one: the same one if its messages are fit for a log, otherwise one with
   * the same stack trace and escaped messages.
   */
  public static @Nullable Throwable loggable(@Nullable Throwable error) {
    return isLoggable(error, MAX_CAUSES) ? error : EscapedException.of(error, MAX_CAUSES);
  }

  private static boolean isLoggable(@Nullable Throwable error, int causesLeft) {
    if (error == null) {
      return true;
    }
    if (causesLeft == 0 || !shown(error).equals(error.toString())) {
      return false;
    }
    for (Throwable suppressed : error.getSuppressed()) {
      if (!isLoggable(suppressed, causesLeft / 2)) {
        return false;
      }
    }
    return isLoggable(error.getCause(), causesLeft - 1);
  }

  private static String shown(Throwable error) {
    return excerpt(error.toString(), MAX_ERROR);
  }

  private static String escape(String text, int firstEscaped) {
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, firstEscaped);
    for (int i = firstEscaped; i < text.length(); i++) {
      char character = text.charAt(i);
      if (mustEscape(text, i)) {
        escaped.append(String.format(Locale.ROOT, "\\u%04X", (int) character));
      } else {
        escaped.append(character);
      }
    }
    return escaped.toString();
  }

  private static boolean mustEscape(String text, int at) {
    char character = text.charAt(at);
    if (character < ' ') {
      return true;
    }
    if (character < 0x7f) {
      return false;
    }
    return Character.isISOControl(character)
        || character == 0x2028
        || character == 0x2029
        || isBidiControl(character)
        || isUnpairedSurrogate(text, at);
  }

  /** The marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm. */
  private static boolean isBidiControl(char character) {
    return character == 0x061c
        || (character >= 0x200e && character <= 0x200f)
        || (character >= 0x202a && character <= 0x202e)
        || (character >= 0x2066 && character <= 0x2069);
  }

  private static boolean isUnpairedSurrogate(String text, int at) {
    char character = text.charAt(at);
    if (Character.isHighSurrogate(character)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(character)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  /** Stands in the log for an exception, which its message names. */
  private static final class EscapedException extends Exception {

    private static final long serialVersionUID = 1L;

    private EscapedException(Throwable error, int causesLeft) {
      super(shown(error), of(error.getCause(), causesLeft - 1));
      setStackTrace(error.getStackTrace());
      for (Throwable suppressed : error.getSuppressed()) {
        EscapedException escaped = of(suppressed, causesLeft / 2);
        if (escaped != null) {
          addSuppressed(escaped);
        }
      }
    }

    static @Nullable EscapedException of(@Nullable Throwable error, int causesLeft) {
      return error == null || causesLeft <= 0 ? null : new EscapedException(error, causesLeft);
    }
  }
}
