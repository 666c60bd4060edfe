package io.agentcraft.examples.dashboard;

import io.agentcraft.client.connection.ConnectionState;
import java.nio.charset.Charset;
import org.jline.utils.AttributedStyle;

/**
 * The colours and characters that a dashboard is drawn with.
 *
 * @param colour whether there are styles at all
 * @param unicode whether bars and marks may use more than ASCII
 */
public record Theme(boolean colour, boolean unicode) {

  /** Colour, and all of Unicode. */
  public static final Theme FULL = new Theme(true, true);

  /** The meaning of a piece of text, and its style where there is colour. */
  public enum Ink {
    /** Plain text. */
    TEXT(AttributedStyle.DEFAULT, "#d8dee9", false),
    /** Less important, or older than the connection. */
    FAINT(AttributedStyle.DEFAULT.faint(), "#7b869b", false),
    /** Titles and headings. */
    HEADING(AttributedStyle.BOLD, "#ffffff", true),
    /** Connected, completed. */
    GOOD(AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN), "#8fce72", false),
    /** Processing, connecting, warnings. */
    BUSY(AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW), "#ebcb6b", false),
    /** Errors, disconnected. */
    BAD(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED).bold(), "#ec6a74", true),
    /** Collaborating. */
    TOGETHER(AttributedStyle.DEFAULT.foreground(AttributedStyle.MAGENTA), "#c895d8", false),
    /** Analyzing; names of sessions. */
    CALM(AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN), "#6cc7d9", false);

    // It is immutable, but is not annotated so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final AttributedStyle style;

    private final String css;
    private final boolean bold;

    Ink(AttributedStyle style, String css, boolean bold) {
      this.style = style;
      this.css = css;
      this.bold = bold;
    }

    AttributedStyle style() {
      return style;
    }

    String css() {
      return css;
    }

    boolean isBold() {
      return bold;
    }
  }

  /**
   * The word and the colour for the state of a connection, as the protocol document defines them.
   *
   * @param word {@code connected}, {@code connecting}, {@code disconnected} or {@code error}
   * @param ink the colour
   */
  public record Indicator(String word, Ink ink) {

    /**
     * Returns the indicator of a state.
     *
     * @param state the connection
     * @return {@code disconnected} while waiting for an attempt, {@code connecting} during the attempt
     */
    public static Indicator of(ConnectionState state) {
      return switch (state.status()) {
        case CONNECTED -> new Indicator("connected", Ink.GOOD);
        case CONNECTING -> new Indicator("connecting", Ink.BUSY);
        case RECONNECTING ->
          state.nextDelay() == null
              ? new Indicator("connecting", Ink.BUSY)
              : new Indicator("disconnected", Ink.BAD);
        case FAILED -> new Indicator("error", Ink.BAD);
        case DISCONNECTED, CLOSED -> new Indicator("disconnected", Ink.FAINT);
      };
    }
  }

  /**
   * Returns the theme for a terminal.
   *
   * @param noColour whether the user wants no colours ({@code NO_COLOR})
   * @param encoding the terminal's encoding
   * @return the theme
   */
  public static Theme of(boolean noColour, Charset encoding) {
    return new Theme(!noColour, encoding.newEncoder().canEncode("█░●→…"));
  }

  AttributedStyle style(Ink ink) {
    return colour ? ink.style() : AttributedStyle.DEFAULT;
  }

  String full() {
    return unicode ? "█" : "#";
  }

  String empty() {
    return unicode ? "░" : ".";
  }

  String mark() {
    return unicode ? "●" : "*";
  }

  String arrow() {
    return unicode ? "→" : "->";
  }

  String ellipsis() {
    return unicode ? "…" : "~";
  }
}
