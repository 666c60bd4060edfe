package io.agentcraft.client.it.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.function.Function;

/** A model whose answers a test writes. */
final class ScriptedModel implements ChatModel {

  private final Function<String, AiMessage> script;
  private final List<ChatModelListener> listeners;

  /**
   * Creates a model.
   *
   * @param script gets the last message, of the user or of a tool
   */
  ScriptedModel(Function<String, AiMessage> script) {
    this(script, List.of());
  }

  private ScriptedModel(Function<String, AiMessage> script, List<ChatModelListener> listeners) {
    this.script = script;
    this.listeners = listeners;
  }

  /** Returns the same model with listeners. */
  ScriptedModel listening(ChatModelListener... listeners) {
    return new ScriptedModel(script, List.of(listeners));
  }

  @Override
  public List<ChatModelListener> listeners() {
    return listeners;
  }

  /** Creates a model that answers every message alike. */
  static ScriptedModel saying(String answer) {
    return new ScriptedModel(message -> AiMessage.from(answer));
  }

  /** Returns an answer that calls a tool. */
  static AiMessage call(String tool, String arguments) {
    return AiMessage.from(
        ToolExecutionRequest.builder().id("1").name(tool).arguments(arguments).build());
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    ChatMessage last = request.messages().get(request.messages().size() - 1);
    String text = last instanceof ToolExecutionResultMessage result
        ? result.text()
        : last instanceof UserMessage user && user.contents().get(0) instanceof TextContent content
            ? content.text()
            : last.toString();
    return ChatResponse.builder()
        .aiMessage(script.apply(text))
        .modelName("scripted")
        .tokenUsage(new TokenUsage(12, 3))
        .build();
  }
}
