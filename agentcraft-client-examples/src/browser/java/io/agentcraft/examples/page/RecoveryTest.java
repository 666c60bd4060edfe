package io.agentcraft.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server goes, and comes back or not. */
class RecoveryTest extends PageTest {

  /** Keeps what the indicator says from now on: some of it stays for milliseconds. */
  private static final String RECORD = """
      window.said = [];
      const connection = document.getElementById('connection');
      new MutationObserver(() => {
        const text = document.getElementById('connection-text').textContent;
        const detail = document.getElementById('connection-detail').textContent;
        const now = `${connection.dataset.status}: ${text} ${detail}`.trim();
        if (window.said.at(-1) !== now) {
          window.said.push(now);
        }
      }).observe(connection, {subtree: true, childList: true, characterData: true, attributes: true});
      """;

  @Test
  void comesBackWhenTheConnectionsAreCut() {
    open(FAST);
    server.agentStatus("agent-7", "Researcher", AgentStatus.PROCESSING, 10, "Reading");
    awaitText("#agents .chip", "PROCESSING");
    script(RECORD);

    server.faults().cutConnections();

    server.awaitConnection();
    awaitText("#connection-text", "Connected");
    await("the card is from before", () -> text("#agents .note").startsWith("Last heard of"));
    server.agentStatus("agent-7", "Researcher", AgentStatus.COMPLETED, 100, "Done");
    awaitText("#agents .chip", "COMPLETED");
    assertThat(text("#agents .note")).isEmpty();
    assertThat(said())
        .startsWith("disconnected: Disconnected (Attempt 1 in 1 s)")
        .contains("connecting: Connecting… (Attempt 1)")
        .endsWith("connected: Connected");
  }

  @Test
  void comesBackToAServerThatWasKilledAndStartedAgain() {
    open(FAST);
    server.startSession("session_1", "Why?", "Researcher");
    awaitText("#sessions .name", "Why?");
    int port = server.port();

    server.close();
    await("it is noticed", () -> !text("#connection-text").equals("Connected"));
    server = DashboardPage.addTo(options().port(port)).start();

    // It may have given up while the server was away.
    await("connected again", () -> {
      if (text("#retry").equals("Try again")) {
        element("#retry").click();
      }
      return text("#connection-text").equals("Connected");
    });
    awaitText("#sessions-empty", "No session is running.");
    server.startSession("session_2", "And now?", "Writer");
    awaitText("#sessions .name", "And now?");
  }

  @Test
  void givesUpAfterFiveAttemptsAndTriesAgainWhenAsked() {
    open(FAST);
    script(RECORD);

    server.faults().refuseConnections();
    server.faults().cutConnections();

    awaitText("#connection-text", "Connection Error");
    assertThat(attribute("#connection", "data-status")).isEqualTo("error");
    assertThat(text("#connection-detail"))
        .isEqualTo("(no connection could be made; gave up after 5 attempts)");
    for (int attempt = 1; attempt <= 5; attempt++) {
      assertThat(said()).contains("connecting: Connecting… (Attempt " + attempt + ")");
    }
    assertThat(said()).noneMatch(line -> line.contains("Attempt 6"));
    server.faults().acceptConnections();
    element("#retry").click();
    awaitText("#connection-text", "Connected");
    assertThat(text("#connection-detail")).isEmpty();
    assertThat(texts("#retry")).isEmpty();
  }

  @Test
  void aServerThatAcceptsAndDropsIsNotHammeredForEver() {
    open(FAST);

    server.faults().dropNextConnections(1_000);
    server.faults().cutConnections();

    awaitText("#connection-text", "Connection Error");
  }

  @Test
  void aFinalCloseCodeEndsItAtOnce() {
    open(FAST);
    server.faults().closeConnections(1008, "policy");

    awaitText("#connection-text", "Connection Error");
    assertThat(text("#connection-detail")).contains("closed by the server with 1008");
    assertThat(server.connections()).hasSize(1);
  }

  @Test
  void aRestartIsNoReasonToGiveUp() {
    open(FAST);
    server.faults().closeConnections(1012, "restart");

    server.awaitConnection();
    awaitText("#connection-text", "Connected");
  }

  @Test
  void aServerThatFellSilentIsLeft() {
    open(FAST + "&silenceMillis=300");

    server.awaitDisconnect();
    server.awaitConnection();
  }

  @Test
  void everyConnectionHasAnIdOfItsOwn() {
    open(FAST);
    server.faults().cutConnections();
    server.awaitConnection();

    assertThat(server.connections())
        .extracting(connection -> connection.clientId())
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("client_\\d+_[a-z0-9]{9}"));
  }

  @Test
  void theBackoffIsTheDocuments() {
    open("");

    assertThat(driver.executeAsyncScript("""
        const done = arguments[arguments.length - 1];
        import('/page/backoff.js').then((backoff) => done(
          [1, 2, 3, 4, 5, 9].map((attempt) => backoff.delayBefore(attempt, 1000))
            .concat([1000, 1002, 1006, 1008, 1012].map(backoff.isFinal))));
        """))
        .isEqualTo(List.of(
            2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L, false, true, false, true, false));
  }

  @SuppressWarnings("unchecked")
  private static List<String> said() {
    Object said = script("return window.said");
    return said == null ? List.of() : (List<String>) said;
  }
}
