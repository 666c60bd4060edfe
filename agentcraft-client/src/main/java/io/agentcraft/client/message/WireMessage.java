package io.agentcraft.client.message;

/** A message of the AgentCraft protocol. Each is one JSON text frame on the WebSocket, in either direction. */
public sealed interface WireMessage permits ServerMessage, ClientMessage {

  /**
   * Returns the wire name of the message's type.
   *
   * @return the value of the frame's {@code type} field, for example {@code agent_status}
   */
  String type();
}
