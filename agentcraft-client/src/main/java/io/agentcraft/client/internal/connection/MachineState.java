package io.agentcraft.client.internal.connection;

/**
 * The machine's state: the phase, and what outlives it.
 *
 * @param generation the number of the newest socket, from 1; 0 before the first
 * @param unauthorized how many handshakes in a row were refused with 401
 */
record MachineState(Phase phase, long generation, Endpoints endpoints, int unauthorized) {

  static MachineState initial(Endpoints endpoints) {
    return new MachineState(new Phase.Idle(), 0, endpoints, 0);
  }

  MachineState with(Phase next) {
    return new MachineState(next, generation, endpoints, unauthorized);
  }

  MachineState with(Endpoints next) {
    return new MachineState(phase, generation, next, unauthorized);
  }

  MachineState nextGeneration() {
    return new MachineState(phase, generation + 1, endpoints, unauthorized);
  }

  MachineState unauthorized(int count) {
    return new MachineState(phase, generation, endpoints, count);
  }
}
