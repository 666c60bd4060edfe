/**
 * What travels over the wire, as immutable records: the sealed {@link io.agentcraft.client.message.ServerMessage} with
 * one record for each type a server sends, and the sealed {@link io.agentcraft.client.message.ClientMessage} for what a
 * client sends.
 *
 * <p>The one thing to know: <b>keep a {@code default} branch</b> when switching over a message. New permitted types may
 * come in a minor version, records grow only at their end and keep their former constructors, and a frame whose type is not known yet arrives as {@link
 * io.agentcraft.client.message.UnknownMessage} rather than as an error.
 *
 * <p>Progress is in percent, normally 0 to 100, passed on as it came; {@code NaN} says that the frame had none. Text
 * that the protocol always has is never {@code null} (empty when a server left it out); what is optional in the
 * protocol is marked {@code @Nullable}.
 */
@NullMarked
package io.agentcraft.client.message;

import org.jspecify.annotations.NullMarked;
