/** The views of a run: the dashboard on a terminal, plain lines, and a picture. */
@NullMarked
package io.agentcraft.examples.dashboard;

import org.jspecify.annotations.NullMarked;
