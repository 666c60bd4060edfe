package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.WireForm;
import io.agentcraft.testing.conformance.CheckOutcome;
import io.agentcraft.testing.conformance.CheckResult;
import io.agentcraft.testing.conformance.ConformanceCheck;
import io.agentcraft.testing.conformance.ConformanceKit;
import io.agentcraft.testing.conformance.ConformanceReport;
import io.agentcraft.testing.conformance.KnownDeviation;
import io.agentcraft.testing.conformance.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The conformance kit against FastAPI on uvicorn, in real time. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ConformanceTest extends InteropTest {

  /** In place of the 30 s after which a server pings. */
  private static final String RECEIVE_TIMEOUT = "6.0";

  private static final Duration PING_WAIT = Duration.ofSeconds(8);

  @Test
  void theDocumentedFormConforms() throws Exception {
    ConformanceReport report = report(Map.of());

    assertThat(report.form()).as(report.text()).isEqualTo(WireForm.DOCUMENTED);
    assertThat(report.isConformant()).as(report.text()).isTrue();
    assertThat(report.results(Verdict.NOT_APPLICABLE)).as(report.text()).isEmpty();
    // The document's own server knows its connections by client id only.
    assertThat(report.results(Verdict.DEVIATION))
        .as(report.text())
        .extracting(CheckResult::outcome)
        .containsExactly(new CheckOutcome.Deviation(KnownDeviation.DEAF_CONNECTION));
  }

  /** Its rules for client ids are among the document's best practices, and publishing is this project's extension. */
  @Test
  void theServerInTheDocumentConforms() throws Exception {
    ConformanceReport report =
        report(Map.of("AGENTCRAFT_CLIENT_ID_PATTERN", "", "AGENTCRAFT_RELAY", "0"));

    assertThat(report.form()).as(report.text()).isEqualTo(WireForm.DOCUMENTED);
    assertThat(report.isConformant()).as(report.text()).isTrue();
    assertThat(report.results(Verdict.NOT_APPLICABLE))
        .as(report.text())
        .extracting(CheckResult::check)
        .containsExactly(ConformanceCheck.STATUS_RELAY);
    assertThat(report.results(Verdict.DEVIATION))
        .as(report.text())
        .extracting(CheckResult::outcome)
        .containsExactly(
            new CheckOutcome.Deviation(KnownDeviation.ANY_CLIENT_ID),
            new CheckOutcome.Deviation(KnownDeviation.DEAF_CONNECTION));
  }

  @Test
  void theDeployedFormConforms() throws Exception {
    ConformanceReport report = report(Map.of("AGENTCRAFT_FORM", "deployed"));

    assertThat(report.form()).as(report.text()).isEqualTo(WireForm.DEPLOYED);
    assertThat(report.isConformant()).as(report.text()).isTrue();
    assertThat(report.results(Verdict.NOT_APPLICABLE)).as(report.text()).isEmpty();
    assertThat(report.results(Verdict.DEVIATION)).as(report.text()).hasSize(9);
  }

  private ConformanceReport report(Map<String, String> settings) throws Exception {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("AGENTCRAFT_RECEIVE_TIMEOUT", RECEIVE_TIMEOUT);
    RealServer server = closed(RealServer.with(environment));
    server.post("/test/story", "");
    ConformanceReport report = ConformanceKit.against(server.url())
        .pingWait(PING_WAIT)
        .logLine((session, text) -> log(server, session, text))
        .without(ConformanceCheck.RATE_LIMIT)
        .run();
    System.out.println(report.text());
    return report;
  }

  private static void log(RealServer server, String session, String text) {
    try {
      var unused = server.post("/test/log/" + session, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
