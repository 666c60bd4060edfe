/** One client's parts, put together. */
@NullMarked
package io.agentcraft.client.internal.core;

import org.jspecify.annotations.NullMarked;
