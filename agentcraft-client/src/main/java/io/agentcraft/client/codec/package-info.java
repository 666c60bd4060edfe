/**
 * The codec of the protocol's frames. A client uses it internally; tests, recorders and servers use {@link
 * io.agentcraft.client.codec.MessageCodec} directly.
 *
 * <p>The one thing to know: <b>decoding is lenient</b>, so a server may add fields and leave out others; <b>encoding is
 * strict</b>, so what is sent has the documented form.
 */
@NullMarked
package io.agentcraft.client.codec;

import org.jspecify.annotations.NullMarked;
