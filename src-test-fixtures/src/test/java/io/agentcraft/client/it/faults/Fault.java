package io.agentcraft.client.it.faults;

import io.agentcraft.testing.ClientConnection;
import io.agentcraft.testing.Faults;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong, and what must follow.
 *
 * @param name names it in the report
 * @param atServer what is wrong with the server from now on
 * @param onConnection what happens to an open connection; {@code null} if only a new one is affected, so that the open
 *     one is cut
 * @param losses the connections and attempts that are lost, one after the other
 * @param beforeLast what ends the fault before the last attempt
 * @param givesUp whether the client gives up after the last loss
 * @param reported what the error listener receives; {@code null} for nothing
 */
record Fault(
    String name,
    Consumer<Faults> atServer,
    @Nullable Consumer<ClientConnection> onConnection,
    List<Loss> losses,
    Consumer<Faults> beforeLast,
    boolean givesUp,
    @Nullable Class<? extends Exception> reported) {

  /** The first loss and five failed attempts. */
  static final int MAX_LOSSES = 6;

  /** Happens to a connection, which is lost. */
  static Fault loses(String name, Loss loss, Consumer<ClientConnection> onConnection) {
    return new Fault(name, at -> {}, onConnection, List.of(loss), at -> {}, false, null);
  }

  /** Happens to a connection, which is lost for good. */
  static Fault ends(String name, Loss loss, Consumer<ClientConnection> onConnection) {
    return new Fault(name, at -> {}, onConnection, List.of(loss), at -> {}, true, null);
  }

  /** Happens to a connection, which survives it. */
  static Fault survived(
      String name,
      @Nullable Class<? extends Exception> reported,
      Consumer<ClientConnection> onConnection) {
    return new Fault(name, at -> {}, onConnection, List.of(), at -> {}, false, reported);
  }

  /** Happens to clients that connect. */
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

  /** Happens to a client that is connected. */
  void inject(Faults server, ClientConnection connection) {
    atServer.accept(server);
    if (onConnection == null) {
      connection.cut();
    } else {
      onConnection.accept(connection);
    }
  }

  /** Happens to the next client that connects. */
  void arm(Faults server) {
    atServer.accept(server);
    if (onConnection != null) {
      server.onNextConnections(1, onConnection);
    }
  }

  /** Returns what a connected client loses: first its connection, if the fault affects only new ones. */
  List<Loss> lossesWhenOpen() {
    return onConnection != null
        ? losses
        : Stream.concat(Stream.of(Loss.broken()), losses.stream())
            .limit(MAX_LOSSES)
            .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
