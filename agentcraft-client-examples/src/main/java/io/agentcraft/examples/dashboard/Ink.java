package io.agentcraft.examples.dashboard;

import org.jline.utils.AttributedStyle;

/** What a piece of text means, and how it looks where there is colour. */
public enum Ink {
  /** Plain text. */
  TEXT(AttributedStyle.DEFAULT, "#d8dee9", false),
  /** What matters less, or is older than the connection. */
  FAINT(AttributedStyle.DEFAULT.faint(), "#7b869b", false),
  /** Titles and headings. */
  HEADING(AttributedStyle.BOLD, "#ffffff", true),
  /** Connected, completed. */
  GOOD(AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN), "#8fce72", false),
  /** At work, connecting, warnings. */
  BUSY(AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW), "#ebcb6b", false),
  /** Errors, disconnected. */
  BAD(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED).bold(), "#ec6a74", true),
  /** Working together. */
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
