/**
 * The messages of the protocol as immutable records: {@link io.agentcraft.client.message.ServerMessage} is what servers
 * send, {@link io.agentcraft.client.message.ClientMessage} what clients send. Both are sealed.
 *
 * <p>The one thing to know: <b>keep a {@code default} branch</b> when you switch over a message. A minor version may add
 * permitted types, and a frame of a type that is not known yet is not an error but an {@link
 * io.agentcraft.client.message.UnknownMessage}. Records grow only at their end, and keep their former constructors.
 *
 * <p>Progress is in percent, normally 0 to 100, and passed on as received; {@code NaN} if the frame had none. Text that
 * the protocol always has is never {@code null}, but empty if a server left it out. Text that is optional in the
 * protocol is {@code @Nullable}.
 */
@NullMarked
package io.agentcraft.client.message;

import org.jspecify.annotations.NullMarked;
