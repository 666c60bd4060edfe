/**
 * The protocol from the server's side: sessions, and what a server sends about them in the documented and in the deployed form.
 * No I/O and no threads.
 */
@NullMarked
package io.agentcraft.testing.internal.protocol;

import org.jspecify.annotations.NullMarked;
