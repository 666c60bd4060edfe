/** Free-form JSON as deeply unmodifiable maps and lists; the records and the codec share it. Internal. */
@NullMarked
package io.agentcraft.client.internal.json;

import org.jspecify.annotations.NullMarked;
