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
    if (!back) {
      // The time for it has passed already: what was due has come when this is answered.
      other.roundTrip();
    }
    boolean across = (back
            ? other.expect(atOther, same(status))
            : other.seen(atOther, same(status)))
        .isPresent();
    if (back && across) {
      return new CheckOutcome.Pass("");
    }
    boolean relayed = sender.seen(atSender, about(status)).isPresent()
        || other.seen(atOther, about(status)).isPresent();
    if (!relayed) {
      return notRelayed(scene);
    }
    throw Settled.fail(
        "the status at the sender and at another client",
        back
            ? "only the sender got it"
            : across
                ? "the sender did not get it"
                : "neither got it as it was; " + sender.came(atSender));
  }

  private static CheckOutcome notRelayed(Scene scene) {
    return scene.isDeployed()
        ? new CheckOutcome.Deviation(KnownDeviation.STATUS_NOT_RELAYED)
        : new CheckOutcome.NotApplicable(
            "agent_status is not relayed; the document does not have this extension");
  }

  static CheckOutcome broadcast(Scene scene) {
    Line one = scene.line();
    Line two = scene.line();
    String status = status();
    int atOne = one.mark();
    int atTwo = two.mark();
    Network.Reply reply = post(scene, status);
    if (reply.status() != 200 && !scene.isDeployed()) {
      throw noHttp("HTTP " + reply.status());
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
    String base = scene.settings().httpBaseUrl();
    if (base == null) {
      throw Settled.notApplicable(
          "where POST " + BROADCAST
              + " is does not follow from the URL, whose path does not end in /ws/agent-tracking: set httpBaseUrl(…)");
    }
    try {
      return scene.network().post(base + BROADCAST, body);
    } catch (IOException failed) {
      if (!scene.isDeployed()) {
        throw noHttp(failed.toString());
      }
      throw Settled.fail("an answer to POST " + BROADCAST, "there came " + failed);
    }
  }

  private static Settled noHttp(String came) {
    return Settled.notApplicable("the document has no HTTP interface, and POST " + BROADCAST
        + " was not taken here: there came " + came);
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
    return frame -> sent.equals(PublishingChecks::compare, frame.json());
  }

  /** Relayed, as it is or changed. */
  private static Predicate<Frame> about(String status) {
    JsonNode agent = Frame.parse(status).path("agent_id");
    return frame -> frame.is("agent_status") && frame.json().path("agent_id").equals(agent);
  }

  /** Zero for the same value: 100 and 100.0 are one number in JSON. */
  private static int compare(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return Double.compare(one.doubleValue(), other.doubleValue());
    }
    return one.equals(other) ? 0 : 1;
  }
}
