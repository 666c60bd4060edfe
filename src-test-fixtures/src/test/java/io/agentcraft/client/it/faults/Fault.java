package io.agentcraft.client.it.faults;

import io.agentcraft.testing.ClientConnection;
import io.agentcraft.testing.Faults;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong, and what must follow from it.
 *
 * @param name names it in the report
 * @param atServer what is wrong with the server from then on
 * @param onConnection what happens to an open connection; {@code null} if only a new one notices, so that the open one
 *     is cut
 * @param losses what the client loses, one after the other
 * @param beforeLast what makes the server whole again before the last attempt
 * @param givesUp whether the last loss is the end of it
 * @param reported what the error listener hears; {@code null} for nothing
 */
record Fault(
    String name,
    Consumer<Faults> atServer,
    @Nullable Consumer<ClientConnection> onConnection,
    List<Loss> losses,
    Consumer<Faults> beforeLast,
    boolean givesUp,
    @Nullable Class<? extends Exception> reported) {

  /** The first loss and five attempts in vain. */
  static final int MOST_LOSSES = 6;

  /** Happens to a connection, which is lost. */
  static Fault loses(String name, Loss loss, Consumer<ClientConnection> onConnection) {
    return new Fault(name, at -> {}, onConnection, List.of(loss), at -> {}, false, null);
  }

  /** Happens to a connection, which is lost for good. */
  static Fault ends(String name, Loss loss, Consumer<ClientConnection> onConnection) {
    return new Fault(name, at -> {}, onConnection, List.of(loss), at -> {}, true, null);
  }

  /** Happens to a connection, which outlives it. */
  static Fault survived(
      String name,
      @Nullable Class<? extends Exception> reported,
      Consumer<ClientConnection> onConnection) {
    return new Fault(name, at -> {}, onConnection, List.of(), at -> {}, false, reported);
  }

  /** Happens to those who connect. */
  static Fault hinders(String name, Consumer<Faults> atServer, Loss... losses) {
    return new Fault(name, atServer, null, List.of(losses), at -> {}, false, null);
  }

  Fault healedBy(Consumer<Faults> healing) {
    return new Fault(name, atServer, onConnection, losses, healing, givesUp, reported);
  }

  Fault thatReports(Class<? extends Exception> error) {
    return new Fault(name, atServer, onConnection, losses, beforeLast, givesUp, error);
  }

  Fault forGood() {
    return new Fault(name, atServer, onConnection, losses, beforeLast, true, reported);
  }

  /** Strikes a client that is connected. */
  void strike(Faults server, ClientConnection connection) {
    atServer.accept(server);
    if (onConnection == null) {
      connection.cut();
    } else {
      onConnection.accept(connection);
    }
  }

  /** Lies in wait for a client that connects. */
  void lieInWait(Faults server) {
    atServer.accept(server);
    if (onConnection != null) {
      server.onNextConnections(1, onConnection);
    }
  }

  /** Returns what a client that is connected loses: the connection first, if only new ones are hindered. */
  List<Loss> lossesWhenOpen() {
    return onConnection != null
        ? losses
        : Stream.concat(Stream.of(Loss.broken()), losses.stream())
            .limit(MOST_LOSSES)
            .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
