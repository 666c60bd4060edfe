/**
 * An AgentCraft server within the process, for tests of programs that talk to one: what it says, what goes wrong, and what time
 * it is are up to the test.
 *
 * <p>The one thing to know: <b>never sleep</b>. Wait with the {@code await…} methods of the {@link
 * io.agentcraft.testing.ReferenceServer}, which say what came instead when they give up; and let a {@link
 * io.agentcraft.testing.ManualScheduler} stand for the clock wherever something would take its time.
 *
 * <p>With JUnit Jupiter, annotate the class with {@link io.agentcraft.testing.AgentCraftTest}, and let a test have a {@code
 * ReferenceServer} and an {@code AgentCraftClient} as parameters. Without, {@code ReferenceServer.start()} does.
 */
@NullMarked
package io.agentcraft.testing;

import org.jspecify.annotations.NullMarked;
