/** The dashboard page: its files, and how a server serves them. */
@NullMarked
package io.agentcraft.examples.page;

import org.jspecify.annotations.NullMarked;
