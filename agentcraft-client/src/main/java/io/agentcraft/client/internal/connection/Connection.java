package io.agentcraft.client.internal.connection;

/**
 * The machine's state: the phase, and what outlives it.
 *
 * @param generation the number of the newest socket, from 1; 0 before the first
 * @param unauthorized how many handshakes in a row were refused with 401
 */
record Connection(Phase phase, long generation, Endpoints endpoints, int unauthorized) {

  static Connection initial(Endpoints endpoints) {
    return new Connection(new Phase.Idle(), 0, endpoints, 0);
  }

  Connection with(Phase next) {
    return new Connection(next, generation, endpoints, unauthorized);
  }

  Connection with(Endpoints next) {
    return new Connection(phase, generation, next, unauthorized);
  }

  Connection nextGeneration() {
    return new Connection(phase, generation + 1, endpoints, unauthorized);
  }

  Connection unauthorized(int count) {
    return new Connection(phase, generation, endpoints, count);
  }
}
