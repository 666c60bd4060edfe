package io.agentcraft.testing.internal.protocol;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text of a client or a server on its way into a report or an error: it must not begin a line of its own, control a terminal,
 * or reorder the text around it.
 */
public final class PrintableText {

  /** Control characters, line separators, surrogates without a partner, and what has the property Bidi_Control. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}"
      + "\\x{61C}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");

  private PrintableText() {}

  /** Escapes unprintable characters: a backslash, a u and four digits. */
  public static String of(String text) {
    return UNPRINTABLE
        .matcher(text)
        .replaceAll(
            found -> String.format(Locale.ROOT, "\\\\u%04X", (int) found.group().charAt(0)));
  }
}
