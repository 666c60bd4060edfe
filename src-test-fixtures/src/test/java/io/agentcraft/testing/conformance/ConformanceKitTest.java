package io.agentcraft.testing.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.SdkThreads;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The kit itself: its options, its tests, and what it leaves behind. */
@Timeout(120)
class ConformanceKitTest {

  private final TestBed bed = new TestBed();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void everyCheckHasANameAndASentence() {
    assertThat(ConformanceCheck.values())
        .allSatisfy(check -> assertThat(check.id()).matches("[a-z]+(-[a-z]+)*"))
        .allSatisfy(check -> assertThat(check.sentence()).endsWith("."));
  }

  @Test
  void anOutcomeIsOneLineWhateverTheServerSent() {
    String hostile = "\u001b[2J\nPASS \u202e\u2028\ud800";
    String escaped = "\\u001B[2J\\u000APASS \\u202E\\u2028\\uD800";
    assertThat(new CheckOutcome.Pass(hostile).detail()).isEqualTo(escaped);
    assertThat(new CheckOutcome.NotApplicable(hostile).detail()).isEqualTo(escaped);
    assertThat(new CheckOutcome.Fail(hostile, hostile).detail())
        .isEqualTo("expected " + escaped + ", but " + escaped);
  }

  @Test
  void inRealTimeTheResultsAreTheSame() {
    ReferenceServer server = TestBed.withSession(ReferenceServer.start());
    try (server) {
      ConformanceReport report = ConformanceKit.against(server.url())
          .logLine((session, text) -> server.appendLog(session, "info", "Researcher", text))
          .without(
              ConformanceCheck.PING_AFTER_SILENCE,
              ConformanceCheck.NO_PING_WHILE_FRAMES_FLOW,
              ConformanceCheck.RATE_LIMIT)
          .run();

      assertThat(report.results(Verdict.PASS)).as(report.text()).hasSize(18);
    }
  }

  /** The busy client is pinged too, and at once; the kit waits for the silent one nevertheless. */
  @Test
  void inRealTimeAPingIsWaitedFor() {
    try (ReferenceServer server =
        ReferenceServer.builder().pingInterval(Duration.ofMillis(20)).start()) {
      ConformanceReport report = TestBed.only(
              ConformanceKit.against(server.url()).pingWait(Duration.ofSeconds(30)),
              ConformanceCheck.PING_AFTER_SILENCE,
              ConformanceCheck.NO_PING_WHILE_FRAMES_FLOW)
          .run();

      assertThat(report.results())
          .as(report.text())
          .extracting(CheckResult::verdict)
          .containsExactly(Verdict.PASS, Verdict.FAIL);
    }
  }

  @Test
  void itLeavesNoConnectionAndNoThread() {
    ReferenceServer server = bed.server(WireForm.DOCUMENTED);

    ConformanceReport report = bed.kit(server).rateLimit().run();

    assertThat(report.isConformant()).isTrue();
    // The shared threads end with the last client that is closed: the kit must keep none of its
    // own.
    try (AgentCraftClient client = AgentCraftClient.builder(server.url()).build()) {
      Await.get(client.connect());
    }
    assertThat(server.awaitConnections(0)).isEmpty();
    SdkThreads.awaitNone("^agentcraft-|^OkHttp http://127.0.0.1:" + server.port());
    assertThat(server.connections()).hasSizeGreaterThan(20).allSatisfy(connection -> {
      if (connection.frames().stream().noneMatch(frame -> frame.text().startsWith("this"))) {
        assertThat(connection.closeCode()).hasValue(1000);
      }
    });
  }

  @Test
  void theCallersOkHttpClientIsUsedAndStaysOpen() {
    ReferenceServer server = bed.server(WireForm.DOCUMENTED);
    Queue<Long> callTimeouts = new ConcurrentLinkedQueue<>();
    OkHttpClient http = new OkHttpClient.Builder()
        .callTimeout(Duration.ofMinutes(1))
        .addInterceptor(chain -> {
          callTimeouts.add(chain.call().timeout().timeoutNanos());
          return chain.proceed(
              chain.request().newBuilder().header("X-Mine", "yes").build());
        })
        .build();

    ConformanceReport report =
        TestBed.only(bed.kit(server).okHttpClient(http), ConformanceCheck.PONG).run();

    assertThat(report.isConformant()).isTrue();
    assertThat(server.connections())
        .isNotEmpty()
        .allSatisfy(connection -> assertThat(connection.header("X-Mine")).hasValue("yes"));
    assertThat(callTimeouts).isNotEmpty().containsOnly(0L);
    assertThat(http.dispatcher().executorService().isShutdown()).isFalse();
    http.dispatcher().executorService().shutdown();
  }

