/**
 * Text to message and back. A client does it by itself; tests, recorders and servers use {@link
 * io.agentcraft.client.codec.MessageCodec} on its own.
 *
 * <p>The one thing to know: <b>decoding is lenient</b> (unknown fields, any field order, {@code NaN}, missing and null fields),
 * <b>encoding is strict</b> and writes the documented form.
 */
@NullMarked
package io.agentcraft.client.codec;

import org.jspecify.annotations.NullMarked;
