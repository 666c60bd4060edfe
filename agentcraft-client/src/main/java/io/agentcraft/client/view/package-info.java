/**
 * The current state of agents, sessions, collaborations and log lines, reduced from the messages of a client.
 *
 * <p>The one thing to know: get the client's board <b>before {@code connect()}</b>, because it only knows messages that
 * arrived after it was created. From then on {@link io.agentcraft.client.view.TrackingBoard#snapshot()} may be called from
 * any thread, and the snapshot it returns never changes.
 */
@NullMarked
package io.agentcraft.client.view;

import org.jspecify.annotations.NullMarked;
