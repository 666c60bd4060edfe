package io.agentcraft.client.it.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.Resources;
import io.agentcraft.client.langchain4j.AgentCraftAiServiceListeners;
import io.agentcraft.client.langchain4j.AgentCraftChatModelListener;
import io.agentcraft.client.langchain4j.Content;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody who watches sees of LangChain4j's AI services, and of models that are used without one. */
class AiServicesTest extends Resources {

  private AgentCraftClient client;
  private Audience audience;
  private ReferenceServer server;

  /** A service. */
  public interface Assistant {

    String chat(String message);

    String look(@UserMessage String message, @UserMessage ImageContent picture);
  }

  /** A service that streams. */
  public interface StreamingAssistant {

    TokenStream chat(String message);
  }

  static class Library {

    private final Runnable meanwhile;

    Library(Runnable meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Tool
    String search(@P("query") String query) {
      meanwhile.run();
      return "found " + query;
    }
  }

  /** Objects to every answer. */
  public static class Strict implements OutputGuardrail {

    @Override
    public OutputGuardrailResult validate(AiMessage answer) {
      return failure("Too short");
    }
  }

  /** Streams what another model says, on a thread of its own. */
  private static final class StreamingModel implements StreamingChatModel {

    private final ChatModel model;
    private final ExecutorService thread;
    private final List<ChatModelListener> listeners;

    StreamingModel(ChatModel model, ExecutorService thread, ChatModelListener... listeners) {
      this.model = model;
      this.thread = thread;
      this.listeners = List.of(listeners);
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      thread.execute(() -> {
        try {
          ChatResponse response = model.doChat(request);
          if (response.aiMessage().text() != null) {
            handler.onPartialResponse(response.aiMessage().text());
          }
          handler.onCompleteResponse(response);
        } catch (IllegalStateException scripted) {
          handler.onError(scripted);
        }
      });
    }

    @Override
    public List<ChatModelListener> listeners() {
      return listeners;
    }
  }

  private void start(WireForm form) {
    server = closed(ReferenceServer.builder().form(form).start());
    audience = new Audience(closed(AgentCraftClient.builder(server.url()).build()));
    server.awaitConnections(1);
    client = closed(AgentCraftClient.builder(server.url()).build());
  }

  private ExecutorService thread() {
    ExecutorService thread = Executors.newCachedThreadPool();
    closed((AutoCloseable) thread::shutdownNow);
    return thread;
  }

  @AfterEach
  void closeAll() {
    close();
  }

  private Assistant assistant(
      AgentCraftAiServiceListeners listeners, ChatModel model, Object... tools) {
    return AiServices.builder(Assistant.class)
        .chatModel(model)
        .tools(tools)
        .registerListeners(listeners.asList())
        .build();
  }

  /** Calls a tool first. */
  private ScriptedModel searching() {
    return new ScriptedModel(message -> {
      if (!message.startsWith("found")) {
        return ScriptedModel.call("search", "{\"query\": \"webhooks\"}");
      }
      audience.sees("Assistant: ANALYZING Thinking about the result of search");
      return AiMessage.from("They are signed");
    });
  }

  @ParameterizedTest
  @EnumSource
  void aCallIsATaskWithItsToolsAndItsAnswer(WireForm form) {
    start(form);
    Library library = new Library(() -> audience.sees("Assistant: PROCESSING Calling search"));
    Assistant assistant = assistant(AgentCraftAiServiceListeners.of(client), searching(), library);

    assertThat(assistant.chat("Are they safe?")).isEqualTo("They are signed");

    audience.sees("session: COMPLETED 15 characters");
    audience.sees("Assistant: COMPLETED 15 characters");
    assertThat(String.join("\n", audience.lines()))
        .contains("session: STARTED chat")
        .containsOnlyOnce("info Calling search")
        .contains("info scripted: 12 tokens in, 3 out")
        .doesNotContain("safe", "webhooks", "signed");
  }

