package io.agentcraft.client.internal.codec;

import io.agentcraft.client.internal.codec.MessageType.Codec;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireMessage;
import io.agentcraft.client.message.WireTime;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The codecs of messages about sessions, and of the requests that have only a {@code session_id}. */
final class SessionCodecs {

  private SessionCodecs() {}

  /** {@code active_sessions}. */
  static final class Active implements Codec<ActiveSessions> {

    @Override
    public ActiveSessions read(FrameReader in) throws IOException {
      WireTime timestamp = null;
      ActiveData data = null;
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "timestamp" -> timestamp = in.time();
          case "data" -> data = in.object(ActiveData::read);
          default -> in.skipField(name);
        }
      }
      List<SessionSummary> sessions = data == null ? List.of() : data.sessions();
      Integer total = data == null ? null : data.totalSessions();
      return new ActiveSessions(timestamp, total != null ? total : sessions.size(), sessions);
    }

    @Override
    public void write(ActiveSessions active, FrameWriter out) throws IOException {
      out.optionalTime("timestamp", active.timestamp());
      out.object("data", active, SessionCodecs::writeActiveData);
    }
  }

  private record ActiveData(@Nullable Integer totalSessions, List<SessionSummary> sessions) {

    static ActiveData read(FrameReader in) throws IOException {
      Integer totalSessions = null;
      List<SessionSummary> sessions = List.of();
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "total_sessions" -> totalSessions = in.integer();
          case "sessions" -> sessions = in.objects(SessionCodecs::readSummary);
          default -> in.skip();
        }
      }
      return new ActiveData(totalSessions, sessions);
    }
  }

  private static void writeActiveData(ActiveSessions active, FrameWriter out) throws IOException {
    out.integer("total_sessions", active.totalSessions());
    out.objects("sessions", active.sessions(), SessionCodecs::writeSummary);
  }

  private static SessionSummary readSummary(FrameReader in) throws IOException {
    String sessionId = "";
    String query = null;
    String status = null;
    Integer agentsActive = null;
    String phase = null;
    double progress = Double.NaN;
    Integer agents = null;
    WireTime startedAt = null;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "session_id" -> sessionId = in.text();
        case "query" -> query = in.optionalText();
        case "status" -> status = in.optionalText();
        case "agents_active" -> agentsActive = in.integer();
        case "phase" -> phase = in.optionalText();
        case "progress" -> progress = in.number();
        case "agents" -> agents = in.integer();
        case "started_at" -> startedAt = in.time();
        default -> in.skip();
      }
    }
    return new SessionSummary(
        sessionId, query, status, agentsActive, phase, progress, agents, startedAt);
  }

  private static void writeSummary(SessionSummary summary, FrameWriter out) throws IOException {
    out.text("session_id", summary.sessionId());
    out.optionalText("query", summary.query());
    out.optionalText("status", summary.status());
    out.optionalInteger("agents_active", summary.agentsActive());
    out.optionalText("phase", summary.phase());
    out.progress("progress", summary.progress());
    out.optionalInteger("agents", summary.agents());
    out.optionalTime("started_at", summary.startedAt());
  }

  /** {@code session_state}. */
  static final class State extends WithSnapshot<SessionState> {

    @Override
    SessionState create(
        String type,
        String sessionId,
        SessionSnapshot state,
        @Nullable WireTime timestamp,
        Map<String, @Nullable Object> data) {
      return new SessionState(sessionId, state, timestamp);
    }

    @Override
    public void write(SessionState message, FrameWriter out) throws IOException {
      out.text("session_id", message.sessionId());
      out.object("state", message.state(), SessionCodecs::writeSnapshot);
      out.optionalTime("timestamp", message.timestamp());
    }
  }

  /** The session events. */
  static final class Event extends WithSnapshot<SessionEvent> {

    /** The kinds by wire name. */
    static final Map<String, SessionEvent.Kind> KINDS = kinds();

    private static Map<String, SessionEvent.Kind> kinds() {
      Map<String, SessionEvent.Kind> kinds = new HashMap<>();
      for (SessionEvent.Kind kind : SessionEvent.Kind.values()) {
        kinds.put(kind.wireName(), kind);
      }
      return Map.copyOf(kinds);
    }

    @Override
    SessionEvent create(
        String type,
        String sessionId,
        SessionSnapshot state,
        @Nullable WireTime timestamp,
        Map<String, @Nullable Object> data) {
      SessionEvent.Kind kind = Objects.requireNonNull(KINDS.get(type));
      return new SessionEvent(kind, sessionId, state, timestamp, data);
    }

    @Override
    public void write(SessionEvent event, FrameWriter out) throws IOException {
      out.text("session_id", event.sessionId());
      out.optionalTime("timestamp", event.timestamp());
      out.object("state", event.state(), SessionCodecs::writeSnapshotInEvent);
      if (!event.data().isEmpty()) {
        out.free("data", event.data());
      }
    }
  }

  /** Reads what {@code session_state} and the session events have in common. */
  private abstract static class WithSnapshot<M extends WireMessage> implements Codec<M> {

    abstract M create(
        String type,
        String sessionId,
        SessionSnapshot state,
        @Nullable WireTime timestamp,
        Map<String, @Nullable Object> data);

    @Override
    public final M read(FrameReader in) throws IOException {
      String sessionId = null;
      SnapshotDraft state = null;
      WireTime timestamp = null;
      Map<String, @Nullable Object> data = Map.of();
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "session_id" -> sessionId = in.optionalText();
          case "data" -> data = in.freeObjectOrEmpty();
          case "state" -> state = in.object(SnapshotDraft::read);
          case "timestamp" -> timestamp = in.time();
          default -> in.skipField(name);
        }
      }
      SnapshotDraft draft = in.required("state", state);
      String id = in.required("session_id", sessionId != null ? sessionId : draft.sessionId);
      return create(in.type(), id, draft.build(id), timestamp, data);
    }
  }

  /** A {@code state} whose session may only be known when the whole frame has been read. */
  private static final class SnapshotDraft {

    private @Nullable String sessionId;
    private String query = "";
    private String currentPhase = "";
    private double overallProgress = Double.NaN;
    private List<AgentState> activeAgents = List.of();
    private List<@Nullable Object> crewOutput = List.of();
    private @Nullable Integer totalAgents;
    private List<String> completedAgents = List.of();
    private @Nullable WireTime startedAt;
    private @Nullable WireTime estimatedCompletion;

    static SnapshotDraft read(FrameReader in) throws IOException {
      SnapshotDraft draft = new SnapshotDraft();
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        draft.readField(name, in);
      }
      return draft;
    }

    private void readField(String name, FrameReader in) throws IOException {
      switch (name) {
        case "session_id" -> sessionId = in.optionalText();
        case "query" -> query = in.text();
        case "current_phase" -> currentPhase = in.text();
        case "overall_progress" -> overallProgress = in.number();
        case "active_agents" -> activeAgents = in.objects(AgentCodecs::readState);
        case "crew_output" -> crewOutput = in.freeList();
        case "total_agents" -> totalAgents = in.integer();
        case "completed_agents" -> completedAgents = in.texts();
        case "started_at" -> startedAt = in.time();
        case "estimated_completion" -> estimatedCompletion = in.time();
        default -> in.skip();
      }
    }

    SessionSnapshot build(String fallbackSessionId) {
      return new SessionSnapshot(
          sessionId != null ? sessionId : fallbackSessionId,
          query,
          currentPhase,
          overallProgress,
          activeAgents,
          crewOutput,
          totalAgents,
          completedAgents,
          startedAt,
          estimatedCompletion);
    }
  }

  private static void writeSnapshot(SessionSnapshot state, FrameWriter out) throws IOException {
    writeCommonFields(state, AgentCodecs::writeState, out);
    if (!state.completedAgents().isEmpty()) {
      out.texts("completed_agents", state.completedAgents());
    }
    out.optionalTime("started_at", state.startedAt());
    out.optionalTime("estimated_completion", state.estimatedCompletion());
  }

  /** Writes the form of the deployed backend's events, which have all fields, some of them null. */
  private static void writeSnapshotInEvent(SessionSnapshot state, FrameWriter out)
      throws IOException {
    writeCommonFields(state, AgentCodecs::writeStateInEvent, out);
    out.texts("completed_agents", state.completedAgents());
    out.nullableTime("started_at", state.startedAt());
    out.nullableTime("estimated_completion", state.estimatedCompletion());
  }

  private static void writeCommonFields(
      SessionSnapshot state, FrameWriter.ObjectWriter<AgentState> agentWriter, FrameWriter out)
      throws IOException {
    out.text("session_id", state.sessionId());
    out.text("query", state.query());
    out.text("current_phase", state.currentPhase());
    out.progress("overall_progress", state.overallProgress());
    out.objects("active_agents", state.activeAgents(), agentWriter);
    out.free("crew_output", state.crewOutput());
    out.optionalInteger("total_agents", state.totalAgents());
  }

  /** {@code session_not_found}. */
  static final class NotFound implements Codec<SessionNotFound> {

    @Override
    public SessionNotFound read(FrameReader in) throws IOException {
      String sessionId = null;
      WireTime timestamp = null;
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "session_id" -> sessionId = in.optionalText();
          case "timestamp" -> timestamp = in.time();
          default -> in.skipField(name);
        }
      }
      return new SessionNotFound(in.required("session_id", sessionId), timestamp);
    }

    @Override
    public void write(SessionNotFound message, FrameWriter out) throws IOException {
      out.text("session_id", message.sessionId());
      out.optionalTime("timestamp", message.timestamp());
    }
  }

  /** A request that has only a {@code session_id}. */
  record Request<M extends WireMessage>(
      Function<String, M> factory, Function<M, String> sessionIdOf) implements Codec<M> {

    @Override
    public M read(FrameReader in) throws IOException {
      String sessionId = null;
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        switch (name) {
          case "session_id" -> sessionId = in.optionalText();
          default -> in.skipField(name);
        }
      }
      return factory.apply(in.required("session_id", sessionId));
    }

    @Override
    public void write(M request, FrameWriter out) throws IOException {
      out.text("session_id", sessionIdOf.apply(request));
    }
  }
}
