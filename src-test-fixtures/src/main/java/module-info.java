/** A reference server for tests of AgentCraft clients. */
module io.agentcraft.testing {
  requires transitive io.agentcraft.client;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires mockwebserver3;
  requires static transitive org.jspecify;
  requires static org.junit.jupiter.api;

  exports io.agentcraft.testing;
  exports io.agentcraft.testing.conformance;
}
