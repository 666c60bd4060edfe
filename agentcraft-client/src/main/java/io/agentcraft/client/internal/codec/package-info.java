/** One codec a message type over Jackson's streaming parser and generator; internal, may change at any time. */
@NullMarked
package io.agentcraft.client.internal.codec;

import org.jspecify.annotations.NullMarked;
