package io.agentcraft.client.interop;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.it.Recorder;
import io.agentcraft.client.message.ServerMessage;
import java.util.function.Predicate;

/** Records what a client's listeners receive: messages and states. */
final class ClientRecorder {

  final Recorder<ServerMessage> messages = new Recorder<>();
  final Recorder<ConnectionState> states = new Recorder<>();

  ClientRecorder(AgentCraftClient client) {
    client.onMessage(messages::add);
    client.onConnectionState(states::add);
  }

  /** Takes the next message of this type, and skips others. */
  <M extends ServerMessage> M next(Class<M> type) {
    return next(type, message -> true);
  }

  <M extends ServerMessage> M next(Class<M> type, Predicate<M> matches) {
    return type.cast(
        messages.next(message -> type.isInstance(message) && matches.test(type.cast(message))));
  }

  ConnectionState next(ConnectionStatus status) {
    return states.next(state -> state.status() == status);
  }

  /** Takes the next state that says how a connection ended. */
  ConnectionState loss() {
    return states.next(state -> state.cause() != null);
  }
}
