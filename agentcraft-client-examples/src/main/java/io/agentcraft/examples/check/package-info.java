/** What the command line makes of a conformance report. */
@NullMarked
package io.agentcraft.examples.check;

import org.jspecify.annotations.NullMarked;