  @Test
  void allOfACallIsPublishedOnRequest() {
    start(WireForm.DEPLOYED);
    Library library = new Library(() -> audience.sees("Assistant: PROCESSING Calling search"));
    AgentCraftAiServiceListeners listeners = AgentCraftAiServiceListeners.of(client)
        .withContent(Content.FULL)
        .withRedactor(text -> text.replace("safe", "***"));

    assistant(listeners, searching(), library)
        .look("Are they safe?", ImageContent.from("cGljdHVyZQ==", "image/png"));

    audience.sees("session: COMPLETED They are signed");
    assertThat(String.join("\n", audience.lines()))
        .contains("session: STARTED Are they ***?")
        .contains("info Calling search {\"query\": \"webhooks\"}")
        .contains("info search returned found webhooks")
        .doesNotContain("safe", "cGljdHVyZQ");
  }

  @Test
  void nothingOfACallIsPublishedOnRequest() {
    start(WireForm.DEPLOYED);
    AgentCraftAiServiceListeners listeners =
        AgentCraftAiServiceListeners.of(client).withContent(Content.NONE);
    ChatModel model = new ScriptedModel(message -> {
      throw new IllegalStateException("Key 123 is wrong");
    });

    assertThatThrownBy(() -> assistant(listeners, model).chat("Are they safe?"))
        .hasMessage("Key 123 is wrong");

    audience.sees("Assistant: ERROR IllegalStateException");
    assertThat(String.join("\n", audience.lines())).doesNotContain("safe", "123");
  }

  @ParameterizedTest
  @EnumSource
  void aFailureOfTheModelIsTold(WireForm form) {
    start(form);
    ChatModel model = new ScriptedModel(message -> {
      throw new IllegalStateException("The model is down", new IllegalArgumentException("No key"));
    });

    assertThatThrownBy(
            () -> assistant(AgentCraftAiServiceListeners.of(client), model).chat("Are they safe?"))
        .hasMessage("The model is down");

    audience.sees("Assistant: ERROR The model is down, caused by: No key");
    audience.sees("session: FAILED The model is down, caused by: No key");
  }

  @Test
  void aGuardrailThatObjectsIsAWarning() {
    start(WireForm.DEPLOYED);
    Assistant assistant = AiServices.builder(Assistant.class)
        .chatModel(ScriptedModel.saying("No"))
        .outputGuardrails(new Strict())
        .registerListeners(AgentCraftAiServiceListeners.of(client).asList())
        .build();

    assertThatThrownBy(() -> assistant.chat("Are they safe?")).isNotNull();

    audience.sees("session: FAILED");
    assertThat(String.join("\n", audience.lines())).contains("warning Strict objected");
  }

  @ParameterizedTest
  @EnumSource
  void aStreamedAnswerIsATaskUntilItsEnd(WireForm form) {
    start(form);
    Library library = new Library(() -> audience.sees("StreamingAssistant: PROCESSING Calling"));
    StreamingAssistant assistant = AiServices.builder(StreamingAssistant.class)
        .streamingChatModel(new StreamingModel(
            new ScriptedModel(message -> message.startsWith("found")
                ? AiMessage.from("They are signed")
                : ScriptedModel.call("search", "{\"query\": \"webhooks\"}")),
            thread()))
        .tools(library)
        .registerListeners(AgentCraftAiServiceListeners.of(client).asList())
        .build();
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();

    TokenStream stream = assistant.chat("Are they safe?");
    audience.sees("StreamingAssistant: ANALYZING chat");
    stream
        .onPartialResponse(part -> {})
        .onCompleteResponse(answer::complete)
        .onError(answer::completeExceptionally)
        .start();

    assertThat(Await.get(answer).aiMessage().text()).isEqualTo("They are signed");
    audience.sees("StreamingAssistant: COMPLETED 15 characters");
    assertThat(audience.lines())
        .filteredOn(line -> line.startsWith("session: STARTED"))
        .hasSize(1);
  }

  @Test
  void aStreamThatFailsIsTold() {
    start(WireForm.DEPLOYED);
    StreamingAssistant assistant = AiServices.builder(StreamingAssistant.class)
        .streamingChatModel(new StreamingModel(
            new ScriptedModel(message -> {
              throw new IllegalStateException("The model is down");
            }),
            thread()))
        .registerListeners(AgentCraftAiServiceListeners.of(client).asList())
        .build();
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();

    assistant
        .chat("Are they safe?")
        .onPartialResponse(part -> {})
        .onCompleteResponse(answer::complete)
        .onError(answer::completeExceptionally)
        .start();

    assertThat(Await.failure(answer)).hasMessage("The model is down");
    audience.sees("StreamingAssistant: ERROR The model is down");
  }

