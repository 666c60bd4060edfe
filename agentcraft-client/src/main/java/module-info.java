module io.agentcraft.client {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires transitive okhttp3;
  requires org.slf4j;
  requires static transitive org.jspecify;
}
