/** The demo: a scripted crew that works on a reference server, and the checks of what a client received. */
@NullMarked
package io.agentcraft.examples.demo;

import org.jspecify.annotations.NullMarked;
