package io.agentcraft.client.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.observability.AgentRequest;
import dev.langchain4j.agentic.planner.AgentInstance;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.agentic.scope.DefaultAgenticScope;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.agentcraft.client.AgentCraftClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is kept of what has ended, and little of what never ends. The client is closed, so that nothing is sent. */
class ForgettingTest {

  private static final int RUNS = 200;

  private final AgentCraftClient client =
      AgentCraftClient.builder("ws://localhost:1").build();
  private final AgentCraftAgentListener listener = AgentCraftAgentListener.of(client);
  private final AgentCraftAiServiceListeners services = AgentCraftAiServiceListeners.of(client);
  private final AtomicInteger calls = new AtomicInteger();

  /** Every other call fails. */
  private final ChatModel model = new ChatModel() {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      if (calls.incrementAndGet() % 2 == 0) {
        throw new IllegalStateException("The model is down");
      }
      return ChatResponse.builder().aiMessage(AiMessage.from("The report")).build();
    }
  };

  /** An agent. */
  public interface Writer {

    @UserMessage("Write about {{topic}}")
    @Agent(name = "Writer", outputKey = "report")
    String write(@V("topic") String topic);
  }

  /** A crew that remembers its users. */
  public interface Newsroom {

    @Agent
    String write(@MemoryId String user, @V("topic") String topic);
  }

  /** A service. */
  public interface Assistant {

    String chat(String message);
  }

  /** A service that streams. */
  public interface StreamingAssistant {

    TokenStream chat(String message);
  }

  @BeforeEach
  void closeClient() {
    client.close();
  }

  private Writer writer() {
    return AgenticServices.agentBuilder(Writer.class).chatModel(model).build();
  }

  /** Half of the runs fail. */
  private static void runAll(Runnable run) {
    for (int i = 0; i < RUNS / 2; i++) {
      run.run();
      assertThatThrownBy(run::run).hasStackTraceContaining("The model is down");
    }
  }

  @Test
  void runsThatHaveEndedAreForgotten() {
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(writer())
        .outputKey("report")
        .listener(listener)
        .build();
    runAll(() -> crew.invoke(Map.of("topic", "webhooks")));
    assertThat(listener.openScopes()).isZero();
  }

  @Test
  void runsOfACrewWithAMemoryAreForgottenThoughItsScopesAreNot() {
    AtomicInteger user = new AtomicInteger();
    Newsroom crew = AgenticServices.sequenceBuilder(Newsroom.class)
        .subAgents(writer())
        .outputKey("report")
        .listener(listener)
        .build();
    runAll(() -> crew.write("user " + user.incrementAndGet(), "webhooks"));
    assertThat(listener.openScopes()).isZero();
  }

  @Test
  void agentsThatWereCalledAloneAreForgotten() {
    Writer alone = AgenticServices.agentBuilder(Writer.class)
        .chatModel(model)
        .listener(listener)
        .build();
    runAll(() -> alone.write("webhooks"));
    assertThat(listener.openScopes()).isZero();
  }

  @Test
  void ofRunsThatNeverEndTheNewestAreKept() {
    AgentInstance agent = (AgentInstance) writer();
    List<AgenticScope> scopes = new ArrayList<>(); // held, or they would be forgotten for that
    for (int i = 0; i < Runs.MAX_SCOPES + RUNS; i++) {
      scopes.add(DefaultAgenticScope.ephemeralAgenticScope());
      listener.beforeAgentInvocation(new AgentRequest(scopes.get(i), agent, Map.of()));
    }
    assertThat(listener.openScopes()).isEqualTo(Runs.MAX_SCOPES);
  }

  @Test
  void callsOfServicesThatHaveEndedAreForgotten() {
    Assistant assistant = AiServices.builder(Assistant.class)
        .chatModel(model)
        .registerListeners(services.asList())
        .build();
    runAll(() -> assistant.chat("Are they safe?"));
    assertThat(services.openCalls()).isZero();
  }

  @Test
  void ofStreamsThatNeverStartTheNewestAreKept() {
    StreamingAssistant assistant = AiServices.builder(StreamingAssistant.class)
        .streamingChatModel(new StreamingChatModel() {})
        .registerListeners(services.asList())
        .build();
    for (int i = 0; i < AgentCraftAiServiceListeners.MAX_CALLS + RUNS; i++) {
      assertThat(assistant.chat("Are they safe?")).isNotNull();
    }
    assertThat(services.openCalls()).isEqualTo(AgentCraftAiServiceListeners.MAX_CALLS);
  }
}
