package io.agentcraft.testing.conformance;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ClientMessage.GetSessionLogs;
import io.agentcraft.client.message.ClientMessage.GetSessionState;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.message.ClientMessage.StartLogStreaming;
import io.agentcraft.client.message.ClientMessage.StopLogStreaming;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.SessionEvent;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the kit sends, and which frames answer it. */
final class Requests {

  private static final String SYNC = "conformance_sync_";
  private static final MessageCodec CODEC = MessageCodec.create();

  /** What is sent to every client, without a request. */
  private static final Set<String> FOR_EVERYONE = Stream.concat(
          Stream.of(AgentStatusUpdate.TYPE, AgentCollaboration.TYPE, CrewAiLog.TYPE),
          Stream.of(SessionEvent.Kind.values()).map(SessionEvent.Kind::wireName))
      .collect(Collectors.toUnmodifiableSet());

  private Requests() {}

  /** Returns the id of a session that no server has. */
  static String unknownSession() {
    return "conformance_" + random();
  }

  static String syncSession() {
    return SYNC + random();
  }

  static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  static String logs(String sessionId) {
    return CODEC.encode(new GetSessionLogs(sessionId));
  }

  static String state(String sessionId) {
    return CODEC.encode(new GetSessionState(sessionId));
  }

  static String startStreaming(String sessionId) {
    return CODEC.encode(new StartLogStreaming(sessionId));
  }

  static String stopStreaming() {
    return CODEC.encode(new StopLogStreaming());
  }

  static String pong() {
    return CODEC.encode(new Pong());
  }

  /** Returns whether a frame is meant for this client, the greeting included. */
  static boolean isPersonal(Frame frame) {
    return !FOR_EVERYONE.contains(frame.type()) && !frame.is("ping");
  }

  /** Matches the answer to a request for the logs of a session; other frames with the session id may be a log of the request. */
  static Predicate<Frame> isLogsOf(String sessionId) {
    return frame ->
        frame.is("session_logs") && frame.json().path("session_id").asText().equals(sessionId);
  }

  /** Returns whether a frame answers a request other than a round trip. */
  static boolean isAnswer(Frame frame) {
    return isPersonal(frame) && !frame.is("active_sessions") && !isSync(frame);
  }

  static boolean isSync(Frame frame) {
    return frame.text().contains(SYNC);
  }
}
