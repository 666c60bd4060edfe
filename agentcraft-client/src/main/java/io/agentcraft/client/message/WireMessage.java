package io.agentcraft.client.message;

/**
 * Anything that travels over the AgentCraft WebSocket as one JSON text frame, in either direction.
 */
public sealed interface WireMessage permits ServerMessage, ClientMessage {

  /**
   * Returns the value of the frame's {@code type} field, as the protocol spells it.
   *
   * @return the wire name of the message's type, for example {@code agent_status}
   */
  String type();
}
