package consumer;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.langchain4j.AgentCraftAgentListener;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.client.view.SessionView;
import io.agentcraft.testing.ReferenceServer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a crew of the real LangChain4j, and ends when somebody who watches has seen its end. */
public final class Main {

  private Main() {}

  public interface Writer {

    @UserMessage("Write about {{topic}}")
    @Agent(name = "Writer", description = "Writes", outputKey = "report")
    String write(@V("topic") String topic);
  }

  public static void main(String[] args) throws Exception {
    ChatModel model = new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        return ChatResponse.builder().aiMessage(AiMessage.from("The report")).build();
      }
    };
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient watcher = AgentCraftClient.builder(server.url()).build();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build()) {
      CompletableFuture<SessionView> ended = new CompletableFuture<>();
      watcher.onSessionChange(change -> {
        if (change.kind() == SessionChange.Kind.COMPLETED) {
          ended.complete(change.now());
        }
      });
      watcher.connect().get(30, TimeUnit.SECONDS);
      server.awaitConnections(1);
      UntypedAgent crew = AgenticServices.sequenceBuilder()
          .subAgents(AgenticServices.agentBuilder(Writer.class).chatModel(model).build())
          .outputKey("report")
          .listener(AgentCraftAgentListener.of(client))
          .build();

      crew.invoke(Map.of("topic", "webhooks"));

      SessionView session = ended.get(30, TimeUnit.SECONDS);
      if (!"report: 10 characters".equals(session.result())) {
        throw new IllegalStateException("Session: " + session);
      }
      System.out.println("ok: LangChain4j, Java " + Runtime.version().feature() + ", "
          + session.agents().size() + " agent");
    }
  }
}