  @ParameterizedTest
  @EnumSource
  void aRequestToAModelIsATask(WireForm form) {
    start(form);
    ChatModel model = new ScriptedModel(message -> {
          audience.sees("Model: ANALYZING 1 message");
          return AiMessage.from("They are signed");
        })
        .listening(AgentCraftChatModelListener.of(client));

    assertThat(model.chat("Are they safe?")).isEqualTo("They are signed");

    audience.sees("session: COMPLETED 15 characters");
    audience.sees("Model: COMPLETED 15 characters");
    assertThat(String.join("\n", audience.lines()))
        .contains("info scripted: 12 tokens in, 3 out")
        .doesNotContain("safe", "signed");
  }

  @Test
  void theToolsThatAModelAsksForAreLinesOfTheLog() {
    start(WireForm.DEPLOYED);
    ChatModel model = new ScriptedModel(
            message -> ScriptedModel.call("search", "{\"query\": \"webhooks\"}"))
        .listening(AgentCraftChatModelListener.of(client).withContent(Content.FULL));

    model.chat("Are they safe?");

    audience.sees("session: COMPLETED Done");
    assertThat(String.join("\n", audience.lines()))
        .contains("session: STARTED Are they safe?")
        .contains("info Calling search {\"query\": \"webhooks\"}");
  }

  @Test
  void aPictureIsNotPublished() {
    start(WireForm.DEPLOYED);
    ChatModel model = ScriptedModel.saying("A cat")
        .listening(AgentCraftChatModelListener.of(client).withContent(Content.FULL));

    model.chat(dev.langchain4j.data.message.UserMessage.from(
        TextContent.from("What is it?"), ImageContent.from("cGljdHVyZQ==", "image/png")));

    audience.sees("session: COMPLETED A cat");
    assertThat(String.join("\n", audience.lines()))
        .contains("session: STARTED What is it?\n(image)")
        .doesNotContain("cGljdHVyZQ");
  }

  @Test
  void aRequestThatFailsIsTold() {
    start(WireForm.DEPLOYED);
    ChatModel model = new ScriptedModel(message -> {
          throw new IllegalStateException("The model is down");
        })
        .listening(AgentCraftChatModelListener.of(client));

    assertThatThrownBy(() -> model.chat("Are they safe?")).hasMessage("The model is down");

    audience.sees("Model: ERROR The model is down");
  }

  @Test
  void aRequestToAStreamingModelIsATaskToo() {
    start(WireForm.DEPLOYED);
    StreamingModel model = new StreamingModel(
        ScriptedModel.saying("They are signed"),
        thread(),
        AgentCraftChatModelListener.of(client).withContent(Content.FULL));
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();

    model.chat("Are they safe?", new StreamingChatResponseHandler() {
      @Override
      public void onPartialResponse(String part) {}

      @Override
      public void onCompleteResponse(ChatResponse response) {
        answer.complete(response);
      }

      @Override
      public void onError(Throwable error) {
        answer.completeExceptionally(error);
      }
    });

    Await.get(answer);
    audience.sees("Model: COMPLETED They are signed");
  }

  @Test
  void twoClientsHearOfTheSameCallAndTheSameRequest() {
    start(WireForm.DEPLOYED);
    AgentCraftClient other = closed(AgentCraftClient.builder(server.url()).build());
    ChatModel model = ScriptedModel.saying("They are signed")
        .listening(AgentCraftChatModelListener.of(client), AgentCraftChatModelListener.of(other));
    Assistant assistant = AiServices.builder(Assistant.class)
        .chatModel(model)
        .registerListeners(AgentCraftAiServiceListeners.of(client).asList())
        .registerListeners(AgentCraftAiServiceListeners.of(other).asList())
        .build();

    assistant.chat("Are they safe?");

    audience.seesTimes(4, "session: COMPLETED 15 characters");
  }
}
