package io.agentcraft.testing.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.ClientConnection;
import io.agentcraft.testing.ClientIdCheck;
import io.agentcraft.testing.MalformedFrameReaction;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit against servers that conform. */
@Timeout(120)
class ConformantServersTest {

  private final TestBed bed = new TestBed();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void theDocumentedFormPassesEveryCheck() {
    ReferenceServer server = bed.server(WireForm.DOCUMENTED);

    ConformanceReport report = bed.kit(server).rateLimit().run();

    assertThat(report.isConformant()).as(report.text()).isTrue();
    assertThat(checks(report, Verdict.PASS))
        .as(report.text())
        .isEqualTo(EnumSet.allOf(ConformanceCheck.class));
    assertThat(report.form()).isEqualTo(WireForm.DOCUMENTED);
    assertThat(report.endpoint()).isEqualTo(server.url("/ws/agent-tracking"));
  }

  @Test
  void theDeployedFormPassesWithItsKnownDeviations() {
    ReferenceServer server = bed.server(WireForm.DEPLOYED);

    ConformanceReport report = bed.kit(server).rateLimit().run();

    assertThat(report.isConformant()).as(report.text()).isTrue();
    assertThat(report.form()).isEqualTo(WireForm.DEPLOYED);
    assertThat(report.evidence())
        .contains("an unknown session", "log stream", "session phases")
        .doesNotContain("but not");
    assertThat(report.endpoint()).isEqualTo(server.url("/api/ws/agent-tracking"));
    assertThat(report.results(Verdict.NOT_APPLICABLE)).as(report.text()).isEmpty();
    assertThat(report.results(Verdict.DEVIATION))
        .extracting(CheckResult::outcome)
        .containsExactlyInAnyOrder(
            new CheckOutcome.Deviation(KnownDeviation.SESSION_SUMMARIES),
            new CheckOutcome.Deviation(KnownDeviation.LOG_ENTRIES),
            new CheckOutcome.Deviation(KnownDeviation.LOWER_CASE_STATUSES),
            new CheckOutcome.Deviation(KnownDeviation.SESSION_NOT_FOUND),
            new CheckOutcome.Deviation(KnownDeviation.STREAMING_CONFIRMED),
            new CheckOutcome.Deviation(KnownDeviation.LOG_LINES_TO_EVERYONE),
            new CheckOutcome.Deviation(KnownDeviation.STATUS_NOT_RELAYED),
            new CheckOutcome.Deviation(KnownDeviation.ANY_CLIENT_ID),
            new CheckOutcome.Deviation(KnownDeviation.DEAF_CONNECTION));
  }

  @TestFactory
  Stream<DynamicTest> theChecksAreTests() {
    ReferenceServer server = bed.server(WireForm.DOCUMENTED);
    return bed.kit(server).without(ConformanceCheck.RATE_LIMIT).tests();
  }

  @Test
  void withoutAnythingToSeeItSaysWhatWouldHelp() {
    ReferenceServer server = bed.start(ReferenceServer.builder());

    ConformanceReport report = bed.plainKit(server).run();

    assertThat(report.isConformant()).as(report.text()).isTrue();
    assertThat(checks(report, Verdict.NOT_APPLICABLE))
        .containsExactlyInAnyOrder(
            ConformanceCheck.SESSION_LOGS,
            ConformanceCheck.SESSION_STATE,
            ConformanceCheck.RATE_LIMIT);
    assertThat(report.text())
        .contains("the server named no session; start one there, or name one that it knows")
        .contains("it takes a minute, and runs only when asked for")
        .contains("passed 18, failed 0, known deviations 0, not applicable 3: conformant");
  }

  @Test
  void aRefusalAfterTheHandshakeIsARefusal() {
    ReferenceServer server =
        bed.start(ReferenceServer.builder().clientIdCheck(ClientIdCheck.ACCEPT_THEN_1008));

    assertThat(bed.one(server, ConformanceCheck.ID_REFUSAL))
        .isEqualTo(new CheckOutcome.Pass("close code 1008 after the handshake"));
  }

  /** So do the deployed backend, and the server in the document, whose rule for ids is only a recommendation. */
  @ParameterizedTest
  @EnumSource(WireForm.class)
  void aServerMayAcceptAnyId(WireForm form) {
    ReferenceServer server =
        bed.start(ReferenceServer.builder().form(form).clientIdCheck(ClientIdCheck.OFF));

    assertThat(bed.one(server, ConformanceCheck.ID_REFUSAL))
        .isEqualTo(new CheckOutcome.Deviation(KnownDeviation.ANY_CLIENT_ID));
  }

  @Test
  void theCloseFrameOfOldUvicornIsAnEnd() {
    ReferenceServer server =
        bed.start(ReferenceServer.builder().onMalformedFrame(MalformedFrameReaction.CLOSE_1000));

    assertThat(bed.one(server, ConformanceCheck.MALFORMED_FRAME))
        .isEqualTo(new CheckOutcome.Pass("close code 1000"));
  }

  @ParameterizedTest
  @EnumSource(WireForm.class)
  void whoLogsEveryRequestToEveryoneAnswersNobodyElse(WireForm form) {
    ReferenceServer server =
        TestBed.withSession(bed.start(ReferenceServer.builder().form(form).deafConnections(false)));
    server.faults().rewriteReceived((from, text) -> {
      server.sendRaw(Sabotage.logOf(text));
      return List.of(text);
    });

    ConformanceReport report = bed.kit(server).rateLimit().run();

    assertThat(report.isConformant()).as(report.text()).isTrue();
    assertThat(report.results(Verdict.NOT_APPLICABLE)).as(report.text()).isEmpty();
  }

