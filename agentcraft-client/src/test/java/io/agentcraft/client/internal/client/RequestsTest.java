package io.agentcraft.client.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FakeSocket;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.connection.Outbox;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RequestsTest {

  private final ManualScheduler scheduler = ManualScheduler.inline();
  private final MessageCodec codec = MessageCodec.create();
  private final FakeSocket socket = new FakeSocket();
  private final Outbox outbox =
      new Outbox(new EventLoop(scheduler), new FrameRateLimiter(60, Instrumentation.NONE));
  private final Requests requests = new Requests(
      new EventLoop(scheduler),
      codec,
      outbox,
      Runnable::run,
      Duration.ofSeconds(10),
      Instrumentation.NONE);

  @Test
  void answersToTheSameQuestionComeInTheOrderOfAsking() {
    open();
    CompletableFuture<ServerMessage> first = ask(Requests.Kind.LOGS, "a");
    CompletableFuture<ServerMessage> second = ask(Requests.Kind.LOGS, "a");

    ServerMessage one = logs("a");
    requests.accept(one);
    assertThat(first).isCompletedWithValue(one);
    assertThat(second).isNotDone();
    ServerMessage two = logs("a");
    requests.accept(two);

    assertThat(second.join()).isSameAs(two);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void anAnswerIsMatchedByTypeAndSession() {
    open();
    CompletableFuture<ServerMessage> logsOfA = ask(Requests.Kind.LOGS, "a");
    CompletableFuture<ServerMessage> stateOfB = ask(Requests.Kind.STATE, "b");

    requests.accept(logs("b"));
    requests.accept(decode("{\"type\":\"session_not_found\",\"session_id\":\"a\"}"));
    assertThat(logsOfA).isNotDone();
    assertThat(stateOfB).isNotDone();
    requests.accept(decode("{\"type\":\"session_not_found\",\"session_id\":\"b\"}"));

    assertThat(logsOfA).isNotDone();
    assertThatThrownBy(stateOfB::join)
        .hasCauseInstanceOf(SessionNotFoundException.class)
        .hasMessageContaining("\"b\"");
  }

  @Test
  void typesAreAwaitedOnlyWhileAQuestionIsOpen() {
    open();
    assertThat(requests.awaits("session_logs")).isFalse();
    CompletableFuture<ServerMessage> logs = ask(Requests.Kind.LOGS, "a");
    assertThat(logs).isNotDone();
    assertThat(requests.awaits("session_logs")).isTrue();
    assertThat(requests.awaits("session_state")).isFalse();
    requests.accept(logs("a"));

    assertThat(requests.awaits("session_logs")).isFalse();
  }

  @Test
  void aQuestionWithoutAnswerTimesOutAndSaysWhatMayBeWrong() {
    open();
    CompletableFuture<ServerMessage> state = ask(Requests.Kind.STATE, "a");
    scheduler.advance(Duration.ofSeconds(10));

    assertThatThrownBy(state::join)
        .hasCauseInstanceOf(RequestTimeoutException.class)
        .hasMessageContaining("get_session_state")
        .hasMessageContaining("\"a\"")
        .hasMessageContaining("check the id");
    assertThat(requests.awaits("session_state")).isFalse();
  }

  @Test
  void askedWhileReconnectingItWaitsWithinItsTimeout() {
    CompletableFuture<ServerMessage> logs = ask(Requests.Kind.LOGS, "a");
    scheduler.advance(Duration.ofSeconds(9));
    assertThat(socket.sent).isEmpty();
    open();
    requests.onUp(connection());
    assertThat(socket.sent).hasSize(1);
    requests.accept(logs("a"));

    assertThat(logs).isCompleted();
    CompletableFuture<ServerMessage> late = ask(Requests.Kind.LOGS, "a");
    outbox.onDown();
    scheduler.advance(Duration.ofSeconds(10));
    assertThatThrownBy(late::join).hasMessageContaining("the connection is not open");
  }

  @Test
  void whatIsInFlightAtADropIsAskedAgainOnce() {
    open();
    CompletableFuture<ServerMessage> logs = ask(Requests.Kind.LOGS, "a");
    outbox.onDown();
    open();
    requests.onUp(connection());
    assertThat(logs).isNotDone();

    assertThat(socket.sent).hasSize(2);
    assertThat(socket.sent.get(1)).isEqualTo(socket.sent.get(0));
  }

  @Test
  void aForgottenQuestionLeavesNoTimerAndTakesNoAnswer() {
    open();
    CompletableFuture<ServerMessage> forgotten = ask(Requests.Kind.LOGS, "a");
    CompletableFuture<ServerMessage> kept = ask(Requests.Kind.LOGS, "a");
    requests.forget(forgotten);
    requests.forget(forgotten);
    requests.accept(logs("a"));

    assertThat(forgotten).isNotDone();
    assertThat(kept).isCompleted();
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void whatTimedOutBeforeItCouldBeSentTakesNoPlaceFromWhatIsAskedLater() {
    open();
    for (int i = 0; i < 200; i++) {
      CompletableFuture<ServerMessage> unused = ask(Requests.Kind.LOGS, "old " + i);
    }
    scheduler.advance(Duration.ofSeconds(60));
    CompletableFuture<ServerMessage> late = ask(Requests.Kind.LOGS, "late");
    scheduler.advance(Duration.ofSeconds(5));

    assertThat(late).isNotDone();
    assertThat(socket.sent).hasSize(52).last().asString().contains("late");
  }

  @Test
  void atTheEndAllFail() {
    open();
    CompletableFuture<ServerMessage> logs = ask(Requests.Kind.LOGS, "a");
    CompletableFuture<ServerMessage> state = ask(Requests.Kind.STATE, "a");
    requests.onClosed(new ClientClosedException("The request"));

    assertThatThrownBy(logs::join).hasCauseInstanceOf(ClientClosedException.class);
    assertThatThrownBy(state::join).hasCauseInstanceOf(ClientClosedException.class);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  private CompletableFuture<ServerMessage> ask(Requests.Kind kind, String session) {
    CompletableFuture<ServerMessage> answer = new CompletableFuture<>();
    requests.send(kind, session, answer);
    return answer;
  }

  private ServerMessage logs(String session) {
    return decode("{\"type\":\"session_logs\",\"session_id\":\"" + session + "\",\"logs\":[]}");
  }

  private ServerMessage decode(String text) {
    return codec.decodeServer(text);
  }

  private void open() {
    outbox.onUp(connection());
  }

  private Connection connection() {
    return FakeSocket.connection(1, socket, scheduler);
  }
}
