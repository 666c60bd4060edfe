/** One client's parts, put together. */
@NullMarked
package io.agentcraft.client.internal.client;

import org.jspecify.annotations.NullMarked;