  @Test
  void theDocumentHasNoRelay() {
    ReferenceServer server = bed.start(ReferenceServer.builder().relayStatus(false));

    assertThat(bed.one(server, ConformanceCheck.STATUS_RELAY))
        .isEqualTo(new CheckOutcome.NotApplicable(
            "agent_status is not relayed; the document does not have this extension"));
  }

  @ParameterizedTest
  @EnumSource(WireForm.class)
  void onlyTheDeployedFormHasAnHttpInterface(WireForm form) throws IOException {
    ReferenceServer server = bed.server(form);
    Verdict expected = form == WireForm.DEPLOYED ? Verdict.FAIL : Verdict.NOT_APPLICABLE;
    String nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = "http://127.0.0.1:" + socket.getLocalPort();
    }

    for (String base : List.of(nobody, "http://127.0.0.1:" + server.port() + "/nowhere")) {
      ConformanceKit kit = bed.kit(server).httpBaseUrl(base);
      ConformanceReport report =
          TestBed.only(kit, ConformanceCheck.STATUS_BROADCAST).run();

      assertThat(report.results()).extracting(CheckResult::verdict).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(WireForm.class)
  void whereTheHttpInterfaceIsIsNotGuessed(WireForm form) {
    ReferenceServer server = bed.start(ReferenceServer.builder().form(form).paths("/sockets"));
    ConformanceKit kit = ConformanceKit.against(server.url("/sockets"));
    ConformanceReport unknown =
        TestBed.only(kit, ConformanceCheck.STATUS_BROADCAST).run();
    assertThat(unknown.results())
        .extracting(CheckResult::verdict)
        .containsExactly(Verdict.NOT_APPLICABLE);
    assertThat(unknown.text()).contains("does not follow from the URL", "httpBaseUrl(…)");

    ConformanceReport known = TestBed.only(
            kit.httpBaseUrl(server.httpUrl()), ConformanceCheck.STATUS_BROADCAST)
        .run();
    assertThat(known.results()).extracting(CheckResult::verdict).containsExactly(Verdict.PASS);
  }

  @Test
  void numbersMayBeWrittenInAnotherWay() {
    ReferenceServer server = bed.server(WireForm.DOCUMENTED);
    server
        .faults()
        .rewriteSent(Sabotage.replacing("agent_status", "\"progress\":100", "\"progress\":100.0"));

    for (ConformanceCheck check :
        List.of(ConformanceCheck.STATUS_RELAY, ConformanceCheck.STATUS_BROADCAST)) {
      assertThat(bed.one(server, check).verdict()).isEqualTo(Verdict.PASS);
    }
  }

  /** A busy server may clean up only after it has answered a few requests of others. */
  @Test
  void aConnectionThatTurnsDeafLateIsFound() {
    ReferenceServer server = bed.server(WireForm.DOCUMENTED);
    AtomicReference<ClientConnection> old = new AtomicReference<>();
    AtomicReference<ClientConnection> newer = new AtomicReference<>();
    server.faults().onNextConnections(1_000, connection -> {
      if (old.get() != null && old.get().clientId().equals(connection.clientId())) {
        newer.set(connection);
      } else if (newer.get() == null) {
        old.set(connection);
      }
    });
    AtomicInteger afterTheEnd = new AtomicInteger();
    server.faults().rewriteReceived((from, text) -> {
      boolean ended = newer.get() != null && !Objects.requireNonNull(old.get()).isOpen();
      int frames = ended ? afterTheEnd.incrementAndGet() : 0;
      return from == newer.get() && frames > 15 ? List.of() : List.of(text);
    });

    ConformanceKit kit = ConformanceKit.against(server.url()).answerTimeout(Duration.ofSeconds(1));
    CheckOutcome outcome = TestBed.only(kit, ConformanceCheck.RECONNECT_OVERLAPPING)
        .run()
        .results()
        .get(0)
        .outcome();

    assertThat(outcome).isEqualTo(new CheckOutcome.Deviation(KnownDeviation.DEAF_CONNECTION));
  }

  /** The session that the caller names is used, not the first of active_sessions. */
  @Test
  void aNamedSessionIsAskedFor() {
    ReferenceServer server = bed.server(WireForm.DOCUMENTED);
    server.startSession("session_2", "Why not?", "Critic");

    CheckOutcome outcome = bed.kit(server).session("session_2").run().results().stream()
        .filter(result -> result.check() == ConformanceCheck.SESSION_STATE)
        .findFirst()
        .orElseThrow()
        .outcome();

    assertThat(outcome.verdict()).isEqualTo(Verdict.PASS);
    assertThat(server.receivedFrames())
        .filteredOn(frame -> frame.text().contains("session_2"))
        .isNotEmpty();
  }

  private static Set<ConformanceCheck> checks(ConformanceReport report, Verdict verdict) {
    EnumSet<ConformanceCheck> checks = EnumSet.noneOf(ConformanceCheck.class);
    report.results(verdict).forEach(result -> checks.add(result.check()));
    return checks;
  }
}
