/**
 * What comes from outside must not do harm: text in messages and logs, free-form JSON that its owner may change, floods of
 * warnings, and what user code leaves on threads. Internal.
 *
 * <p>The one thing to know: {@link io.agentcraft.client.internal.guard.LogText} makes text from outside fit for a log. Every
 * exception of the SDK passes its message through it.
 */
@NullMarked
package io.agentcraft.client.internal.guard;

import org.jspecify.annotations.NullMarked;
