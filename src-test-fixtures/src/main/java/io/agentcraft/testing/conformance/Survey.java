package io.agentcraft.testing.conformance;

import io.agentcraft.testing.WireForm;
import io.agentcraft.testing.internal.raw.Frame;
import io.agentcraft.testing.internal.raw.Network;
import io.agentcraft.testing.internal.raw.Peer;
import io.agentcraft.testing.internal.raw.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is found out about a server before the checks: where it is, which form it speaks.
 *
 * @param place where it answered
 * @param evidence what the form was told by
 * @param greeting its first active_sessions; null if there was none
 */
record Survey(
    Place place, WireForm form, String evidence, @Nullable Frame greeting) {

  /**
   * Looks at the server.
   *
   * @throws Settled if nothing answers
   */
  static Survey of(Settings settings) {
    try (Network network = settings.network().get()) {
      List<String> refusals = new ArrayList<>();
      for (Place place : settings.places()) {
        Peer peer = network.open(place);
        Optional<Peer.End> refusal = peer.refusal();
        if (refusal.isEmpty()) {
          return look(place, new Line(peer, settings));
        }
        refusals.add("at " + place + " there came " + refused(refusal.get()));
        int status = refusal.get().status();
        if (status != 403 && status != 404) {
          break;
        }
      }
      throw Settled.fail(
          "HTTP 101 to the handshake",
          String.join("; ", refusals) + ". Check that it runs, its path, and the credentials");
    }
  }

  static String refused(Peer.End refusal) {
    return refusal.status() == 0 ? refusal.reason() : "HTTP " + refusal.status();
  }

  boolean isDeployed() {
    return form == WireForm.DEPLOYED;
  }

  /** The first session that the server named. */
  Optional<String> session() {
    return Optional.ofNullable(greeting)
        .map(frame -> frame.json().path("data").path("sessions").path(0).path("session_id"))
        .filter(id -> id.isTextual())
        .map(id -> id.textValue());
  }

  private static Survey look(Place place, Line line) {
    line.send(Asking.state(Asking.unknownSession()));
    line.send(Asking.startStreaming(Asking.unknownSession()));
    line.send(Asking.stopStreaming());
    boolean ignored = line.tryRoundTrip();
    List<Frame> frames = line.peer().since(0);
    Frame greeting =
        frames.stream().filter(frame -> frame.is("active_sessions")).findFirst().orElse(null);
    FormEvidence evidence = FormEvidence.of(frames, greeting);
    boolean deployedPath = place.base().endsWith(WireForm.DEPLOYED.path());
    return new Survey(place, evidence.form(deployedPath), evidence.text(), greeting);
  }
}
