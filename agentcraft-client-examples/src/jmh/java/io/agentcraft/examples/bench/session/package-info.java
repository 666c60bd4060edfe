/** What is told of sessions: changes heard, and sessions published. */
@NullMarked
package io.agentcraft.examples.bench.session;

import org.jspecify.annotations.NullMarked;
