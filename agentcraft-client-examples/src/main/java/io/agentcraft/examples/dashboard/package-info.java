/** The dashboard: pure rendering of a frame into styled lines, and the terminal that shows them. */
@NullMarked
package io.agentcraft.examples.dashboard;

import org.jspecify.annotations.NullMarked;
