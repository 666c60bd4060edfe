package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestsTest extends IntegrationTest {

  @ParameterizedTest
  @EnumSource
  void answersStateAndLogs(WireForm form) {
    ReferenceServer server = server(form);
    server.startSession("session_1", "Why?", "Researcher");
    server.appendLog("session_1", "info", "Researcher", "Looking");
    AgentCraftClient client = connected(server, client(server));

    SessionState state = Await.get(client.getSessionState("session_1"));
    SessionLogs logs = Await.get(client.getSessionLogs("session_1"));

    assertThat(state.state().query()).isEqualTo("Why?");
    assertThat(state.state().activeAgents()).hasSize(1);
    assertThat(logs.sessionId()).isEqualTo("session_1");
    assertThat(logs.logs())
        .singleElement()
        .satisfies(entry -> assertThat(entry.message()).contains("Looking"));
    assertThat(Await.get(client.getSessionLogs("nobody")).logs()).isEmpty();
  }

  @Test
  void anUnknownSessionIsNotFoundInTheDeployedForm() {
    ReferenceServer server = server(WireForm.DEPLOYED);
    AgentCraftClient client = connected(server, client(server));
    assertThat(Await.failure(client.getSessionState("nobody"), SessionNotFoundException.class))
        .hasMessageContaining("nobody");
  }

  @Test
  void anUnknownSessionTimesOutInTheDocumentedForm() {
    ReferenceServer server = server();
    AgentCraftClient client = connected(server, client(server));
    CompletableFuture<SessionState> state = client.getSessionState("nobody");
    server.awaitFrame("get_session_state");
    clock.advance(seconds(10).minusNanos(1));
    assertThat(state).isNotDone();
    clock.advance(seconds(1));
    assertThat(Await.failure(state, RequestTimeoutException.class))
        .hasMessageContaining("nobody")
        .hasMessageContaining("10000 ms")
        .hasMessageContaining("does not reply for a session that it does not know");
  }

  @Test
  void manyQuestionsGetTheirOwnAnswers() {
    ReferenceServer server = server();
    AgentCraftClient client = connected(server, client(server));
    List<String> sessions = IntStream.range(0, 20).mapToObj(i -> "session_" + i).toList();
    sessions.forEach(session -> server.startSession(session, "Query of " + session));

    List<CompletableFuture<SessionState>> answers =
        sessions.stream().map(client::getSessionState).toList();

    for (int i = 0; i < sessions.size(); i++) {
      assertThat(Await.get(answers.get(i)).state().query()).isEqualTo("Query of session_" + i);
    }
  }

  @Test
  void aRequestAskedWhileReconnectingWaitsForTheNewConnection() {
    ReferenceServer server = server();
    server.startSession("session_1", "Why?");
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    cut(server);
    waiting(states);

    CompletableFuture<SessionState> state = client.getSessionState("session_1");
    clock.settle();
    assertThat(state).isNotDone();
    clock.advance(seconds(2));
    assertThat(Await.get(state).sessionId()).isEqualTo("session_1");
    assertThat(server.receivedFrames()).hasSize(1);
  }

  @Test
  void aRequestThatWaitsTooLongForAConnectionSaysSo() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    server.faults().refuseNextHandshakes(1, 503, "Retry-After", "60");
    cut(server);
    waiting(states);
    CompletableFuture<SessionState> state = client.getSessionState("session_1");
    clock.advance(seconds(2));
    waiting(states);
    clock.advance(seconds(8));
    assertThat(Await.failure(state, RequestTimeoutException.class))
        .hasMessageContaining("the connection is not open");
  }

  @Test
  void aRequestInFlightAtADropIsAskedAgain() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    // In the documented form an unknown session gets no answer: the request stays in flight.
    CompletableFuture<SessionState> state = client.getSessionState("session_1");
    server.awaitFrame("get_session_state");
    cut(server);
    waiting(states);
    server.startSession("session_1", "Why?");
    clock.advance(seconds(2));

    assertThat(Await.get(state).state().query()).isEqualTo("Why?");
    assertThat(server.awaitFrame("get_session_state").connection().clientId())
        .isEqualTo(client.connectionState().clientId());
  }

  @Test
  void aRequestThatNobodyWaitsForIsNotAskedAgain() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    CompletableFuture<SessionState> state = client.getSessionState("session_1");
    server.awaitFrame("get_session_state");
    state.cancel(true);
    reconnect(server, states);
    Await.get(client.getSessionLogs("session_1"));
    assertThat(server.receivedFrames())
        .filteredOn(frame -> frame.isType("get_session_state"))
        .hasSize(1);
  }

  @Test
  void listenersMayWaitForAnswers() {
    ReferenceServer server = server();
    server.startSession("session_1", "Why?", "Researcher");
    Recorder<SessionState> answers = new Recorder<>();
    AgentCraftClient client = client(server);
    client.onActiveSessions(sessions -> answers.add(askFor(client, sessions)));
    Await.get(client.connect());
    assertThat(answers.next().state().query()).isEqualTo("Why?");
  }

  @Test
  void listenersMayWaitForAnswersOnASingleThreadOfTheCaller() {
    ReferenceServer server = server();
    server.startSession("session_1", "Why?", "Researcher");
    ExecutorService single = Executors.newSingleThreadExecutor();
    closed(single::shutdownNow);
    Recorder<SessionState> answers = new Recorder<>();
    AgentCraftClient client = client(server, options -> options.callbackExecutor(single));
    client.onActiveSessions(sessions -> answers.add(askFor(client, sessions)));
    Await.get(client.connect());
    assertThat(answers.next().state().query()).isEqualTo("Why?");
  }

  private static SessionState askFor(AgentCraftClient client, ActiveSessions sessions) {
    return Await.get(client.getSessionState(sessions.sessions().get(0).sessionId()));
  }

  @Test
  void aRequestOfAClientThatDoesNotConnectFailsAtOnce() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server.url("/elsewhere"), options -> options);
    assertThat(Await.failure(client.getSessionLogs("session_1"), NotConnectedException.class))
        .hasMessageContaining("connect()");
  }

  @Test
  void requestsThatWaitFailWhenTheClientGivesUp() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    server.faults().refuseNextHandshakes(1, 410);
    cut(server);
    waiting(states);
    CompletableFuture<SessionState> state = client.getSessionState("session_1");
    clock.advance(seconds(2));
    assertThat(Await.failure(state, ConnectionFailedException.class)).hasMessageContaining("410");
  }
}
