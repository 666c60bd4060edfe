package io.agentcraft.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.internal.protocol.JsonText;
import io.agentcraft.testing.internal.protocol.Session;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server's REST interface beside the WebSocket. */
final class RestRoutes {

  /**
   * An HTTP answer with a JSON body.
   *
   * @param allow the method that the address has; null unless the status is 405
   */
  record Answer(int status, String body, @Nullable String allow) {

    Answer(int status, String body) {
      this(status, body, null);
    }
  }

  private static final String BASE = "/api/ws/";

  private final Hub hub;
  private final Function<ServerMessage, String> encoder;

  RestRoutes(Hub hub, Function<ServerMessage, String> encoder) {
    this.hub = hub;
    this.encoder = encoder;
  }

  /** Answers a request; with 404 and 405 as FastAPI does. */
  Answer handle(@Nullable String method, List<String> path, String body) {
    String route = "/" + String.join("/", path);
    boolean session = path.size() == 5 && route.startsWith(BASE + "sessions/");
    if (route.equals(BASE + "broadcast")) {
      return "POST".equals(method) ? broadcast(body) : notAllowed("POST");
    }
    if (route.equals(BASE + "stats")) {
      return get(method, this::stats);
    }
    if (session && path.get(4).equals("logs")) {
      return get(method, () -> logs(path.get(3)));
    }
    if (session && path.get(4).equals("state")) {
      return get(method, () -> state(path.get(3)));
    }
    return detail(404, "Not Found");
  }

  private Answer get(@Nullable String method, Supplier<Answer> answer) {
    return "GET".equals(method) ? hub.loop().call(answer) : notAllowed("GET");
  }

  private Answer broadcast(String body) {
    ObjectNode answer = JsonText.object();
    if (JsonText.parse(body).isObject()) {
      hub.loop().call(() -> hub.broadcaster().broadcastText(body));
      answer.put("success", true).put("message", "Message broadcasted successfully");
    } else {
      answer.put("success", false).put("error", "The body is not one JSON object");
    }
    return new Answer(200, answer.toString());
  }

  private Answer stats() {
    ObjectNode answer = JsonText.object().put("success", true);
    List<ClientConnection> reachable = hub.broadcaster().reachable();
    ObjectNode stats = answer
        .putObject("stats")
        .put("active_connections", reachable.size())
        .put("total_messages_sent", hub.broadcaster().sent());
    ArrayNode connections = stats.putArray("connections");
    for (ClientConnection connection : reachable) {
      connections
          .addObject()
          .put("client_id", connection.clientId())
          .put("connected_at", connection.connectedAt().seconds().orElse(0))
          .put("message_count", connection.sentMessages);
    }
    answer.set(
        "realtime_sessions",
        JsonText.parse(encoder.apply(hub.sessions().active())).path("data"));
    return new Answer(200, answer.toString());
  }

  private Answer logs(String sessionId) {
    return new Answer(
        200, encoder.apply(hub.form().logs(sessionId, hub.sessions().find(sessionId))));
  }

  private Answer state(String sessionId) {
    Session session = hub.sessions().find(sessionId);
    List<ServerMessage> frames = hub.form().state(sessionId, session);
    if (frames.isEmpty()) {
      return detail(404, "Session not found");
    }
    return new Answer(session == null ? 404 : 200, encoder.apply(frames.get(0)));
  }

  private static Answer notAllowed(String allow) {
    return new Answer(405, detail(405, "Method Not Allowed").body(), allow);
  }

  private static Answer detail(int status, String text) {
    return new Answer(status, JsonText.object().put("detail", text).toString());
  }
}
