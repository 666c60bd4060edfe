package io.agentcraft.testing.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.testing.internal.raw.Frame;
import io.agentcraft.testing.internal.raw.Network;
import java.io.IOException;
import java.util.function.Predicate;

/** The two ways to publish a status. What is published is final, so that no board shows the kit at work for ever. */
final class PublishingChecks {

  private static final String BROADCAST = "/api/ws/broadcast";

  private PublishingChecks() {}

  static CheckOutcome relay(Scene scene) {
    Line other = scene.line();
    Line sender = scene.line();
    String status = status();
    int atOther = other.mark();
    int atSender = sender.mark();
    sender.send(status);
    sender.roundTrip();
    boolean back = sender.expect(atSender, same(status)).isPresent();
    boolean across = (back || !scene.isDeployed())
        ? other.expect(atOther, same(status)).isPresent()
        : other.tryRoundTrip() && other.seen(atOther, same(status)).isPresent();
    if (back && across) {
      return new CheckOutcome.Pass("");
    }
    if (!back && !across && scene.isDeployed()) {
      return new CheckOutcome.Deviation(KnownDeviation.STATUS_NOT_RELAYED);
    }
    throw Settled.fail(
        "the status at the sender and at another client",
        back
            ? "only the sender got it"
            : across ? "the sender did not get it" : "neither got it; " + sender.came(atSender));
  }

  static CheckOutcome broadcast(Scene scene) {
    Line one = scene.line();
    Line two = scene.line();
    String status = status();
    int atOne = one.mark();
    int atTwo = two.mark();
    Network.Reply reply = post(scene, status);
    boolean missing = reply.status() == 404 || reply.status() == 405;
    if (missing && !scene.isDeployed()) {
      throw Settled.notApplicable("there is no POST " + BROADCAST + " (HTTP " + reply.status()
          + "), which the document does not have either");
    }
    JsonNode answer = Frame.parse(reply.body());
    if (reply.status() != 200 || !answer.path("success").asBoolean()) {
      throw Settled.fail(
          "HTTP 200 with {\"success\": true, …}",
          "there came HTTP " + reply.status() + " " + Frame.shown(reply.body()));
    }
    received(one, atOne, status);
    received(two, atTwo, status);
    return new CheckOutcome.Pass("");
  }

  private static void received(Line line, int mark, String status) {
    if (line.expect(mark, same(status)).isEmpty()) {
      throw Settled.fail("every client to get " + Frame.shown(status), line.came(mark));
    }
  }

  private static Network.Reply post(Scene scene, String body) {
    try {
      return scene.network().post(scene.settings().httpBase() + BROADCAST, body);
    } catch (IOException failed) {
      throw Settled.fail("an answer to POST " + BROADCAST, "there came " + failed);
    }
  }

  private static String status() {
    return MessageCodec.create()
        .encode(AgentStatusUpdate.builder("conformance-" + Asking.random(), "Conformance Kit")
            .status(AgentStatus.COMPLETED)
            .progress(100)
            .message("A check of the server")
            .build());
  }

  private static Predicate<Frame> same(String status) {
    JsonNode sent = Frame.parse(status);
    return frame -> frame.json().equals(sent);
  }
}
