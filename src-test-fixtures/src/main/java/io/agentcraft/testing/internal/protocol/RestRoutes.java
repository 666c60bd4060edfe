package io.agentcraft.testing.internal.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.internal.form.Form;
import io.agentcraft.testing.internal.time.Loop;
import java.util.List;
import java.util.function.Function;

/** What the server offers over plain HTTP beside the WebSocket. */
public final class RestRoutes {

  /** An HTTP answer with a JSON body. */
  public record Answer(int status, String body) {}

  private static final String BASE = "/api/ws/";

  private final Loop loop;
  private final Hub hub;
  private final Form form;
  private final Function<ServerMessage, String> encoder;

  public RestRoutes(Loop loop, Hub hub, Form form, Function<ServerMessage, String> encoder) {
    this.loop = loop;
    this.hub = hub;
    this.form = form;
    this.encoder = encoder;
  }

  /** Answers a request; 404 and 405 as FastAPI does. */
  public Answer handle(String method, List<String> path, String body) {
    String route = "/" + String.join("/", path);
    boolean session = path.size() == 5 && route.startsWith(BASE + "sessions/");
    if (route.equals(BASE + "broadcast")) {
      return method.equals("POST") ? broadcast(body) : notAllowed();
    }
    if (route.equals(BASE + "stats")) {
      return method.equals("GET") ? loop.call(this::stats) : notAllowed();
    }
    if (session && path.get(4).equals("logs")) {
      return method.equals("GET") ? loop.call(() -> logs(path.get(3))) : notAllowed();
    }
    if (session && path.get(4).equals("state")) {
      return method.equals("GET") ? loop.call(() -> state(path.get(3))) : notAllowed();
    }
    return detail(404, "Not Found");
  }

  private Answer broadcast(String body) {
    ObjectNode answer = JsonText.MAPPER.createObjectNode();
    if (JsonText.isObject(body)) {
      loop.call(() -> hub.outbox().broadcastText(body));
      answer.put("success", true).put("message", "Message broadcasted successfully");
    } else {
      answer.put("success", false).put("error", "The body is not one JSON object");
    }
    return new Answer(200, answer.toString());
  }

  private Answer stats() {
    ObjectNode answer = JsonText.MAPPER.createObjectNode().put("success", true);
    List<Connection> reachable = hub.reachable();
    ObjectNode stats = answer
        .putObject("stats")
        .put("active_connections", reachable.size())
        .put("total_messages_sent", hub.sent());
    ArrayNode connections = stats.putArray("connections");
    for (Connection connection : reachable) {
      connections
          .addObject()
          .put("client_id", connection.clientId())
          .put("connected_at", connection.connectedAt().seconds().orElse(0))
          .put("message_count", connection.sentMessages);
    }
    answer.set(
        "realtime_sessions",
        JsonText.parse(encoder.apply(hub.sessions().active())).get("data"));
    return new Answer(200, answer.toString());
  }

  private Answer logs(String sessionId) {
    return new Answer(200, encoder.apply(form.logs(sessionId, hub.sessions().find(sessionId))));
  }

  private Answer state(String sessionId) {
    var session = hub.sessions().find(sessionId);
    List<ServerMessage> frames = form.state(sessionId, session);
    if (frames.isEmpty()) {
      return detail(404, "Session not found");
    }
    return new Answer(session == null ? 404 : 200, encoder.apply(frames.get(0)));
  }

  private static Answer notAllowed() {
    return detail(405, "Method Not Allowed");
  }

  private static Answer detail(int status, String text) {
    return new Answer(
        status, JsonText.MAPPER.createObjectNode().put("detail", text).toString());
  }
}
