/**
 * Codecs over Jackson's streaming parser and generator. Internal.
 *
 * <p>The one thing to know: {@link io.agentcraft.client.internal.codec.MessageType} is the only list of message types.
 * Codecs are grouped by subject.
 */
@NullMarked
package io.agentcraft.client.internal.codec;

import org.jspecify.annotations.NullMarked;
