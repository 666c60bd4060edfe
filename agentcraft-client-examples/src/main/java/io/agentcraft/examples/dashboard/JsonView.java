package io.agentcraft.examples.dashboard;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.examples.live.JsonLines;
import io.agentcraft.examples.live.NewLogLines;
import io.agentcraft.examples.live.View;
import io.agentcraft.examples.live.View.Frame;
import java.io.PrintWriter;

/** Prints one JSON object per change, and leaves none out. */
public final class JsonView implements View {

  private final PrintWriter out;
  private final Scheduler clock;
  private final NewLogLines newLogLines = new NewLogLines();
  private boolean closed;

  /**
   * Creates the view.
   *
   * @param out where the lines go
   * @param clock tells when a change arrived
   */
  public JsonView(PrintWriter out, Scheduler clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void attachTo(AgentCraftClient client) {
    client.onConnectionState(state -> print(JsonLines.of(clock.now(), state)));
    client.onError(
        error -> print(JsonLines.error(clock.now(), String.valueOf(error.getMessage()))));
    client.onSessionChange(change -> print(JsonLines.of(clock.now(), change)));
    client.onAgentChange(change -> print(JsonLines.of(clock.now(), change)));
    client.onAgentCollaboration(talk -> print(JsonLines.of(clock.now(), talk)));
  }

  /** Prints the log lines that are new on the board. */
  @Override
  public synchronized void show(Frame frame) {
    newLogLines.of(frame.board()).forEach(line -> print(JsonLines.of(clock.now(), line)));
  }

  @Override
  public synchronized void close() {
    closed = true;
    out.flush();
  }

  private synchronized void print(String line) {
    if (!closed) {
      out.println(line);
      out.flush();
    }
  }
}
