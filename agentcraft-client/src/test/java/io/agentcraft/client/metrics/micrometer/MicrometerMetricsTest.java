package io.agentcraft.client.metrics.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.metrics.ClientMetrics.RequestOutcome;
import io.agentcraft.client.metrics.ClientMetrics.UpdateOutcome;
import io.agentcraft.client.publish.PublishTransport;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.EOFException;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MicrometerMetricsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerMetrics metrics =
      MicrometerMetrics.of(registry, Tag.of("server", "staging"));

  @Test
  void everyEventHasAMeter() {
    metrics.frameReceived("agent_status");
    metrics.frameReceived("agent_status");
    metrics.frameReceived("ping");
    metrics.frameSkipped("ping");
    metrics.frameMalformed();
    metrics.frameSent();
    metrics.sendingPaced(Duration.ofSeconds(2));
    metrics.messageDropped();
    metrics.listenerFailed();
    metrics.connected();
    metrics.reconnecting(new DisconnectCause.ClosedByServer(1012, ""), 1);
    metrics.gaveUp(new DisconnectCause.IdleTimedOut(Duration.ofSeconds(45)));
    metrics.requestEnded("get_session_state", RequestOutcome.ANSWERED, Duration.ofMillis(20));
    metrics.updateEnded(UpdateOutcome.SUPERSEDED);
    metrics.updateDelivered(PublishTransport.WEBSOCKET, Duration.ofMillis(30));

    assertThat(registry.getMeters().stream().map(MicrometerMetricsTest::line))
        .containsExactlyInAnyOrder(
            "agentcraft.frames.received{server=staging,type=agent_status} count 2.0",
            "agentcraft.frames.received{server=staging,type=ping} count 1.0",
            "agentcraft.frames.skipped{server=staging,type=ping} count 1.0",
            "agentcraft.frames.malformed{server=staging} count 1.0",
            "agentcraft.frames.sent{server=staging} count 1.0",
            "agentcraft.sending.paced{server=staging} count 1.0 total 2.0 max 2.0",
            "agentcraft.messages.dropped{server=staging} count 1.0",
            "agentcraft.callbacks.queued{server=staging} value 0.0",
            "agentcraft.listener.errors{server=staging} count 1.0",
            "agentcraft.connections{server=staging} count 1.0",
            "agentcraft.reconnects{cause=closed_by_server,server=staging} count 1.0",
            "agentcraft.gave.up{cause=idle_timed_out,server=staging} count 1.0",
            "agentcraft.requests{outcome=answered,server=staging,type=get_session_state}"
                + " count 1.0 total 0.02 max 0.02",
            "agentcraft.updates{outcome=superseded,server=staging} count 1.0",
            "agentcraft.updates.delivered{server=staging,transport=websocket} count 1.0 total 0.03 max 0.03");
  }

  @Test
  void theQueuesOfAllOpenClientsAddUp() {
    IntSupplier one = () -> 3;
    IntSupplier two = () -> 4;
    metrics.clientBuilt(one);
    metrics.clientBuilt(two);
    assertThat(registry.get("agentcraft.callbacks.queued").gauge().value()).isEqualTo(7);
    metrics.clientClosed(one);
    assertThat(registry.get("agentcraft.callbacks.queued").gauge().value()).isEqualTo(4);
  }

  static Stream<Arguments> causes() {
    return Stream.of(
        Arguments.of(new DisconnectCause.ClosedByCaller(), "closed_by_caller"),
        Arguments.of(new DisconnectCause.ClosedByServer(1000, "bye"), "closed_by_server"),
        Arguments.of(new DisconnectCause.HandshakeRefused(403, null, "no"), "handshake_refused"),
        Arguments.of(new DisconnectCause.HandshakeInvalid("no"), "handshake_invalid"),
        Arguments.of(
            new DisconnectCause.HandshakeTimedOut(Duration.ofSeconds(15), ""),
            "handshake_timed_out"),
        Arguments.of(new DisconnectCause.IdleTimedOut(Duration.ofSeconds(45)), "idle_timed_out"),
        Arguments.of(
            new DisconnectCause.TokenUnavailable(new IllegalStateException()), "token_unavailable"),
        Arguments.of(new DisconnectCause.TlsFailed(new SSLException("no")), "tls_failed"),
        Arguments.of(new DisconnectCause.ConnectionLost(new EOFException()), "connection_lost"));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void causesAreTags(DisconnectCause cause, String tag) {
    metrics.reconnecting(cause, 1);
    assertThat(registry.get("agentcraft.reconnects").counter().getId().getTag("cause"))
        .isEqualTo(tag);
  }

  @Test
  void everyCauseHasATag() {
    assertThat(causes().<Class<?>>map(cause -> cause.get()[0].getClass()))
        .containsExactlyInAnyOrder(DisconnectCause.class.getPermittedSubclasses());
  }

  @Test
  void instancesWithTheSameRegistryShareTheQueueGauge() {
    MicrometerMetrics other = MicrometerMetrics.of(registry, Tag.of("server", "staging"));
    metrics.clientBuilt(() -> 3);
    other.clientBuilt(() -> 4);
    assertThat(registry.get("agentcraft.callbacks.queued").gauge().value()).isEqualTo(7);
  }

  private static String line(Meter meter) {
    StringBuilder line = new StringBuilder(meter.getId().getName()).append('{');
    String tags = String.join(
        ",",
        meter.getId().getTags().stream()
            .map(tag -> tag.getKey() + "=" + tag.getValue())
            .toList());
    line.append(tags).append('}');
    StreamSupport.stream(meter.measure().spliterator(), false)
        .forEach(measurement -> line.append(' ')
            .append(measurement.getStatistic().getTagValueRepresentation())
            .append(' ')
            .append(measurement.getValue()));
    return line.toString();
  }
}
