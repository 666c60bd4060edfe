/**
 * Text to message and back.
 *
 * <p>The one thing to know: decoding is lenient (unknown fields, any field order, {@code NaN}, missing and null fields),
 * encoding is strict and writes the documented form.
 */
@NullMarked
package io.agentcraft.client.codec;

import org.jspecify.annotations.NullMarked;
