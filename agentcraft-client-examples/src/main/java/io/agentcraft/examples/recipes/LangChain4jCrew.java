package io.agentcraft.examples.recipes;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.langchain4j.AgentCraftAgentListener;
import io.agentcraft.client.langchain4j.Content;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a crew of LangChain4j on a dashboard: a researcher with a tool, then a writer. The model is scripted, so that the recipe
 * needs no key; yours goes in its place.
 *
 * <p>To run it: {@code java -cp agentcraft.jar io.agentcraft.examples.recipes.LangChain4jCrew ws://localhost:8000}
 */
public final class LangChain4jCrew {

  private LangChain4jCrew() {}

  /** Calls a tool. */
  public interface Researcher {

    /**
     * Researches a topic.
     *
     * @param topic the topic
     * @return the facts
     */
    @UserMessage("Find facts about {{topic}}")
    @Agent(name = "Researcher", description = "Finds facts", outputKey = "facts")
    String research(@V("topic") String topic);
  }

  /** Works on what the researcher has found. */
  public interface Writer {

    /**
     * Writes a report.
     *
     * @param facts the facts
     * @return the report
     */
    @UserMessage("Write a report about {{facts}}")
    @Agent(name = "Writer", description = "Writes the report", outputKey = "report")
    String write(@V("facts") String facts);
  }

  /** A tool. */
  public static final class Library {

    /**
     * Looks something up.
     *
     * @param query what to look up
     * @return what was found
     */
    @Tool("Searches the library")
    public String search(@P("query") String query) {
      return query + " are signed with a secret that both sides know";
    }
  }

  /**
   * Runs the recipe.
   *
   * @param args the server's URL
   */
  public static void main(String[] args) {
    String url = args.length > 0 ? args[0] : "ws://localhost:8000";
    try (AgentCraftClient client = AgentCraftClient.builder(url).build()) {
      System.out.println(crew(client, new ScriptedModel()).invoke(Map.of("topic", "Webhooks")));
    }
  }

  static UntypedAgent crew(AgentCraftClient client, ChatModel model) {
    Researcher researcher = AgenticServices.agentBuilder(Researcher.class)
        .chatModel(model)
        .tools(new Library())
        .build();
    Writer writer = AgenticServices.agentBuilder(Writer.class).chatModel(model).build();
    return AgenticServices.sequenceBuilder()
        .name("Report")
        .subAgents(researcher, writer)
        .outputKey("report")
        .listener(AgentCraftAgentListener.of(client).withContent(Content.FULL))
        .build();
  }

  /** Takes its time, as models do. */
  private static final class ScriptedModel implements ChatModel {

    @Override
    public ChatResponse doChat(ChatRequest request) {
      try {
        TimeUnit.MILLISECONDS.sleep(700);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
      List<ChatMessage> messages = request.messages();
      ChatMessage last = messages.get(messages.size() - 1);
      return ChatResponse.builder().aiMessage(answer(last)).build();
    }

    private static AiMessage answer(ChatMessage last) {
      if (last instanceof ToolExecutionResultMessage found) {
        return AiMessage.from(found.text());
      }
      return last.toString().contains("Find facts")
          ? AiMessage.from(ToolExecutionRequest.builder()
              .id("1")
              .name("search")
              .arguments("{\"query\": \"Webhooks\"}")
              .build())
          : AiMessage.from("Whoever has the secret can check that a webhook is yours.");
    }
  }
}
