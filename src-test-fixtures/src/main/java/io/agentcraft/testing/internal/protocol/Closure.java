package io.agentcraft.testing.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * How a connection ended, seen from the server.
 *
 * @param code the code of the client's close frame; null if none came
 * @param reason its reason, or what went wrong
 */
public record Closure(@Nullable Integer code, String reason) {}
