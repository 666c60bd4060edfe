package io.agentcraft.client.internal.connection;

import java.util.List;

/** Where the machine went, and what is to be done for it, in order. */
record Transition(MachineState next, List<Effect> effects) {

  static Transition to(MachineState next, Effect... effects) {
    return new Transition(next, List.of(effects));
  }
}
