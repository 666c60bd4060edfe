package io.agentcraft.examples.dashboard;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.examples.dashboard.Theme.Ink;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.Tally.Counts;
import io.agentcraft.examples.live.View.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;

/** Draws a frame for a screen of a given size. Pure: the same input gives the same lines. */
public final class DashboardRenderer {

  /** In the order in which rows are given out when they are few. */
  private static final List<Section> BY_IMPORTANCE = List.of(
      new Sections.AgentSection(),
      new Sections.SessionSection(),
      new Sections.LogSection(),
      new Sections.CollaborationSection());

  /** The order on the screen: sessions at the top, the log at the bottom. */
  private static final int[] ON_SCREEN = {1, 0, 3, 2};

  /** Screens with this many rows have blank lines between the sections. */
  private static final int ROWS_FOR_BLANKS = 20;

  private DashboardRenderer() {}

  /** A part of the dashboard with a heading and items. */
  interface Section {

    /** Fewer rows than this for all sections together are few. */
    int SMALL = 12;

    /**
     * Returns how many rows the section wants.
     *
     * @param frame what to show
     * @param rows how many rows all sections have together
     * @return the rows, including the heading
     */
    Want want(Frame frame, int rows);

    /**
     * Draws the section.
     *
     * @param frame what to show
     * @param theme the colours and characters
     * @param width cells per line
     * @param rows the maximum number of lines, including the heading; 2 or more
     * @return the lines
     */
    List<AttributedString> draw(Frame frame, Theme theme, int width, int rows);
  }

  /**
   * The rows that a section wants, including its heading.
   *
   * @param least the rows it needs
   * @param most the rows it can fill
   */
  record Want(int least, int most) {}

  /**
   * Draws the dashboard.
   *
   * @param frame what to show
   * @param theme the colours and characters
   * @param columns cells per line
   * @param rows lines of the screen
   * @return at most {@code rows} lines, none wider than {@code columns}
   */
  public static List<AttributedString> render(Frame frame, Theme theme, int columns, int rows) {
    if (columns < 1 || rows < 1) {
      return List.of();
    }
    List<AttributedString> lines = new ArrayList<>();
    lines.add(title(frame, theme, columns));
    lines.add(indicator(frame, theme, columns));
    boolean withBlanks = rows >= ROWS_FOR_BLANKS;
    int free = rows - lines.size() - (withBlanks ? BY_IMPORTANCE.size() : 0);
    List<Want> wants =
        BY_IMPORTANCE.stream().map(section -> section.want(frame, free)).toList();
    int[] shares = share(free, wants);
    for (int index : ON_SCREEN) {
      if (shares[index] == 0) {
        continue;
      }
      if (withBlanks) {
        lines.add(AttributedString.EMPTY);
      }
      lines.addAll(BY_IMPORTANCE.get(index).draw(frame, theme, columns, shares[index]));
    }
    return List.copyOf(lines.subList(0, Math.min(rows, lines.size())));
  }

  /**
   * Shares out rows: first to each section what it needs, then to each what it can fill.
   *
   * @param rows how many there are
   * @param wants the sections, the most important first
   * @return the rows of each section; 0 for one that is left out
   */
  static int[] share(int rows, List<Want> wants) {
    int[] shares = new int[wants.size()];
    int left = Math.max(0, rows);
    for (int i = 0; i < shares.length; i++) {
      int least = Math.min(wants.get(i).least(), wants.get(i).most());
      int share = Math.min(least, left);
      // A heading with nothing below it is of no use.
      shares[i] = share < 2 ? 0 : share;
      left -= shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        int more = Math.min(left, wants.get(i).most() - shares[i]);
        shares[i] += more;
        left -= more;
      }
    }
    return shares;
  }

  private static AttributedString title(Frame frame, Theme theme, int width) {
    String time =
        seconds(frame.elapsed()) + (frame.length() == null ? "" : " / " + seconds(frame.length()));
    return new Row(theme, width)
        .add(Ink.HEADING, frame.title())
        .add(Ink.FAINT, "  " + frame.url())
        .atEnd(Ink.FAINT, time)
        .build();
  }

  private static AttributedString indicator(Frame frame, Theme theme, int width) {
    ConnectionState state = frame.board().connection();
    Theme.Indicator indicator = Theme.Indicator.of(state);
    Row row = new Row(theme, width)
        .add(indicator.ink(), theme.mark() + " " + indicator.word())
        .add(Ink.TEXT, attempt(state, frame.sinceStateChange()));
    if (state.cause() != null) {
      row.add(Ink.FAINT, "  " + Advice.description(state.cause()));
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
