package io.agentcraft.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.langchain4j.AgentCraftAgentListener;
import io.agentcraft.client.langchain4j.AgentCraftAiServiceListeners;
import io.agentcraft.client.langchain4j.Content;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the examples of agentcraft-client/docs/langchain4j.md against the reference server. */
class LangChain4jGuideTest {

  private final ReferenceServer server =
      ReferenceServer.builder().form(WireForm.DEPLOYED).start();
  private final AgentCraftClient client = AgentCraftClient.builder(server.url()).build();
  private final FrameWatcher watcher = new FrameWatcher(server);

  @AfterEach
  void close() {
    client.close();
    watcher.close();
    server.close();
  }

  /** Works on a topic. */
  public interface Researcher {

    @UserMessage("Find facts about {{topic}}")
    @Agent(name = "Researcher", description = "Finds facts", outputKey = "facts")
    String research(@V("topic") String topic);
  }

  /** Works on facts. */
  public interface Writer {

    @UserMessage("Write a report about {{facts}}")
    @Agent(name = "Writer", description = "Writes the report", outputKey = "report")
    String write(@V("facts") String facts);
  }

  @Test
  void showsACrew() throws Exception {
    ChatModel model = answering("It is signed");
    invoke(
        client,
        AgenticServices.agentBuilder(Researcher.class).chatModel(model).build(),
        AgenticServices.agentBuilder(Writer.class).chatModel(model).build());
    watcher.await("session_started", "Report (topic)");
    assertThat(watcher.await("\"type\":\"session_complete\""))
        .contains("report: 12 characters")
        .doesNotContain("It is signed");
  }

  @Test
  void leavesOutWhatIsSecret() throws Exception {
    AgenticServices.agentBuilder(Researcher.class)
        .chatModel(answering("Ask ada@example.org for it"))
        .listener(listener(client))
        .build()
        .research("Webhooks");
    watcher.await("session_started", "Webhooks");
    watcher.await("\"type\":\"session_complete\"", "Ask (address) for it");
  }

  /** Answers. */
  public interface Assistant {

    String chat(String message);
  }

  @Test
  void showsAnAiService() throws Exception {
    assertThat(assistant(client, answering("It is signed")).chat("Is it safe?"))
        .isEqualTo("It is signed");
    watcher.await("session_started", "chat");
    assertThat(watcher.await("\"type\":\"session_complete\""))
        .contains("12 characters")
        .doesNotContain("It is signed");
  }

  private static Assistant assistant(AgentCraftClient client, ChatModel model) {
    Assistant assistant = AiServices.builder(Assistant.class)
        .chatModel(model)
        .registerListeners(AgentCraftAiServiceListeners.of(client).asList())
        .build();
    return assistant;
  }

  private static void invoke(AgentCraftClient client, Researcher researcher, Writer writer) {
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .name("Report")
        .subAgents(researcher, writer)
        .outputKey("report")
        .listener(AgentCraftAgentListener.of(client))
        .build();
    crew.invoke(Map.of("topic", "Webhooks"));
  }

  private static AgentCraftAgentListener listener(AgentCraftClient client) {
    Pattern email = Pattern.compile("\\S+@\\S+");
    AgentCraftAgentListener listener = AgentCraftAgentListener.of(client)
        .withContent(Content.FULL)
        .withRedactor(text -> email.matcher(text).replaceAll("(address)"));
    return listener;
  }

  private static ChatModel answering(String text) {
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
      }
    };
  }
}
