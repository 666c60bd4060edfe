package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FakeSocket;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.FrameRateLimiter.Share;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.publish.Broadcasts.Endpoint;
import io.agentcraft.client.message.ClientMessage.GetSessionLogs;
import io.agentcraft.client.message.ClientMessage.GetSessionState;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServerProbeTest {

  private static final String DOCUMENTED = "ws://host/ws/agent-tracking";
  private static final String DEPLOYED = "ws://host/prefix/api/ws/agent-tracking";

  private final ManualScheduler time = ManualScheduler.inline();
  private final MessageCodec codec = MessageCodec.create();
  private final FrameRateLimiter limiter = new FrameRateLimiter(60, Instrumentation.NONE);
  private final FakeBroadcasts http = new FakeBroadcasts();
  private int found;
  private FakeSocket socket = new FakeSocket();
  private ServerProbe probe = probe(PublishForm.AUTO);

  private ServerProbe probe(PublishForm configured) {
    return new ServerProbe(new EventLoop(time), codec, limiter, http, configured, () -> found++);
  }

  private void ask(String url) {
    socket = new FakeSocket();
    Connection connection = FakeSocket.connection(url, socket, time);
    limiter.onUp(connection);
    probe.askForm(connection);
  }

  /** Does what a script says: {@code N} and {@code L} are replies, a number is time that passes in ms, {@code down} a cut. */
  private void play(String script, String url) {
    for (String each : script.isEmpty() ? new String[0] : script.split(" ")) {
      switch (each) {
        case "N" ->
          assertThat(probe.accept(new SessionNotFound(session(), null))).isTrue();
        case "L" ->
          assertThat(probe.accept(new SessionLogs(session(), List.of(), null))).isTrue();
        case "down" -> probe.lost();
        case "up" -> ask(url);
        case "stop" -> probe.stop();
        default -> time.advance(Duration.ofMillis(Long.parseLong(each)));
      }
    }
  }

  private String session() {
    return ((GetSessionLogs) codec.decodeClient(socket.sent.get(1))).sessionId();
  }

  @ParameterizedTest
  @CsvSource({
    // Replies and time,   form,           path
    "'',                   ,               DOCUMENTED",
    "N,                    SESSION_EVENTS, DOCUMENTED",
    "N L,                  SESSION_EVENTS, DOCUMENTED",
    "L,                    AGENT_STATUS,   DEPLOYED",
    "1999,                 ,               DEPLOYED",
    "2000,                 SESSION_EVENTS, DEPLOYED",
    "2000,                 AGENT_STATUS,   DOCUMENTED",
    // A late reply counts more than the path, the path more than nothing.
    "2000 L,               AGENT_STATUS,   DEPLOYED",
    "2000 N L,             SESSION_EVENTS, DOCUMENTED",
    "1000 down 5000,       ,               DOCUMENTED",
    "1000 down up L,       AGENT_STATUS,   DEPLOYED",
    "2000 down up N L,     SESSION_EVENTS, DOCUMENTED",
    "stop,                 SESSION_EVENTS, DOCUMENTED",
    "stop L,               AGENT_STATUS,   DOCUMENTED"
  })
  void theFormShowsInTheReplies(String script, @Nullable PublishForm form, String path) {
    String url = path.equals("DEPLOYED") ? DEPLOYED : DOCUMENTED;
    ask(url);
    play(script, url);
    assertThat(probe.form()).isEqualTo(form);
  }

  @Test
  void twoRequestsForAnUnknownSessionAreSentOnce() {
    ask(DOCUMENTED);
    assertThat(socket.sent.stream().map(codec::decodeClient))
        .containsExactly(new GetSessionState(session()), new GetSessionLogs(session()));
    FakeSocket first = socket;
    probe.askForm(FakeSocket.connection(DOCUMENTED, socket, time));
    assertThat(first.sent).hasSize(2);
    play("L down", DOCUMENTED);
    ask(DOCUMENTED);
    assertThat(socket.sent).isEmpty();
    assertThat(found).isEqualTo(1);
    assertThat(time.pendingTimers()).isZero();
  }

  @Test
  void theRequestsCountAgainstTheLimitOfFrames() {
    FrameRateLimiter strict = new FrameRateLimiter(2, Instrumentation.NONE);
    probe =
        new ServerProbe(new EventLoop(time), codec, strict, http, PublishForm.AUTO, () -> found++);
    Connection connection = FakeSocket.connection(DOCUMENTED, socket, time);
    strict.onUp(connection);
    probe.askForm(connection);
    assertThat(strict.waitFor(Share.REQUEST, time.nanoTime())).isPositive();
  }

  @Test
  void onlyItsOwnRepliesAreTaken() {
    assertThat(probe.awaits("session_logs")).isFalse();
    ask(DOCUMENTED);
    assertThat(probe.awaits("session_logs")).isTrue();
    assertThat(probe.awaits("session_not_found")).isTrue();
    assertThat(probe.awaits("agent_status")).isFalse();
    assertThat(probe.accept(new SessionNotFound("another", null))).isFalse();
    assertThat(probe.accept(new SessionLogs("another", List.of(), null))).isFalse();
    assertThat(probe.form()).isNull();
    play("L", DOCUMENTED);
    assertThat(probe.awaits("session_logs")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
  void aFormThatIsConfiguredIsNotAskedFor(PublishForm form) {
    probe = probe(form);
    ask(DOCUMENTED);
    assertThat(socket.sent).isEmpty();
    assertThat(probe.form()).isEqualTo(form);
  }

  @ParameterizedTest
  @EnumSource
  void theEndpointIsAskedForOnce(Endpoint endpoint) {
    http.endpoint = endpoint;
    assertThat(probe.endpoint()).isNull();
    probe.askEndpoint();
    probe.askEndpoint();
    assertThat(probe.endpoint()).isEqualTo(endpoint);
    assertThat(probe.isDone()).isFalse();
    assertThat(http.probes).isEqualTo(1);
    ask(DOCUMENTED);
    play("N", DOCUMENTED);
    assertThat(probe.isDone()).isTrue();
  }
}
