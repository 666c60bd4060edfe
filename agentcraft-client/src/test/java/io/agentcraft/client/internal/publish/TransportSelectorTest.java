package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.internal.publish.Broadcasts.Endpoint;
import io.agentcraft.client.internal.publish.TransportSelector.Knowledge;
import io.agentcraft.client.internal.publish.TransportSelector.Route;
import io.agentcraft.client.publish.PublishTransport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransportSelectorTest {

  private enum Event {
    CONNECTED,
    PROBE_SENT,
    RELAYED,
    IGNORED,
    DISCONNECTED,
    GAVE_UP,
    MISSING;

    TransportSelector change(TransportSelector before) {
      return switch (this) {
        case CONNECTED -> before.connected();
        case PROBE_SENT -> before.probeSent();
        case RELAYED -> before.relayed();
        case IGNORED -> before.ignored();
        case DISCONNECTED -> before.disconnected();
        case GAVE_UP -> before.gaveUp();
        case MISSING -> before.missing();
      };
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO,   NONE,        WEBSOCKET_PROBE",
    "AUTO,   PROBING,     HOLD",
    "AUTO,   RELAYS,      WEBSOCKET",
    "AUTO,   IGNORES,     HTTP",
    "AUTO,   UNREACHABLE, HTTP",
    "WEBSOCKET, NONE,        WEBSOCKET",
    "WEBSOCKET, IGNORES,     WEBSOCKET",
    "WEBSOCKET, UNREACHABLE, WEBSOCKET",
    "HTTP,   NONE,        HTTP",
    "HTTP,   RELAYS,      HTTP"
  })
  void whatTheCallerConfiguredAndWhatIsKnownMakeTheRoute(
      PublishTransport configured, Knowledge knowledge, Route route) {
    assertThat(new TransportSelector(configured, knowledge, false, Endpoint.UNKNOWN).route())
        .isEqualTo(route);
  }

  /** For each event, what is known after it: by what was known before, of a server that never relayed and had no HTTP. */
  @ParameterizedTest
  @CsvSource({
    // Event,      NONE,        PROBING,     IGNORES, UNREACHABLE
    "CONNECTED,    NONE,        PROBING,     IGNORES, NONE",
    "IGNORED,      IGNORES,     IGNORES,     IGNORES, IGNORES",
    "DISCONNECTED, NONE,        NONE,        IGNORES, NONE",
    "GAVE_UP,      UNREACHABLE, UNREACHABLE, IGNORES, UNREACHABLE",
    "MISSING,      NONE,        PROBING,     IGNORES, NONE"
  })
  void ofAServerThatNeverRelayed(
      Event event, Knowledge none, Knowledge probing, Knowledge ignores, Knowledge unreachable) {
    assertThat(after(event, Knowledge.NONE, false, false)).isEqualTo(none);
    assertThat(after(event, Knowledge.PROBING, false, false)).isEqualTo(probing);
    assertThat(after(event, Knowledge.IGNORES, false, false)).isEqualTo(ignores);
    assertThat(after(event, Knowledge.UNREACHABLE, false, false)).isEqualTo(unreachable);
  }

  @ParameterizedTest
  @CsvSource({
    // Event,      NONE,        PROBING,     RELAYS,      IGNORES, UNREACHABLE
    "CONNECTED,    NONE,        PROBING,     RELAYS,      IGNORES, NONE",
    "IGNORED,      IGNORES,     IGNORES,     IGNORES,     IGNORES, IGNORES",
    "DISCONNECTED, NONE,        NONE,        NONE,        NONE,    NONE",
    "GAVE_UP,      UNREACHABLE, UNREACHABLE, UNREACHABLE, IGNORES, UNREACHABLE",
    "MISSING,      NONE,        NONE,        NONE,        NONE,    NONE"
  })
  void ofAServerThatRelayedBefore(
      Event event,
      Knowledge none,
      Knowledge probing,
      Knowledge relays,
      Knowledge ignores,
      Knowledge unreachable) {
    assertThat(after(event, Knowledge.NONE, true, false)).isEqualTo(none);
    assertThat(after(event, Knowledge.PROBING, true, false)).isEqualTo(probing);
    assertThat(after(event, Knowledge.RELAYS, true, false)).isEqualTo(relays);
    assertThat(after(event, Knowledge.IGNORES, true, false)).isEqualTo(ignores);
    assertThat(after(event, Knowledge.UNREACHABLE, true, false)).isEqualTo(unreachable);
  }

  @ParameterizedTest
  @CsvSource({
    "GAVE_UP, false, PROBING, NONE",
    "GAVE_UP, true,  RELAYS,  NONE",
    "IGNORED, false, PROBING, IGNORES",
    "IGNORED, true,  RELAYS,  RELAYS"
  })
  void whereThereIsNoHttpTheSocketIsAllThatIsLeft(
      Event event, boolean hasRelayed, Knowledge before, Knowledge after) {
    assertThat(after(event, before, hasRelayed, true)).isEqualTo(after);
  }

  @ParameterizedTest
  @EnumSource(Knowledge.class)
  void aRelayIsProof(Knowledge before) {
    TransportSelector next =
        new TransportSelector(PublishTransport.AUTO, before, false, Endpoint.UNKNOWN).relayed();
    assertThat(next.route()).isEqualTo(Route.WEBSOCKET);
    assertThat(next.hasRelayed()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Event.class)
  void whatTheCallerChoseStays(Event event) {
    assertThat(event.change(TransportSelector.initial(PublishTransport.HTTP)).route())
        .isEqualTo(Route.HTTP);
    assertThat(
            event.change(TransportSelector.initial(PublishTransport.WEBSOCKET)).route())
        .isEqualTo(Route.WEBSOCKET);
  }

  private static Knowledge after(
      Event event, Knowledge before, boolean hasRelayed, boolean httpMissing) {
    return event
        .change(new TransportSelector(
            PublishTransport.AUTO,
            before,
            hasRelayed,
            httpMissing ? Endpoint.MISSING : Endpoint.UNKNOWN))
        .knowledge();
  }

  @ParameterizedTest
  @EnumSource(Knowledge.class)
  void anEndpointThatExistsIsUsedWhateverIsKnownOfTheSocket(Knowledge knowledge) {
    TransportSelector found = new TransportSelector(
            PublishTransport.AUTO, knowledge, false, Endpoint.UNKNOWN)
        .found(Endpoint.EXISTS);
    assertThat(found.route()).isEqualTo(Route.HTTP);
    assertThat(found.disconnected().route()).isEqualTo(Route.HTTP);
    assertThat(found.gaveUp().route()).isEqualTo(Route.HTTP);
  }

  /** What happens puts right what was found: a proxy may answer for a server, or another server may. */
  @ParameterizedTest
  @CsvSource({
    // A socket that has relayed is tried again first.
    "NONE,    WEBSOCKET_PROBE, WEBSOCKET_PROBE",
    "RELAYS,  WEBSOCKET_PROBE, WEBSOCKET",
    "IGNORES, HTTP,            HTTP"
  })
  void anEndpointThatDoesNotWorkLeavesTheSocket(
      Knowledge knowledge, Route afterMissing, Route afterNotRelayed) {
    TransportSelector found = new TransportSelector(
        PublishTransport.AUTO, knowledge, knowledge == Knowledge.RELAYS, Endpoint.EXISTS);
    assertThat(found.missing().route()).isEqualTo(afterMissing);
    assertThat(found.notRelayed().route()).isEqualTo(afterNotRelayed);
  }
}
