package io.agentcraft.examples.crew;

import io.agentcraft.client.message.AgentStatus;
import java.util.List;

/** One thing that happens in the demo: something that the crew does, or that is done to its audience. */
public sealed interface CrewStep {

  /** A session begins. */
  record Begin(String session, String query, List<String> agents) implements CrewStep {
    public Begin {
      agents = List.copyOf(agents);
    }
  }

  /** An agent tells how it is doing. */
  record Report(String agent, AgentStatus status, double progress, String message)
      implements CrewStep {}

  /** Two agents work together. */
  record Collaborate(String from, String to, String kind, String reason) implements CrewStep {}

  /** A session goes into another phase. */
  record Phase(String session, String phase) implements CrewStep {}

  /** A line is added to a session's log. */
  record Log(String session, String level, String agent, String message) implements CrewStep {}

  /** A session ends well. */
  record Complete(String session) implements CrewStep {}

  /** The server's TCP connections end with no warning. */
  record Cut() implements CrewStep {}

  /** The crew goes on once its audience is back, or after a while without it. */
  record AwaitAudience() implements CrewStep {}
}
