/** Questions that wait for their answer. */
@NullMarked
package io.agentcraft.client.internal.request;

import org.jspecify.annotations.NullMarked;
