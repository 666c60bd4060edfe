/**
 * An in-process AgentCraft server for tests of programs that use one. A test decides what the server sends, what goes wrong
 * and what time it is.
 *
 * <p><b>Never sleep.</b> Wait with the {@code await…} methods of the {@link io.agentcraft.testing.ReferenceServer}, which
 * report what was received instead when they time out; and replace the clock by a {@link
 * io.agentcraft.testing.ManualScheduler} wherever something would take time.
 *
 * <p>With JUnit Jupiter, annotate the class with {@link io.agentcraft.testing.AgentCraftTest}, and add a {@code
 * ReferenceServer} and an {@code AgentCraftClient} as parameters. Otherwise call {@code ReferenceServer.start()}.
 */
@NullMarked
package io.agentcraft.testing;

import org.jspecify.annotations.NullMarked;
