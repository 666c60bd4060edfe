package io.agentcraft.client.internal.codec;

import static io.agentcraft.client.internal.guard.ImmutableJson.OBJECT_CHARS;
import static io.agentcraft.client.internal.guard.ImmutableJson.charsOf;

import io.agentcraft.client.internal.guard.ImmutableJson;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.LogStreamingStopped;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how much memory a decoded message takes, in characters of two bytes. A short frame may hold many objects, so this
 * can be many times the length of its text.
 */
public final class MessageSize {

  /** What a change has beside its message: the state of an agent or a session, before and after. */
  private static final long CHANGE_CHARS = 20 * OBJECT_CHARS;

  private MessageSize() {}

  /** Returns the size of a message. */
  public static long of(ServerMessage message) {
    if (message instanceof AgentStatusUpdate update) {
      return of(update);
    } else if (message instanceof SessionEvent event) {
      return texts(event.sessionId())
          + of(event.state())
          + of(event.timestamp())
          + charsOf(event.data());
    } else if (message instanceof SessionState response) {
      return texts(response.sessionId()) + of(response.state()) + of(response.timestamp());
    } else if (message instanceof SessionLogs frame) {
      return texts(frame.sessionId()) + all(frame.logs(), MessageSize::of) + of(frame.timestamp());
    } else if (message instanceof CrewAiLog frame) {
      return of(frame.log()) + of(frame.timestamp());
    } else if (message instanceof ActiveSessions list) {
      return all(list.sessions(), MessageSize::of) + of(list.timestamp());
    } else if (message instanceof AgentCollaboration collaboration) {
      return texts(
              collaboration.primaryAgent(),
              collaboration.secondaryAgent(),
              collaboration.collaborationType(),
              collaboration.reason())
          + of(collaboration.timestamp());
    } else if (message instanceof UnknownMessage unknown) {
      return texts(unknown.type(), unknown.raw());
    } else if (message instanceof SessionNotFound notFound) {
      return texts(notFound.sessionId()) + of(notFound.timestamp());
    } else if (message instanceof LogStreamingStarted started) {
      return texts(started.sessionId(), started.message()) + of(started.timestamp());
    } else if (message instanceof LogStreamingStopped stopped) {
      return texts(stopped.message()) + of(stopped.timestamp());
    }
    return OBJECT_CHARS;
  }

  /**
   * Returns the sizes of changes, which keep the message that caused them. What one message brings comes one after the other,
   * so the message is counted with the first of its changes.
   *
   * @param cause returns the message
   */
  public static <T> ToLongFunction<T> ofChanges(Function<T, @Nullable ServerMessage> cause) {
    int[] last = new int[1];
    return change -> {
      ServerMessage message = cause.apply(change);
      int identity = System.identityHashCode(message);
      boolean counted = identity == last[0];
      last[0] = identity;
      return CHANGE_CHARS + (counted || message == null ? 0 : of(message));
    };
  }

  /** Returns the size of a message. */
  public static long of(AgentStatusUpdate update) {
    // Most messages are of this type, so this one takes no array.
    return 2 * OBJECT_CHARS
        + charsOf(update.agentId())
        + charsOf(update.agentName())
        + charsOf(update.statusText())
        + charsOf(update.message())
        + of(update.timestamp())
        + charsOf(update.metadata());
  }

  private static long of(SessionSnapshot state) {
    return texts(state.sessionId(), state.query(), state.currentPhase())
        + all(state.activeAgents(), MessageSize::of)
        + charsOf(state.crewOutput())
        + all(state.completedAgents(), ImmutableJson::charsOf)
        + of(state.startedAt())
        + of(state.estimatedCompletion());
  }

  private static long of(AgentState agent) {
    return texts(agent.agentId(), agent.agentName(), agent.statusText(), agent.currentTask())
        + of(agent.details())
        + of(agent.startedAt())
        + of(agent.updatedAt());
  }

  private static long of(LogEntry entry) {
    return texts(entry.level(), entry.type(), entry.agent(), entry.status(), entry.task())
        + texts(entry.message())
        + of(entry.details())
        + of(entry.timestamp());
  }

  private static long of(CrewAiLog.Line line) {
    CrewAiLog.AgentInfo agent = line.agentInfo();
    return texts(line.sessionId(), line.level(), line.logger(), line.message(), line.rawMessage())
        + texts(line.source(), line.module(), line.function(), line.eventType())
        + (agent == null ? 0 : texts(agent.agentName(), agent.task()))
        + charsOf(line.data())
        + of(line.timestamp())
        + of(line.datetime());
  }

  private static long of(SessionSummary session) {
    return texts(session.sessionId(), session.query(), session.status(), session.phase())
        + of(session.startedAt());
  }

  /** Returns the size of details. */
  public static long of(@Nullable Details details) {
    return details == null ? 0 : OBJECT_CHARS + charsOf(details.value());
  }

  /** Returns the size of a time. */
  public static long of(@Nullable WireTime time) {
    if (time == null) {
      return 0;
    }
    return OBJECT_CHARS + (time.seconds().isPresent() ? 0 : charsOf(time.toString()));
  }

  /** Returns the size of a list. */
  public static <T> long all(List<T> elements, ToLongFunction<T> size) {
    long chars = OBJECT_CHARS;
    for (T element : elements) {
      chars += size.applyAsLong(element);
    }
    return chars;
  }

  /** Returns the size of an object that holds texts, without what else it holds. */
  public static long texts(@Nullable String... texts) {
    long chars = 2 * OBJECT_CHARS;
    for (String text : texts) {
      chars += charsOf(text);
    }
    return chars;
  }
}
