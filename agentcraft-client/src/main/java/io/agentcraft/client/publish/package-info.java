/**
 * Publishing what agents do, alone or as a crew.
 *
 * <p><b>Publishing never blocks, and never throws because of the network or of what is published.</b> Each run of an agent is
 * a session with an id and one end. An update that cannot be sent yet is replaced by the agent's next one. An end is sent
 * ahead of other updates and is not replaced; if more than 32 ends of one agent are waiting, the oldest is dropped. A {@link
 * io.agentcraft.client.publish.PublishReceipt} reports the outcome of each update.
 */
@NullMarked
package io.agentcraft.client.publish;

import org.jspecify.annotations.NullMarked;
