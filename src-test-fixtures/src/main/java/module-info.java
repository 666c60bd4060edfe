/** A reference server for tests of AgentCraft clients. */
module io.agentcraft.testing {
  requires transitive io.agentcraft.client;
  requires mockwebserver3;
  requires static transitive org.jspecify;
  requires static transitive org.junit.jupiter.api;

  exports io.agentcraft.testing;
}
