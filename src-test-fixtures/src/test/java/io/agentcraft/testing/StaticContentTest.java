package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentcraft.client.message.Ping;
import java.nio.charset.StandardCharsets;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Content at paths beside the protocol's. */
class StaticContentTest {

  private static final StaticContent PAGE = StaticContent.of(
          "text/html; charset=utf-8", bytes("<p>ä"))
      .withHeader("Content-Security-Policy", "default-src 'none'");

  @Test
  void isServedAsItIs() throws Exception {
    try (ReferenceServer server = ReferenceServer.builder().content("/", PAGE).start();
        Response answer = call(server, "/?x=1", "GET")) {
      assertThat(answer.code()).isEqualTo(200);
      assertThat(answer.headers().values("Content-Type"))
          .containsExactly("text/html; charset=utf-8");
      assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'");
      assertThat(answer.body().string()).isEqualTo("<p>ä");
    }
  }

  @Test
  void leavesTheBodyOutForHead() throws Exception {
    try (ReferenceServer server = ReferenceServer.builder().content("/", PAGE).start();
        Response answer = call(server, "/", "HEAD")) {
      assertThat(answer.code()).isEqualTo(200);
      assertThat(answer.header("Content-Length")).isEqualTo("5");
      assertThat(answer.body().string()).isEmpty();
    }
  }

  @Test
  void isOnlyRead() throws Exception {
    try (ReferenceServer server = ReferenceServer.builder().content("/", PAGE).start();
        Response answer = call(server, "/", "POST")) {
      assertThat(answer.code()).isEqualTo(405);
      assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
    }
  }

  @Test
  void leavesOtherPathsAndTheSocketAlone() throws Exception {
    try (ReferenceServer server = ReferenceServer.builder()
            .content("/ws/agent-tracking/client_1_a", PAGE)
            .start();
        Response answer = call(server, "/nothing", "GET");
        RawClient client = RawClient.connect(server, "client_1_a")) {
      assertThat(answer.code()).isEqualTo(404);
      server.broadcast(new Ping(null));
      assertThat(client.take("ping")).contains("ping");
    }
  }

  @Test
  void needsTheTokenToo() throws Exception {
    try (ReferenceServer server =
            ReferenceServer.builder().requireToken("secret").content("/", PAGE).start();
        Response answer = call(server, "/", "GET")) {
      assertThat(answer.code()).isEqualTo(401);
    }
  }

  @Test
  void saysWhatAPathLooksLike() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReferenceServer.builder().content("page", PAGE))
        .withMessageContaining("/page");
  }

  private static Response call(ReferenceServer server, String path, String method)
      throws Exception {
    RequestBody body = method.equals("POST") ? RequestBody.create(new byte[0]) : null;
    return RawClient.HTTP
        .newCall(new Request.Builder()
            .url(server.httpUrl() + path)
            .method(method, body)
            .build())
        .execute();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
