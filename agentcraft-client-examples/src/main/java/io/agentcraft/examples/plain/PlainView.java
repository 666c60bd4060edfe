package io.agentcraft.examples.plain;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.client.view.BoardSnapshot.LogLineView;
import io.agentcraft.examples.dashboard.LineFit;
import io.agentcraft.examples.live.Frame;
import io.agentcraft.examples.live.View;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Prints one line an event. */
public final class PlainView implements View {

  private static final int LINES_PER_SECOND = 30;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  private final PrintWriter out;
  private final Scheduler scheduler;
  private final LineFit fit;
  private final LineLimit limit;
  private Set<LogLineView> shown = Set.of();
  private String lastSessions = "";
  private boolean closed;

  /**
   * Makes the view.
   *
   * @param out where the lines go
   * @param scheduler tells the time
   * @param fit cuts the lines; closed with this view
   */
  public PlainView(PrintWriter out, Scheduler scheduler, LineFit fit) {
    this.out = out;
    this.scheduler = scheduler;
    this.fit = fit;
    this.limit = new LineLimit(LINES_PER_SECOND, scheduler.nanoTime());
  }

  @Override
  public void attachTo(AgentCraftClient client) {
    client.onConnectionState(state -> print(PlainLines.of(state)));
    client.onError(error -> printIfFew(PlainLines.error(String.valueOf(error.getMessage()))));
    client.onActiveSessions(list -> printSessions(PlainLines.of(list)));
    client.onAgentStatus(this::printFinal);
    client.onAgentStatus(Throttle.perSecond(2), this::printPassing);
    client.onAgentCollaboration(talk -> printIfFew(PlainLines.of(talk)));
  }

  /** Prints the log lines that are new on the board, which knows those it has told already. */
  @Override
  public synchronized void show(Frame frame) {
    List<LogLineView> lines = frame.board().logLines();
    Set<LogLineView> now = new HashSet<>();
    for (LogLineView line : lines) {
      LogLineView key = new LogLineView(line.line(), line.arrivedAt(), false);
      now.add(key);
      if (!shown.contains(key)) {
        printIfFew(PlainLines.of(key.line()));
      }
    }
    shown = now;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      out.flush();
      fit.close();
    }
  }

  /** How an agent ended is always printed, and at once. */
  private void printFinal(AgentStatusUpdate update) {
    if (update.status().isFinal()) {
      print(PlainLines.of(update));
    }
  }

  private void printPassing(AgentStatusUpdate update) {
    if (!update.status().isFinal()) {
      printIfFew(PlainLines.of(update));
    }
  }

  private synchronized void printSessions(String line) {
    if (!line.equals(lastSessions)) {
      lastSessions = line;
      printIfFew(line);
    }
  }

  private synchronized void printIfFew(String line) {
    long now = scheduler.nanoTime();
    long left = limit.takeLeft(now);
    if (left > 0) {
      print("left out    " + left + " lines, more than " + LINES_PER_SECOND + " a second");
    }
    if (limit.tryTake(now)) {
      print(line);
    }
  }

  private synchronized void print(String line) {
    if (!closed) {
      String time = TIME.format(scheduler.now().atZone(ZoneId.systemDefault()));
      out.println(fit.fit(time + "  " + line));
      out.flush();
    }
  }
}
