package io.agentcraft.examples.demo;

import io.agentcraft.client.message.AgentStatus;
import java.util.List;

/** One thing that happens in the demo: something that the crew does, or that is done to the connection. */
public sealed interface CrewStep {

  /** A session begins. */
  record Begin(String session, String query, List<String> agents) implements CrewStep {

    public Begin {
      agents = List.copyOf(agents);
    }
  }

  /** An agent reports its status. */
  record Report(String agent, AgentStatus status, double progress, String message)
      implements CrewStep {}

  /** Two agents work together. */
  record Collaborate(String from, String to, String kind, String reason) implements CrewStep {}

  /** A session enters another phase. */
  record Phase(String session, String phase) implements CrewStep {}

  /** A line is added to a session's log. */
  record Log(String session, String level, String agent, String message) implements CrewStep {}

  /** A session completes. */
  record Complete(String session) implements CrewStep {}

  /** The server's TCP connections end without a warning. */
  record Cut() implements CrewStep {}

  /** The crew waits until the client has caught up, for a limited time. */
  record AwaitClient() implements CrewStep {}

  /**
   * A step and its time in the script.
   *
   * @param at the time, as a fraction of the whole: 0 is the beginning, 1 the end
   * @param step what happens
   */
  record Timed(double at, CrewStep step) {}

  /**
   * A step that was performed.
   *
   * @param step the step
   * @param nanoTime when, by the scheduler's {@code nanoTime()}
   */
  record Performed(CrewStep step, long nanoTime) {}
}
