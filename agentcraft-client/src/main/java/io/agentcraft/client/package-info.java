/**
 * The front door: build an {@link io.agentcraft.client.AgentCraftClient}, listen, connect, ask, close.
 *
 * <p>The one thing to know: a client reconnects by itself and is meant to be kept; make one for each server, and close
 * it when the application ends.
 *
 * <pre>{@code
 * try (AgentCraftClient client = AgentCraftClient.builder("ws://localhost:8000").build()) {
 *     client.onAgentStatus(update -> System.out.println(update.agentName() + " " + update.status()));
 *     client.connect().join();
 *     // ...
 * }
 * }</pre>
 */
@NullMarked
package io.agentcraft.client;

import org.jspecify.annotations.NullMarked;
