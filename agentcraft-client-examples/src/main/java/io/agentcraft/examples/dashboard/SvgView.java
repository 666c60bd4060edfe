package io.agentcraft.examples.dashboard;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.examples.dashboard.Theme.Ink;
import io.agentcraft.examples.live.View;
import io.agentcraft.examples.live.View.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/** Writes one frame to a file as a picture: a frame some moments after a reconnect, otherwise the last one. */
public final class SvgView implements View {

  private static final int COLUMNS = 96;
  private static final int ROWS = 26;
  private static final Duration MOMENTS = Duration.ofMillis(3_300);

  private static final double CELL = 8.4;
  private static final int LINE = 19;
  private static final int MARGIN = 16;

  private final Path file;
  private @Nullable Frame last;
  private boolean written;

  /**
   * Creates the view.
   *
   * @param file the file; overwritten
   */
  public SvgView(Path file) {
    this.file = file;
  }

  @Override
  public void attachTo(AgentCraftClient client) {
    // Everything shown is in the frames.
  }

  @Override
  public synchronized void show(Frame frame) {
    last = frame;
    if (!written
        && frame.counts().reconnects() > 0
        && frame.board().isConnected()
        && frame.sinceStateChange().compareTo(MOMENTS) >= 0) {
      write(frame);
    }
  }

  @Override
  public synchronized void close() {
    if (!written && last != null) {
      write(last);
    }
  }

  private void write(Frame frame) {
    written = true;
    String svg = draw(DashboardRenderer.render(frame, Theme.FULL, COLUMNS, ROWS), COLUMNS, ROWS);
    try {
      Files.writeString(file, svg);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the picture to " + file, e);
    }
  }

  /** Draws lines that were rendered with {@link Theme#FULL} as an SVG document. */
  static String draw(List<AttributedString> lines, int columns, int rows) {
    double width = columns * CELL + 2 * MARGIN;
    int height = rows * LINE + 2 * MARGIN;
    StringBuilder svg = new StringBuilder();
    svg.append(String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%d\""
            + " viewBox=\"0 0 %.0f %d\" role=\"img\" aria-label=\"The AgentCraft dashboard\">%n",
        width,
        height,
        width,
        height));
    svg.append("<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1b212c\"/>\n");
    svg.append("<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\"")
        .append(" font-size=\"14\" xml:space=\"preserve\">\n");
    for (int i = 0; i < lines.size(); i++) {
      line(svg, lines.get(i), MARGIN + i * LINE);
    }
    return svg.append("</g>\n</svg>\n").toString();
  }

  private static void line(StringBuilder svg, AttributedString line, int top) {
    double x = MARGIN;
    int start = 0;
    while (start < line.length()) {
      int end = endOfRun(line, start);
      AttributedString run = line.subSequence(start, end);
      double width = run.columnLength() * CELL;
      run(svg, run, x, top, width);
      x += width;
      start = end;
    }
  }

  private static void run(
      StringBuilder svg, AttributedString run, double x, int top, double width) {
    String text = run.toString();
    Ink ink = ink(run.styleAt(0));
    if (isBar(text)) {
      // Fonts leave gaps between block characters.
      svg.append(String.format(
          Locale.ROOT,
          "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"11\" fill=\"%s\"%s/>%n",
          x,
          top + 4,
          text.strip().length() * CELL,
          ink.css(),
          text.startsWith("░") ? " opacity=\"0.35\"" : ""));
    } else if (!text.isBlank()) {
      svg.append(String.format(
          Locale.ROOT,
          "<text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\" fill=\"%s\"%s>%s</text>%n",
          x,
          top + 14,
          width,
          ink.css(),
          ink.isBold() ? " font-weight=\"bold\"" : "",
          escaped(text)));
    }
  }

  private static boolean isBar(String text) {
    return !text.isBlank()
        && text.strip().chars().allMatch(character -> character == '█' || character == '░');
  }

  /** A run ends where the style changes, and where the full part of a bar meets the empty part. */
  private static int endOfRun(AttributedString line, int start) {
    int end = start + 1;
    while (end < line.length()
        && line.styleAt(end).equals(line.styleAt(start))
        && isBlock(line.charAt(end)) == isBlock(line.charAt(end - 1))) {
      end++;
    }
    return end;
  }

  private static boolean isBlock(char character) {
    return character == '█' || character == '░';
  }

  private static Ink ink(AttributedStyle style) {
    return Arrays.stream(Ink.values())
        .filter(ink -> ink.style().equals(style))
        .findFirst()
        .orElse(Ink.TEXT);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace(' ', '\u00a0');
  }
}
