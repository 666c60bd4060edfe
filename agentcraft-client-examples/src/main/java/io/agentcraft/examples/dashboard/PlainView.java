package io.agentcraft.examples.dashboard;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.client.view.SessionView;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.NewLogLines;
import io.agentcraft.examples.live.Text;
import io.agentcraft.examples.live.View;
import io.agentcraft.examples.live.View.Frame;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** Prints one line per event, without escape sequences. */
public final class PlainView implements View {

  private static final int LINES_PER_SECOND = 30;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  private final PrintWriter out;
  private final Scheduler scheduler;
  private final Width width;
  /** One for each kind of line: many of one kind must not hide those of another. */
  private final Map<String, LineLimit> limits = new HashMap<>();

  private final NewLogLines newLogLines = new NewLogLines();
  private final Map<String, SessionView> sessions = new LinkedHashMap<>();
  private String lastSessions = "";
  private boolean closed;

  /**
   * Creates the view.
   *
   * @param out where the lines go
   * @param scheduler its clock
   * @param width cuts the lines; closed with this view
   */
  public PlainView(PrintWriter out, Scheduler scheduler, Width width) {
    this.out = out;
    this.scheduler = scheduler;
    this.width = width;
  }

  @Override
  public void attachTo(AgentCraftClient client) {
    client.onConnectionState(state -> print(PlainLines.of(state)));
    client.onError(error -> printIfFew(PlainLines.error(Advice.inOptions(error.getMessage()))));
    client.onSessionChange(this::print);
    client.onActiveSessions(list -> printSessions());
    client.onAgentChange(Throttle.perSecond(2), this::print);
    client.onAgentCollaboration(collaboration -> printIfFew(PlainLines.of(collaboration)));
  }

  /** Prints the log lines that are new on the board. */
  @Override
  public synchronized void show(Frame frame) {
    newLogLines.of(frame.board()).forEach(line -> printIfFew(PlainLines.of(line)));
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      out.flush();
      width.close();
    }
  }

  /** The end of an agent is always printed. */
  private void print(AgentChange change) {
    PlainLines.of(change).forEach(change.isEnd() ? this::print : this::printIfFew);
  }

  /** The end of a session is always printed. */
  private synchronized void print(SessionChange change) {
    PlainLines.of(change).forEach(change.isEnd() ? this::print : this::printIfFew);
    SessionView session = change.now();
    boolean isOver = session.isEnded() && !session.listed();
    if (change.kind() == SessionChange.Kind.REMOVED) {
      sessions.remove(session.sessionId());
    } else {
      sessions.put(session.sessionId(), session);
    }
    printSessions();
    if (isOver) {
      // A program published it, so that no list of the server will ever remove it.
      sessions.remove(session.sessionId());
    }
  }

  private synchronized void printSessions() {
    String line = PlainLines.of(sessions.values());
    if (!line.equals(lastSessions)) {
      lastSessions = line;
      printIfFew(line);
    }
  }

  synchronized void printIfFew(String line) {
    long now = scheduler.nanoTime();
    String kind = line.substring(0, line.indexOf(' '));
    LineLimit limit = limits.computeIfAbsent(kind, first -> new LineLimit(LINES_PER_SECOND, now));
    long left = limit.takeLeft(now);
    if (left > 0) {
      print("left out    " + left + " lines like the next one, more than " + LINES_PER_SECOND
          + " a second");
    }
    if (limit.tryTake(now)) {
      print(line);
    }
  }

  private synchronized void print(String line) {
    if (!closed) {
      String time = TIME.format(scheduler.now().atZone(ZoneId.systemDefault()));
      Text.print(out, width.fit(time + "  " + Text.printable(line)));
    }
  }

  /** Cuts lines to the current width of the terminal. In a file or a pipe they stay whole. */
  public static final class Width implements AutoCloseable {

    private final @Nullable Terminal terminal;

    Width(@Nullable Terminal terminal) {
      this.terminal = terminal;
    }

    /**
     * Returns the width of standard output.
     *
     * @return the width; closed by the caller
     */
    public static Width ofStandardOutput() {
      return new Width(Terminals.openForLines().orElse(null));
    }

    String fit(String line) {
      return terminal == null
          ? line
          : Terminals.cut(
              line,
              Terminals.columns(terminal),
              Theme.of(true, terminal.encoding()).ellipsis());
    }

    @Override
    public void close() {
      if (terminal != null) {
        Terminals.close(terminal);
      }
    }
  }

  /** Admits a number of lines per second, and counts the others. Confined to one thread. */
  static final class LineLimit {

    private static final long SECOND = 1_000_000_000L;

    private final int linesPerSecond;
    private long windowStart;
    private int inWindow;
    private long left;

    LineLimit(int linesPerSecond, long nanoTime) {
      this.linesPerSecond = linesPerSecond;
      this.windowStart = nanoTime;
    }

    /** Returns whether a line may be printed now; one that may not is counted. */
    boolean tryTake(long nanoTime) {
      if (nanoTime - windowStart >= SECOND) {
        windowStart = nanoTime;
        inWindow = 0;
      }
      if (inWindow < linesPerSecond) {
        inWindow++;
        return true;
      }
      left++;
      return false;
    }

    /** Returns how many lines were not printed since the last call, once a line may be printed again. */
    long takeLeft(long nanoTime) {
      if (left == 0 || nanoTime - windowStart < SECOND) {
        return 0;
      }
      long taken = left;
      left = 0;
      return taken;
    }
  }
}
