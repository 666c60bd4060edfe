package io.agentcraft.examples.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import io.agentcraft.testing.StaticContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;

/** What a web page of somebody else's, open in the developer's browser, can do to the server. */
@Browser
class ForeignPageTest {

  /** Tries to watch, to read and to publish; reports what came of it. */
  private static final String ATTACK = """
      const [ws, http, type, mode, done] = arguments;
      const watch = new Promise(end => {
        const socket = new WebSocket(ws + "/ws/agent-tracking/client_1_a");
        socket.onopen = () => { socket.close(); end("watches"); };
        socket.onerror = () => end("watches nothing");
      });
      const read = fetch(http + "/api/ws/stats").then(
        answer => answer.ok ? "reads" : "reads nothing", () => "reads nothing");
      const post = fetch(http + "/api/ws/broadcast", {
        method: "POST", mode, headers: {"Content-Type": type},
        body: JSON.stringify({type: "agent_status", agent_id: "x", agent_name: "Forged",
          status: "ERROR", progress: 0, message: "forged", timestamp: "", metadata: {}})
      }).then(answer => answer.type === "opaque" || answer.ok ? "posts" : "posts nothing",
        () => "posts nothing");
      Promise.all([watch, read, post]).then(done);
      """;

  private static final StaticContent PAGE = StaticContent.of(
      "text/html; charset=utf-8", "<title>Foreign</title>".getBytes(StandardCharsets.UTF_8));

  @SuppressWarnings("NullAway.Init")
  private static ChromeDriver driver;

  private final List<String> refused = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private ReferenceServer foreign;

  @BeforeAll
  static void startBrowser() {
    // As if somebody had changed what their name resolves to after the page was loaded.
    driver = Chromium.start("--host-resolver-rules=MAP rebound.example 127.0.0.1");
  }

  @AfterAll
  static void quitBrowser() {
    if (driver != null) {
      driver.quit();
    }
  }

  @BeforeEach
  void startForeignServer() {
    foreign = ReferenceServer.builder().content("/", PAGE).start();
  }

  @AfterEach
  void closeForeignServer() {
    driver.get("about:blank");
    foreign.close();
  }

  @Test
  void aForeignPageCanNeitherWatchNorReadNorPublish() {
    try (ReferenceServer server = options().start()) {
      driver.get(foreign.httpUrl() + "/");

      assertThat(attack(server, "text/plain", "no-cors"))
          .startsWith("watches nothing", "reads nothing");
      assertThat(attack(server, "application/json", "cors"))
          .containsExactly("watches nothing", "reads nothing", "posts nothing");

      assertThatNothingWasForged(server);
      assertThat(server.connections()).isEmpty();
      assertThat(refused)
          .anyMatch(line -> line.contains("The origin \"" + foreign.httpUrl() + "\"")
              && line.contains("--allow-origin"));
    }
  }

  @Test
  void aNameThatWasMadeToResolveToThisMachineIsRefused() {
    try (ReferenceServer server = options().content("/", PAGE).start()) {
      driver.get("http://rebound.example:" + server.port() + "/");
      assertThat(driver.getTitle()).isNotEqualTo("Foreign");

      String own = "rebound.example:" + server.port();
      assertThat(attack("ws://" + own, "http://" + own, "application/json", "cors"))
          .containsExactly("watches nothing", "reads nothing", "posts nothing");

      assertThatNothingWasForged(server);
      assertThat(refused)
          .anyMatch(line -> line.contains("\"rebound.example\"") && line.contains("--allow-host"));
    }
  }

  @Test
  void whatTheServersOwnerAllowsWorks() {
    try (ReferenceServer server =
        options().allowOrigins(foreign.httpUrl()).allowHosts("rebound.example").start()) {
      driver.get(foreign.httpUrl() + "/");

      assertThat(attack(server, "application/json", "cors"))
          .containsExactly("watches", "reads", "posts");

      assertThat(server.awaitAgent("Forged", AgentStatus.ERROR).message()).isEqualTo("forged");
    }
  }

  private ReferenceServerBuilder options() {
    return ReferenceServer.builder().onRefusal(refused::add);
  }

  private static List<String> attack(ReferenceServer server, String type, String mode) {
    return attack(server.url(), server.httpUrl(), type, mode);
  }

  private static List<String> attack(String ws, String http, String type, String mode) {
    Object outcome = driver.executeAsyncScript(ATTACK, ws, http, type, mode);
    return ((List<?>) Objects.requireNonNull(outcome))
        .stream().map(String::valueOf).toList();
  }

  private static void assertThatNothingWasForged(ReferenceServer server) {
    server.agentStatus("m", "Marker", AgentStatus.COMPLETED, 100, "");
    server.awaitAgent("Marker", AgentStatus.COMPLETED);
    assertThatThrownBy(() -> server.within(Duration.ofMillis(1)).agent("Forged", AgentStatus.ERROR))
        .isInstanceOf(AssertionError.class)
        .hasMessageNotContaining("Forged ERROR");
  }
}
