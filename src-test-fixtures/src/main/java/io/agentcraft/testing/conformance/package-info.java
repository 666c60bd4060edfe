/**
 * Checks whether a server conforms to the protocol: named checks, as JUnit tests or as a report. Start with {@link
 * io.agentcraft.testing.conformance.ConformanceKit#against}.
 *
 * <p>A {@link io.agentcraft.testing.conformance.KnownDeviation} is not a failure: deployed servers deviate in this way, and
 * clients handle it. A check of something that the server does not have does not apply.
 */
@NullMarked
package io.agentcraft.testing.conformance;

import org.jspecify.annotations.NullMarked;
