/**
 * Frames as they travel, and recordings of them.
 *
 * <p>The one thing to know: give the builder's {@code frameListener(…)} a {@link io.agentcraft.client.record.FrameRecorder}, and
 * the reference server can replay the file in a test. It holds all that agents and users wrote, so treat it as you treat logs.
 */
@NullMarked
package io.agentcraft.client.record;

import org.jspecify.annotations.NullMarked;
