/**
 * Publishing the status of agents.
 *
 * <p><b>Publishing never blocks and never throws because of the network.</b> An update that cannot be sent yet is replaced by
 * the agent's next one. A final status ({@code COMPLETED}, {@code ERROR}) is sent ahead of other updates and is not replaced;
 * if more than 32 of one agent are waiting, the oldest is dropped. A {@link
 * io.agentcraft.client.publish.PublishReceipt} reports the outcome of each update.
 */
@NullMarked
package io.agentcraft.client.publish;

import org.jspecify.annotations.NullMarked;
