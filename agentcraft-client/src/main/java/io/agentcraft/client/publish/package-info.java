/**
 * For a program that is an agent: tells the world what it is doing.
 *
 * <p>The one thing to know: <b>a call never blocks and never fails because of the network</b>. What cannot be sent in time
 * is replaced by the agent's newest update; a final status ({@code COMPLETED}, {@code ERROR})
 * overtakes and is not replaced (beyond 32 that wait of one agent, the oldest gives way). The {@link
 * io.agentcraft.client.publish.PublishReceipt} tells what became of each.
 */
@NullMarked
package io.agentcraft.client.publish;

import org.jspecify.annotations.NullMarked;
