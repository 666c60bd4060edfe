/** Sockets: opens one, sends, closes, cancels; knows neither JSON nor retries. */
@NullMarked
package io.agentcraft.client.internal.transport;

import org.jspecify.annotations.NullMarked;
