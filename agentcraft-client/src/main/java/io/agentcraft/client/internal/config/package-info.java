/** The checked options of one client. */
@NullMarked
package io.agentcraft.client.internal.config;

import org.jspecify.annotations.NullMarked;
