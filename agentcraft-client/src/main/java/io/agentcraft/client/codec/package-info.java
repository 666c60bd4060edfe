/** Turns the text of a frame into a message, and a message into text. */
@NullMarked
package io.agentcraft.client.codec;

import org.jspecify.annotations.NullMarked;
