package io.agentcraft.testing.conformance;

import static io.agentcraft.testing.conformance.Sabotage.built;
import static io.agentcraft.testing.conformance.Sabotage.instead;
import static io.agentcraft.testing.conformance.Sabotage.is;
import static io.agentcraft.testing.conformance.Sabotage.received;
import static io.agentcraft.testing.conformance.Sabotage.replacing;
import static io.agentcraft.testing.conformance.Sabotage.sent;
import static io.agentcraft.testing.conformance.Sabotage.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.ClientConnection;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each violation of the protocol is found by the check that is about it, and by no other. */
@Timeout(120)
class BrokenServersTest {

  private static final String NOT_FOUND = "{\"type\":\"session_not_found\",\"timestamp\":1.5}";

  private final TestBed bed = new TestBed();

  @AfterEach
  void close() {
    bed.close();
  }

  static Stream<Sabotage> sabotages() {
    return Stream.of(
        sent(
            "the wrong case of a key",
            replacing("active_sessions", "total_sessions", "totalSessions"),
            ConformanceCheck.ACTIVE_SESSIONS_FIELDS),
        sent(
            "a wrong key in a state",
            replacing("session_state", "current_phase", "currentPhase"),
            ConformanceCheck.SESSION_STATE),
        sent(
            "the progress as a text",
            replacing(
                "session_state", "\"overall_progress\":", "\"overall_progress\":\"none\",\"x\":"),
            ConformanceCheck.SESSION_STATE),
        sent(
            "a wrong key in the logs",
            replacing("session_logs", "\"logs\"", "\"entries\""),
            ConformanceCheck.SESSION_LOGS,
            ConformanceCheck.SESSION_LOGS_UNKNOWN),
        sent(
            "no active sessions",
            without("active_sessions"),
            ConformanceCheck.ACTIVE_SESSIONS_FIRST),
        sent(
            "a greeting before the sessions",
            (to, text) -> is(text, "active_sessions")
                ? List.of("{\"type\":\"welcome\"}", text)
                : List.of(text),
            ConformanceCheck.ACTIVE_SESSIONS_FIRST),
        Sabotage.answersToEverybody(ConformanceCheck.ISOLATION),
        Sabotage.answersToEverybody(ConformanceCheck.ISOLATION).deployed(),
        sent(
            "logs come twice",
            (to, text) -> is(text, "session_logs") ? List.of(text, text) : List.of(text),
            ConformanceCheck.SESSION_LOGS_UNKNOWN),
        built(
            "no ping",
            options -> options.pingInterval(Duration.ZERO),
            ConformanceCheck.PING_AFTER_SILENCE),
        Sabotage.pingsByTheClock(ConformanceCheck.NO_PING_WHILE_FRAMES_FLOW),
        sent(
                "an unknown session is answered with silence",
                without("session_not_found"),
                ConformanceCheck.SESSION_STATE_UNKNOWN)
            .deployed(),
        received(
            "an unknown session is answered without saying which",
            instead(
                text -> is(text, "get_session_state") && text.contains("conformance"),
                from -> from.sendRaw(NOT_FOUND)),
            ConformanceCheck.SESSION_STATE_UNKNOWN),
        Sabotage.refusesNobodyWith(1008, ConformanceCheck.ID_REFUSAL),
        Sabotage.refusesNobodyWith(4000, ConformanceCheck.ID_REFUSAL),
        received(
            "a malformed frame has a close code",
            instead(text -> !text.startsWith("{"), from -> from.close(1011, "no JSON")),
            ConformanceCheck.MALFORMED_FRAME),
        Sabotage.oneBadFrameEndsAll(ConformanceCheck.MALFORMED_FRAME),
        received(
            "an unknown frame closes the connection",
            instead(text -> is(text, "conformance_probe"), ClientConnection::cut),
            ConformanceCheck.UNKNOWN_FRAME),
        received(
            "an unknown frame is answered with an error",
            instead(
                text -> is(text, "conformance_probe"),
                from -> from.sendRaw("{\"type\":\"error\",\"message\":\"unknown type\"}")),
            ConformanceCheck.UNKNOWN_FRAME),
        received(
            "a request with an unknown field is logged and dropped",
            (from, text) -> {
              if (!text.startsWith("{\"conformance\"")) {
                return List.of(text);
              }
              from.sendRaw(Sabotage.logOf(text));
              return List.of();
            },
            ConformanceCheck.UNKNOWN_FRAME),
        received(
            "a pong is answered",
            instead(text -> is(text, "pong"), from -> from.sendRaw("{\"type\":\"pong\"}")),
            ConformanceCheck.PONG),
        Sabotage.relayToOthersOnly(ConformanceCheck.STATUS_RELAY),
        sent(
            "a status is encoded again",
            replacing("agent_status", "\"progress\":100", "\"progress\":\"100\""),
            ConformanceCheck.STATUS_RELAY,
            ConformanceCheck.STATUS_BROADCAST),
        received(
            "log streaming never starts",
            without("start_log_streaming"),
            ConformanceCheck.LOG_STREAMING_START),
        received(
            "log streaming never stops",
            without("stop_log_streaming"),
            ConformanceCheck.LOG_STREAMING_STOP),
        sent(
                "log streaming is not confirmed",
                without("log_streaming_started", "log_streaming_stopped"),
                ConformanceCheck.LOG_STREAMING_START,
                ConformanceCheck.LOG_STREAMING_STOP)
            .deployed(),
        Sabotage.eachIdOnce(
            ConformanceCheck.RECONNECT_SAME_ID, ConformanceCheck.RECONNECT_OVERLAPPING),
        Sabotage.deafTheSecondTime(
            ConformanceCheck.RECONNECT_SAME_ID, ConformanceCheck.RECONNECT_OVERLAPPING),
        built(
            "no rate limit", ReferenceServerBuilder::unlimitedFrames, ConformanceCheck.RATE_LIMIT));
  }