  @Test
  void tokenAndHeadersAreSentAndNotReported() {
    ReferenceServer server = bed.start(ReferenceServer.builder().requireToken("secret-token-7"));
    ConformanceKit kit = TestBed.only(
        bed.kit(server).token("secret-token-7").header("X-Team", "blue"),
        ConformanceCheck.CONNECT,
        ConformanceCheck.STATUS_BROADCAST);

    ConformanceReport report = kit.run();

    assertThat(report.results(Verdict.PASS)).as(report.text()).hasSize(2);
    assertThat(server.connections().get(0).header("X-Team")).hasValue("blue");
    assertThat(report.toString() + report.text() + kit).doesNotContain("secret-token-7");
  }

  @Test
  void theClientsRulesForUrlsAndTokensHold() {
    assertThatThrownBy(() -> ConformanceKit.against("localhost:8000").run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ws://");
    assertThatThrownBy(
            () -> ConformanceKit.against("ws://example.com").token("t").run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowTokenOverPlaintext()");
    assertThatThrownBy(() -> ConformanceKit.against("ws://localhost").pingWait(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ping wait");
  }

  @Test
  void asTestsTheyFailPassAndAreSkipped() {
    ReferenceServer server = bed.start(ReferenceServer.builder().pingInterval(Duration.ZERO));
    List<DynamicTest> tests = TestBed.only(
            bed.kit(server),
            ConformanceCheck.SESSION_STATE,
            ConformanceCheck.PONG,
            ConformanceCheck.PING_AFTER_SILENCE)
        .tests()
        .toList();

    assertThat(tests)
        .extracting(DynamicTest::getDisplayName)
        .containsExactly(
            "session-state: " + ConformanceCheck.SESSION_STATE.sentence(),
            "pong: pong has no answer.",
            "ping-after-silence: " + ConformanceCheck.PING_AFTER_SILENCE.sentence());
    assertThatThrownBy(() -> tests.get(0).getExecutable().execute())
        .satisfies(aborted ->
            assertThat(aborted.getClass().getSimpleName()).isEqualTo("TestAbortedException"))
        .hasMessageContaining("the server named no session");
    assertThat(thrownBy(tests.get(1))).isEmpty();
    assertThatThrownBy(() -> tests.get(2).getExecutable().execute())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ping-after-silence: expected a ping to a client that sends nothing")
        .hasMessageContaining("The protocol says: The server waits 30 s");
  }

  @Test
  void anExceptionFailsItsCheckAndNoOther() {
    ReferenceServer server = bed.server(WireForm.DOCUMENTED);
    ConformanceKit kit = bed.kit(server).logLine((session, text) -> {
      throw new UnsupportedOperationException("no log here");
    });

    ConformanceReport report = TestBed.only(
            kit, ConformanceCheck.LOG_STREAMING_START, ConformanceCheck.PONG)
        .run();

    assertThat(report.results())
        .as(report.text())
        .extracting(CheckResult::verdict)
        .containsExactly(Verdict.FAIL, Verdict.PASS);
    assertThat(report.text()).contains("got java.lang.UnsupportedOperationException: no log here");
  }

  @Test
  void anInterruptEndsIt() {
    ReferenceServer server = bed.server(WireForm.DOCUMENTED);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> bed.kit(server).run()).isInstanceOf(IllegalStateException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(server.awaitConnections(0)).isEmpty();
  }

  private static Stream<Throwable> thrownBy(DynamicTest test) {
    try {
      test.getExecutable().execute();
      return Stream.empty();
    } catch (Throwable thrown) {
      return Stream.of(thrown);
    }
  }
}
