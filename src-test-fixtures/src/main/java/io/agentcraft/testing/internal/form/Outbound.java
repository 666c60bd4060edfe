package io.agentcraft.testing.internal.form;

import io.agentcraft.client.message.ServerMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message and who gets it.
 *
 * @param streamOf only those who stream this session's log; null: everyone
 */
public record Outbound(ServerMessage message, @Nullable String streamOf) {

  static Outbound toEveryone(ServerMessage message) {
    return new Outbound(message, null);
  }

  static Outbound toStreamersOf(String sessionId, ServerMessage message) {
    return new Outbound(message, sessionId);
  }
}
