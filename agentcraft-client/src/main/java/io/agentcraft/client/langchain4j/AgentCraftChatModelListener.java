package io.agentcraft.client.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.agentcraft.client.AgentCraftClient;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Publishes each request to a model of LangChain4j, as a task of an agent with the model's name: for programs that use a model
 * without agents or AI services. It is one line on the builder of the model, streaming or not:
 *
 * <pre>{@code
 * ChatModel model = OpenAiChatModel.builder()
 *     .listeners(List.of(AgentCraftChatModelListener.of(client)))
 *     .build();
 * }</pre>
 *
 * <p>The tools that the model wants to have called are lines of the log; so is the answer, with its tokens and its time.
 * Without {@link #withContent}, no values are published.
 *
 * <p>One listener may serve any number of models, on any threads. It throws nothing and does not wait for the network. What
 * it needs between request and answer is among the attributes of the request, and goes with them.
 */
@SuppressWarnings("exports") // whoever uses it requires LangChain4j
public final class AgentCraftChatModelListener implements ChatModelListener {

  private final AgentCraftClient client;
  private final Texts texts;
  private final Guard guard = new Guard();

  private AgentCraftChatModelListener(AgentCraftClient client, Texts texts) {
    this.client = client;
    this.texts = texts;
  }

  /**
   * Creates a listener that publishes a {@linkplain Content#SUMMARY summary}.
   *
   * @param client publishes; whoever created it closes it
   * @return the listener
   */
  public static AgentCraftChatModelListener of(AgentCraftClient client) {
    return new AgentCraftChatModelListener(
        Objects.requireNonNull(client, "client"),
        new Texts(Content.SUMMARY, UnaryOperator.identity()));
  }

  /**
   * Returns a listener that publishes more or less of what is asked and answered.
   *
   * @param content how much
   * @return a new listener; this one is not changed
   */
  public AgentCraftChatModelListener withContent(Content content) {
    return new AgentCraftChatModelListener(
        client, new Texts(Objects.requireNonNull(content, "content"), texts.redactor()));
  }

  /**
   * Returns a listener that lets a function change every text of the program before it is published, for example to leave out
   * what is secret. It is called on the threads that use the model, so it should be fast. If it throws, the text is left out.
   *
   * @param redactor returns what may be published of a text
   * @return a new listener; this one is not changed
   */
  public AgentCraftChatModelListener withRedactor(UnaryOperator<String> redactor) {
    return new AgentCraftChatModelListener(
        client, new Texts(texts.content(), Objects.requireNonNull(redactor, "redactor")));
  }

  @Override
  public void onRequest(ChatModelRequestContext context) {
    guard.run(() -> {
      ChatRequest request = context.chatRequest();
      ModelProvider provider = context.modelProvider();
      String name = Texts.name(
          request.parameters().modelName(),
          provider == null || provider == ModelProvider.OTHER ? null : provider.name(),
          "Model");
      int messages = request.messages().size();
      context
          .attributes()
          .put(
              this,
              Part.alone(
                  client,
                  texts,
                  name,
                  messages == 1 ? "1 message" : messages + " messages",
                  Words.question(request.messages())));
    });
  }

  @Override
  public void onResponse(ChatModelResponseContext context) {
    end(context.attributes(), call -> {
      call.answered(context.chatResponse());
      context.chatResponse().aiMessage().toolExecutionRequests().forEach(call::callTool);
      call.complete(null, Words.of(context.chatResponse()));
    });
  }

  @Override
  public void onError(ChatModelErrorContext context) {
    end(context.attributes(), call -> call.fail(texts.failure(context.error(), wrapper -> false)));
  }

  private void end(@Nullable Map<Object, Object> attributes, Consumer<Part> end) {
    guard.run(() -> {
      if (attributes != null && attributes.remove(this) instanceof Part call) {
        end.accept(call);
      }
    });
  }
}
