/** The demo: a crew, a server, a client, and the checks that decide whether all went well. */
@NullMarked
package io.agentcraft.examples.demo;

import org.jspecify.annotations.NullMarked;
