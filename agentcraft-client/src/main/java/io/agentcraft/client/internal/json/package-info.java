/**
 * Free-form JSON as deeply immutable maps and lists. Internal.
 *
 * <p>The one thing to know: values are copied once, when a record is made; what the codec reads is immutable from the
 * start, and is not copied at all.
 */
@NullMarked
package io.agentcraft.client.internal.json;

import org.jspecify.annotations.NullMarked;