  @ParameterizedTest
  @MethodSource("sabotages")
  void isFoundByTheRightCheckAndNoOther(Sabotage sabotage) {
    ReferenceServer server =
        TestBed.withSession(bed.start(sabotage.options().apply(ReferenceServer.builder())));
    ConformanceKit kit = bed.kit(server).session("session_1").rateLimit();
    sabotage.act().on(bed, server, kit);

    ConformanceReport report = kit.run();

    Set<ConformanceCheck> failed =
        report.results(Verdict.FAIL).stream().map(CheckResult::check).collect(Collectors.toSet());
    assertThat(failed).as(report.text()).isEqualTo(sabotage.culprits());
    assertThat(report.isConformant()).isFalse();
  }

  @Test
  void whatAllChecksBuildOnIsNamedByTheOthers() {
    ReferenceServer server = bed.server(WireForm.DOCUMENTED);
    server.faults().rewriteReceived(without("get_session_logs"));

    ConformanceReport report = TestBed.only(
            bed.kit(server).answerTimeout(Duration.ofMillis(200)),
            ConformanceCheck.SESSION_LOGS_UNKNOWN,
            ConformanceCheck.PONG)
        .run();

    assertThat(report.results())
        .extracting(CheckResult::verdict)
        .containsExactly(Verdict.FAIL, Verdict.NOT_APPLICABLE);
    assertThat(report.text()).contains("see session-logs-unknown");
  }

  @Test
  void aServerThatRefusesEveryoneIsNotConnected() {
    ReferenceServer server = bed.start(ReferenceServer.builder().requireToken("secret"));

    ConformanceReport report = bed.kit(server).run();

    assertThat(report.isConnected()).isFalse();
    assertThat(report.form()).isNull();
    assertThat(report.results(Verdict.FAIL))
        .extracting(CheckResult::check)
        .containsExactly(ConformanceCheck.CONNECT);
    assertThat(report.text())
        .contains("expected HTTP 101 to the handshake, but got HTTP 401 at "
            + server.url("/ws/agent-tracking") + ". Check that the server runs")
        .doesNotContain("NOT APPLICABLE")
        .contains("not connected")
        .doesNotContain("secret");
  }
}
