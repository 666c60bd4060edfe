package io.agentcraft.client.it.langchain4j;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.it.Resources;
import io.agentcraft.client.langchain4j.AgentCraftAgentListener;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import org.junit.jupiter.api.AfterEach;

/** A server, an audience, and a client whose listener shows crews. */
abstract class CrewHarness extends Resources {

  AgentCraftClient client;
  Audience audience;
  AgentCraftAgentListener listener;

  @AfterEach
  void closeAll() {
    close();
  }

  void start(WireForm form) {
    ReferenceServer server = closed(ReferenceServer.builder().form(form).start());
    audience = new Audience(closed(AgentCraftClient.builder(server.url()).build()));
    server.awaitConnections(1);
    client = closed(AgentCraftClient.builder(server.url()).build());
    listener = AgentCraftAgentListener.of(client);
  }

  static <T> T agent(Class<T> type, ChatModel model) {
    return AgenticServices.agentBuilder(type).chatModel(model).build();
  }

  /** Answers once this has been seen, so that nothing supersedes it. */
  ScriptedModel answerAfter(String seen, String answer) {
    return new ScriptedModel(message -> {
      audience.sees(seen);
      return AiMessage.from(answer);
    });
  }
}
