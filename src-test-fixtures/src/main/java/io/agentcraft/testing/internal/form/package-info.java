/** What the server says about its sessions, in the documented and in the deployed form. Pure. */
@NullMarked
package io.agentcraft.testing.internal.form;

import org.jspecify.annotations.NullMarked;
