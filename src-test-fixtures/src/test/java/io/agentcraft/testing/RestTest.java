package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.Ping;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server's REST interface. */
class RestTest {

  private static final MediaType JSON = MediaType.get("application/json");

  private final ReferenceServer server = ReferenceServer.start();

  private record Answer(int status, String body) {}

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void broadcastsABodyAsItIs() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      String body = "{\"type\": \"anything\",  \"x\": [1]}";
      Answer answer = post("/api/ws/broadcast", body);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).startsWith("{\"success\":true,\"message\":");
      assertThat(client.take()).isEqualTo(body);
    }
  }

  @Test
  void saysSoWhenABodyCannotBeBroadcast() throws Exception {
    for (String body : new String[] {"nonsense", "[]", ""}) {
      Answer answer = post("/api/ws/broadcast", body);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).startsWith("{\"success\":false,\"error\":");
    }
  }

  @Test
  void returnsItsStatistics() throws Exception {
    server.startSession("s1", "Why?");
    try (RawClient client = RawClient.connect(server, "client_1_a")) {
      server.broadcast(new Ping(null));
      client.take("ping");
      assertThat(get("/api/ws/stats").body())
          .contains("\"active_connections\":1", "\"total_messages_sent\":2")
          .contains("\"client_id\":\"client_1_a\"", "\"message_count\":2", "\"total_sessions\":1");
    }
  }

  @Test
  void answersForSessions() throws Exception {
    server.startSession("s 1", "Why?");
    server.appendLog("s 1", "info", "Writer", "Hm");
    assertThat(get("/api/ws/sessions/s%201/logs").body())
        .startsWith("{\"type\":\"session_logs\"")
        .contains("Hm");
    assertThat(get("/api/ws/sessions/s%201/state").body())
        .startsWith("{\"type\":\"session_state\"");
    assertThat(get("/api/ws/sessions/none/logs").body()).contains("\"logs\":[]");
    assertThat(get("/api/ws/sessions/none/state").status()).isEqualTo(404);
    assertThat(get("/api/ws/sessions/none").status()).isEqualTo(404);
    assertThat(get("/api/ws/broadcast").status()).isEqualTo(405);
    assertThat(get("/ws/agent-tracking/client_1_a").status()).isEqualTo(404);
  }

  @Test
  void wantsItsTokenHereToo() throws Exception {
    try (ReferenceServer guarded =
        ReferenceServer.builder().requireToken("s3cret").start()) {
      Request.Builder request = new Request.Builder().url(guarded.httpUrl() + "/api/ws/stats");
      assertThat(call(request).status()).isEqualTo(401);
      assertThat(call(request.header("Authorization", "Bearer s3cret")).status())
          .isEqualTo(200);
    }
  }

  private Answer get(String path) throws Exception {
    return call(new Request.Builder().url(server.httpUrl() + path));
  }

  private Answer post(String path, String body) throws Exception {
    return call(
        new Request.Builder().url(server.httpUrl() + path).post(RequestBody.create(body, JSON)));
  }

  private static Answer call(Request.Builder request) throws Exception {
    try (Response response = RawClient.HTTP.newCall(request.build()).execute()) {
      return new Answer(response.code(), response.body().string());
    }
  }
}
