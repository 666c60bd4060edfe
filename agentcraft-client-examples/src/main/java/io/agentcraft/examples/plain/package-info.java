/** The plain form of a run: one line an event, no escape codes. */
@NullMarked
package io.agentcraft.examples.plain;

import org.jspecify.annotations.NullMarked;
