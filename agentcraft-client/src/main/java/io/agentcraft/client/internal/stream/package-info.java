/** Messages as {@code Flow} publishers. The one thing to know: a stream whose buffer is full holds the callback queue. */
@NullMarked
package io.agentcraft.client.internal.stream;

import org.jspecify.annotations.NullMarked;
