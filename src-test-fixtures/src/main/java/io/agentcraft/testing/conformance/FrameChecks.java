package io.agentcraft.testing.conformance;

import io.agentcraft.testing.internal.raw.Frame;
import io.agentcraft.testing.internal.raw.Peer;
import java.util.Optional;

/** Frames that need no answer, or that the server can't understand. */
final class FrameChecks {

  static final String GARBAGE = "this is not JSON";
  private static final int NORMAL_CLOSE = 1000;

  private FrameChecks() {}

  static CheckOutcome pong(Scene scene) {
    Line line = scene.line();
    int mark = line.mark();
    line.send(Asking.pong());
    line.roundTrip();
    noAnswer(line, mark, "pong");
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome unknown(Scene scene) {
    Line line = scene.line();
    int mark = line.mark();
    line.send("{\"type\":\"conformance_probe\",\"session_id\":7,\"value\":[null,{\"deep\":true}]}");
    line.roundTrip();
    noAnswer(line, mark, "a frame of an unknown type");
    boolean answered = line.tryRoundTrip(
        Asking.syncSession(),
        session -> "{\"conformance\":{\"a\":[1]},\"type\":\"get_session_logs\",\"session_id\":\""
            + session + "\"}");
    if (!answered) {
      throw Settled.fail("an answer to get_session_logs with an unknown field", line.came(mark));
    }
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome malformed(Scene scene) {
    Line bystander = scene.line();
    Line line = scene.line();
    int mark = line.mark();
    line.send(GARBAGE);
    // A server that survives it answers this; one that does not never sees it.
    boolean survived = line.tryRoundTrip();
    Optional<Peer.End> end = line.peer().end();
    if (end.isPresent()) {
      int code = end.get().code();
      if (code != Peer.NO_CLOSE_FRAME && code != NORMAL_CLOSE) {
        throw Settled.fail(
            "an end without a close frame, or with 1000", "it was " + Line.ending(end.get()));
      }
    } else if (!survived) {
      throw Settled.fail(
          "the connection to end, or to go on",
          "it stays open and is not served: " + line.came(mark));
    }
    if (!bystander.tryRoundTrip()) {
      throw Settled.fail("no other client to notice", "another connection is not served any more");
    }
    return new CheckOutcome.Pass(
        end.map(Line::ending).orElse("the server passes it over: more than the protocol asks"));
  }

  private static void noAnswer(Line line, int mark, String to) {
    Optional<Frame> answer = line.seen(mark, Asking::isAnswer);
    if (answer.isPresent()) {
      throw Settled.fail("no answer to " + to, "there came " + answer.get().shown());
    }
  }
}
