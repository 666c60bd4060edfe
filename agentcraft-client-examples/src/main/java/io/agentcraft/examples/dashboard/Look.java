package io.agentcraft.examples.dashboard;

import java.nio.charset.Charset;
import org.jline.utils.AttributedStyle;

/**
 * How a dashboard is drawn.
 *
 * @param colour whether there are styles at all
 * @param unicode whether bars and marks may be drawn with more than ASCII
 */
public record Look(boolean colour, boolean unicode) {

  /** Colour, and all of Unicode. */
  public static final Look FULL = new Look(true, true);

  /**
   * Chooses the look for a terminal.
   *
   * @param noColour whether the user wants none ({@code NO_COLOR})
   * @param encoding what the terminal understands
   * @return the look
   */
  public static Look of(boolean noColour, Charset encoding) {
    return new Look(!noColour, encoding.newEncoder().canEncode("█░●→…"));
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
