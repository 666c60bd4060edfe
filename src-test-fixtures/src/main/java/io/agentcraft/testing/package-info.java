/** An in-process reference server for tests of AgentCraft clients. */
@NullMarked
package io.agentcraft.testing;

import org.jspecify.annotations.NullMarked;
