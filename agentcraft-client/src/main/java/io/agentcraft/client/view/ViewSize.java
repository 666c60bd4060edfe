package io.agentcraft.client.view;

import static io.agentcraft.client.internal.codec.MessageSize.texts;
import static io.agentcraft.client.internal.guard.ImmutableJson.OBJECT_CHARS;
import static io.agentcraft.client.internal.guard.ImmutableJson.charsOf;

import io.agentcraft.client.internal.codec.MessageSize;
import io.agentcraft.client.internal.guard.ImmutableJson;
import io.agentcraft.client.view.BoardSnapshot.CollaborationView;
import io.agentcraft.client.view.BoardSnapshot.LogLineView;

/** Estimates how much memory a view takes, in characters of two bytes. */
final class ViewSize {

  /** The times of a view, and where the board keeps it. */
  private static final long ENTRY_CHARS = 6 * OBJECT_CHARS;

  private ViewSize() {}

  static long of(AgentView agent) {
    // The size of an agent is needed twice for each update, so this one takes no array.
    return ENTRY_CHARS
        + charsOf(agent.id())
        + charsOf(agent.name())
        + charsOf(agent.statusText())
        + charsOf(agent.message())
        + MessageSize.of(agent.details())
        + charsOf(agent.metadata())
        + MessageSize.of(agent.timestamp());
  }

  static long of(SessionView session) {
    return ENTRY_CHARS
        + texts(session.sessionId(), session.query(), session.status(), session.phase())
        + MessageSize.all(session.agents(), ViewSize::of)
        + MessageSize.all(session.completedAgents(), ImmutableJson::charsOf)
        + charsOf(session.crewOutput())
        + texts(session.result(), session.error())
        + MessageSize.of(session.startedAt())
        + MessageSize.of(session.estimatedCompletion());
  }

  /** The line has the texts of its source. */
  static long of(LogLineView view) {
    return ENTRY_CHARS + MessageSize.of(view.line().source());
  }

  static long of(CollaborationView view) {
    return ENTRY_CHARS + MessageSize.of(view.collaboration());
  }
}
