/** A client for the AgentCraft tracking protocol. */
module io.agentcraft.client {
  exports io.agentcraft.client;
  exports io.agentcraft.client.codec;
  exports io.agentcraft.client.connection;
  exports io.agentcraft.client.error;
  exports io.agentcraft.client.langchain4j;
  exports io.agentcraft.client.listener;
  exports io.agentcraft.client.message;
  exports io.agentcraft.client.metrics;
  exports io.agentcraft.client.metrics.micrometer;
  exports io.agentcraft.client.publish;
  exports io.agentcraft.client.record;
  exports io.agentcraft.client.time;
  exports io.agentcraft.client.view;

  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires transitive okhttp3;
  requires org.slf4j;
  requires static com.google.errorprone.annotations;
  requires static langchain4j;
  requires static langchain4j.agentic;
  requires static langchain4j.core;
  requires static micrometer.core;
  requires static transitive org.jspecify;
}
