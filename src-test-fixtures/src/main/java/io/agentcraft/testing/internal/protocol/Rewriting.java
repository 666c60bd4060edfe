package io.agentcraft.testing.internal.protocol;

import java.util.List;
import java.util.function.BiFunction;

/** Puts other frames in the place of those that are sent and received. Confined to the server's loop. */
public final class Rewriting {

  private BiFunction<Connection, String, List<String>> sent = Rewriting::asItIs;
  private BiFunction<Connection, String, List<String>> received = Rewriting::asItIs;

  public void onSent(BiFunction<Connection, String, List<String>> rewriter) {
    sent = rewriter;
  }

  public void onReceived(BiFunction<Connection, String, List<String>> rewriter) {
    received = rewriter;
  }

  public void end() {
    sent = Rewriting::asItIs;
    received = Rewriting::asItIs;
  }

  List<String> sent(Connection connection, String text) {
    return sent.apply(connection, text);
  }

  List<String> received(Connection connection, String text) {
    return received.apply(connection, text);
  }

  private static List<String> asItIs(Connection connection, String text) {
    return List.of(text);
  }
}
