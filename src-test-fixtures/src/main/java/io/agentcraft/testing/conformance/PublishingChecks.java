package io.agentcraft.testing.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.testing.internal.protocol.JsonText;
import java.io.IOException;
import java.util.function.Predicate;

/** The two ways to publish a status. The status is final, so that no board shows the kit as working forever. */
final class PublishingChecks {

  private static final String BROADCAST = "/api/ws/broadcast";

  private PublishingChecks() {}

  static CheckOutcome relay(CheckContext context) {
    CheckConnection other = context.connection();
    CheckConnection sender = context.connection();
    String status = status();
    int atOther = other.mark();
    int atSender = sender.mark();
    sender.send(status);
    sender.roundTrip();
    boolean back = sender.expect(atSender, same(status)).isPresent();
    if (!back) {
      // The clock was advanced already: what was due has been received when this is answered.
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
      return notRelayed(context);
    }
    throw CheckEndedException.fail(
        "the status at the sender and at another client",
        back
            ? "only the sender received it"
            : across
                ? "the sender did not receive it"
                : "neither received it as it was; " + sender.received(atSender));
  }

  private static CheckOutcome notRelayed(CheckContext context) {
    return context.isDeployed()
        ? new CheckOutcome.Deviation(KnownDeviation.STATUS_NOT_RELAYED)
        : new CheckOutcome.NotApplicable(
            "agent_status is not relayed; the document does not have this extension");
  }

  static CheckOutcome broadcast(CheckContext context) {
    CheckConnection one = context.connection();
    CheckConnection two = context.connection();
    String status = status();
    int atOne = one.mark();
    int atTwo = two.mark();
    Connector.Reply reply = post(context, status);
    if (reply.status() != 200 && !context.isDeployed()) {
      throw noHttp("HTTP " + reply.status());
    }
    JsonNode answer = JsonText.parse(reply.body());
    if (reply.status() != 200 || !answer.path("success").asBoolean()) {
      throw CheckEndedException.fail(
          "HTTP 200 with {\"success\": true, …}",
          "got HTTP " + reply.status() + " " + Frame.shown(reply.body()));
    }
    received(one, atOne, status);
    received(two, atTwo, status);
    return new CheckOutcome.Pass("");
  }

  private static void received(CheckConnection connection, int mark, String status) {
    if (connection.expect(mark, same(status)).isEmpty()) {
      throw CheckEndedException.fail(
          "every client to receive " + Frame.shown(status), connection.received(mark));
    }
  }

  private static Connector.Reply post(CheckContext context, String body) {
    String base = context.settings().httpBaseUrl();
    if (base == null) {
      throw CheckEndedException.notApplicable(
          "where POST " + BROADCAST
              + " is does not follow from the URL, whose path does not end in /ws/agent-tracking: set httpBaseUrl(…)");
    }
    try {
      return context.connector().post(base + BROADCAST, body);
    } catch (IOException failed) {
      if (!context.isDeployed()) {
        throw noHttp(failed.toString());
      }
      throw CheckEndedException.fail("an answer to POST " + BROADCAST, "got " + failed);
    }
  }

  private static CheckEndedException noHttp(String actual) {
    return CheckEndedException.notApplicable("the document has no HTTP interface, and POST "
        + BROADCAST + " was not accepted here: got " + actual);
  }

  private static String status() {
    return MessageCodec.create()
        .encode(AgentStatusUpdate.builder("conformance-" + Requests.random(), "Conformance Kit")
            .status(AgentStatus.COMPLETED)
            .progress(100)
            .message("A check of the server")
            .build());
  }

  private static Predicate<Frame> same(String status) {
    JsonNode sent = JsonText.parse(status);
    return frame -> sent.equals(PublishingChecks::compare, frame.json());
  }

  /** Matches the relayed status, changed or not. */
  private static Predicate<Frame> about(String status) {
    JsonNode agent = JsonText.parse(status).path("agent_id");
    return frame -> frame.is("agent_status") && frame.json().path("agent_id").equals(agent);
  }

  /** Returns zero for the same value: 100 and 100.0 are one number in JSON. */
  private static int compare(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return Double.compare(one.doubleValue(), other.doubleValue());
    }
    return one.equals(other) ? 0 : 1;
  }
}
