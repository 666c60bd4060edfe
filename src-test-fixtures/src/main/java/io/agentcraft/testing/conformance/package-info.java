/**
 * Checks whether a server keeps to the protocol: named checks, as JUnit tests or as a report.
 *
 * <p>Begin with {@link io.agentcraft.testing.conformance.ConformanceKit#against}.
 */
@NullMarked
package io.agentcraft.testing.conformance;

import org.jspecify.annotations.NullMarked;
