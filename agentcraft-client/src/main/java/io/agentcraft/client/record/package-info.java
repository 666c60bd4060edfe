/**
 * Frames as they travel on the wire, and recordings of them.
 *
 * <p>The one thing to know: pass a {@link io.agentcraft.client.record.FrameRecorder} to the builder's {@code
 * frameListener(…)}, and the reference server can replay the file in a test. A recording contains everything that agents and
 * users wrote, so protect it as you protect your logs.
 */
@NullMarked
package io.agentcraft.client.record;

import org.jspecify.annotations.NullMarked;
