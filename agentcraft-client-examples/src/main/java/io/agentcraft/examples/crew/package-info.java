/** The demo's crew: a script as data, and a player that lets it happen on a reference server. */
@NullMarked
package io.agentcraft.examples.crew;

import org.jspecify.annotations.NullMarked;
