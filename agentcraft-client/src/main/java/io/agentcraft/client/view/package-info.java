/**
 * What is true now, folded from the messages of a connection: agents, sessions, collaborations, recent log lines.
 *
 * <p>The one thing to know: ask for the client's board <b>before {@code connect()}</b>, since it knows only what came after that;
 * from then on {@link io.agentcraft.client.view.TrackingBoard#snapshot()} may be called from any thread, and what it returns
 * never changes.
 */
@NullMarked
package io.agentcraft.client.view;

import org.jspecify.annotations.NullMarked;
