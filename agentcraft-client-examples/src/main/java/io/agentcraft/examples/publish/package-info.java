/** Publishing from the command line. */
@NullMarked
package io.agentcraft.examples.publish;

import org.jspecify.annotations.NullMarked;
