/**
 * Checks whether a server keeps to the protocol: named checks, as JUnit tests or as a report. Begin with {@link
 * io.agentcraft.testing.conformance.ConformanceKit#against}.
 *
 * <p>The one thing to know: <b>only a failure is a failure</b>. A {@link io.agentcraft.testing.conformance.KnownDeviation} is
 * what deployed servers are known for and clients cope with, and a check of something that the server does not have does
 * not apply.
 */
@NullMarked
package io.agentcraft.testing.conformance;

import org.jspecify.annotations.NullMarked;
