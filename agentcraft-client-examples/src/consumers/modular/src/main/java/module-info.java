/** Uses the SDK as modules, without Micrometer and JUnit. */
module consumer {
  requires io.agentcraft.client;
  requires io.agentcraft.testing;
}
