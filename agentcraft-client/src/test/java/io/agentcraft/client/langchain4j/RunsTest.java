package io.agentcraft.client.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.observability.AfterAgentToolExecution;
import dev.langchain4j.agentic.observability.AgentInvocationError;
import dev.langchain4j.agentic.observability.AgentRequest;
import dev.langchain4j.agentic.observability.AgentResponse;
import dev.langchain4j.agentic.observability.BeforeAgentToolExecution;
import dev.langchain4j.agentic.planner.AgentInstance;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.testing.ManualScheduler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the listener keeps, and what it does when it is given nothing, or too much. Nothing is ever sent: the clock stands still. */
class RunsTest {

  private final ManualScheduler clock = new ManualScheduler();
  private final AgentCraftClient client =
      AgentCraftClient.builder("ws://127.0.0.1:9").scheduler(clock).build();
  private final AgentCraftAgentListener listener = AgentCraftAgentListener.of(client);

  @AfterEach
  void close() {
    var unused = client.closeAsync();
    clock.close();
  }

  public interface Writer {

    @UserMessage("Write about {{topic}}")
    @Agent(name = "Writer", outputKey = "report")
    String write(@V("topic") String topic);
  }

  private static ChatModel model(Supplier<@Nullable String> answer) {
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        return ChatResponse.builder()
            .aiMessage(AiMessage.builder().text(answer.get()).build())
            .build();
      }
    };
  }

  private Writer writer(Supplier<@Nullable String> answer) {
    return AgenticServices.agentBuilder(Writer.class)
        .chatModel(model(answer))
        .listener(listener)
        .build();
  }

  private UntypedAgent crew(Supplier<@Nullable String> answer) {
    return AgenticServices.sequenceBuilder()
        .subAgents(
            AgenticServices.agentBuilder(Writer.class).chatModel(model(answer)).build())
        .outputKey("report")
        .listener(listener)
        .build();
  }

  @Test
  void runsThatHaveEndedAreForgotten() {
    UntypedAgent crew = crew(() -> "The report");
    Writer alone = writer(() -> "The report");
    UntypedAgent failing = crew(() -> {
      throw new IllegalStateException("down");
    });
    for (int run = 0; run < 1_000; run++) {
      crew.invoke(Map.of("topic", "webhooks"));
      alone.write("webhooks");
      assertThatThrownBy(() -> failing.invoke(Map.of("topic", "webhooks"))).isNotNull();
    }
    assertThat(listener.openScopes()).isZero();
  }

  @Test
  void aRunOfWhichNoEndIsToldIsForgottenWithItsScope() {
    // The framework tells no end of an agent that returns null, and lets it hold on to the scope.
    assertThat(writer(() -> null).write("webhooks")).isNull();
    listener.beforeAgentInvocation(new AgentRequest(scope(), instance(List.of()), Map.of()));
    assertThat(listener.openScopes()).isEqualTo(2);
    UntypedAgent crew = crew(() -> "The report");
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (listener.openScopes() > 0 && System.nanoTime() < deadline) {
      System.gc();
      crew.invoke(Map.of("topic", "webhooks"));
    }
    assertThat(listener.openScopes()).isZero();
  }

  @Test
  void anErrorThatNoHookTellsOfEndsWithTheNextRunOfTheSameScope() {
    AgenticScope scope = scope();
    AgentInstance workflow = instance(List.of(instance(List.of())));
    for (int run = 0; run < 100; run++) {
      listener.beforeAgentInvocation(new AgentRequest(scope, workflow, Map.of("run", run)));
    }
    assertThat(listener.openRuns(scope)).isEqualTo(1);
  }

  @Test
  void thereIsABoundToWhatIsKept() {
    List<AgenticScope> scopes = new ArrayList<>();
    AgentInstance agent = instance(List.of());
    for (int run = 0; run < Runs.MAX_SCOPES + 5; run++) {
      scopes.add(scope());
      listener.beforeAgentInvocation(new AgentRequest(scopes.get(run), agent, Map.of()));
    }
    assertThat(listener.openScopes()).isEqualTo(Runs.MAX_SCOPES);
    AgenticScope one = scopes.get(scopes.size() - 1);
    for (int run = 0; run < Runs.MAX_OF_SCOPE + 5; run++) {
      listener.beforeAgentInvocation(new AgentRequest(one, agent, Map.of("run", run)));
    }
    assertThat(listener.openRuns(one)).isEqualTo(Runs.MAX_OF_SCOPE);
  }

  @Test
  void aClosedClientDoesNotEndTheAgents() {
    var unused = client.closeAsync();
    assertThat(crew(() -> "The report").invoke(Map.of("topic", "webhooks")))
        .isEqualTo("The report");
    assertThat(writer(() -> "The report").write("webhooks")).isEqualTo("The report");
    assertThat(listener.openScopes()).isZero();
  }

  @Test
  @SuppressWarnings("NullAway") // what the framework's records allow
  void nothingIsThrownWhateverTheHooksAreGiven() {
    AgentInstance bare = instance(null);
    for (AgenticScope scope : new AgenticScope[] {null, scope()}) {
      for (AgentInstance agent : new AgentInstance[] {null, bare, throwing()}) {
        for (Map<String, Object> inputs :
            java.util.Arrays.<Map<String, Object>>asList(null, Map.of())) {
          assertThatCode(() -> {
                listener.beforeAgentInvocation(new AgentRequest(scope, agent, inputs));
                listener.beforeAgentToolExecution(new BeforeAgentToolExecution(agent, null));
                listener.afterAgentToolExecution(new AfterAgentToolExecution(agent, null));
                listener.onAgenticSystemSuspended(scope);
                listener.onAgentInvocationError(
                    new AgentInvocationError(scope, agent, inputs, null));
                listener.afterAgentInvocation(
                    new AgentResponse(scope, agent, inputs, null, null, null));
                listener.beforeAgenticScopeDestroyed(scope);
              })
              .doesNotThrowAnyException();
        }
      }
    }
    assertThatCode(() -> {
          listener.beforeAgentInvocation(null);
          listener.afterAgentInvocation(null);
          listener.onAgentInvocationError(null);
          listener.beforeAgentToolExecution(null);
          listener.afterAgentToolExecution(null);
        })
        .doesNotThrowAnyException();
    assertThat(listener.openScopes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manyCallsOfOneAgentShareWhatIsShown(boolean atOnce) {
    AgenticScope scope = scope();
    AgentInstance agent = instance(List.of());
    AgentInstance workflow = instance(List.of(agent), "Crew");
    Map<String, Object> inputs = Map.of();
    listener.beforeAgentInvocation(new AgentRequest(scope, workflow, inputs));
    List<Map<String, Object>> calls = new ArrayList<>();
    for (int call = 0; call < 10 * Run.MAX_SHOWN; call++) {
      calls.add(Map.of("call", call));
      listener.beforeAgentInvocation(new AgentRequest(scope, agent, calls.get(call)));
      if (!atOnce) {
        listener.afterAgentInvocation(
            new AgentResponse(scope, agent, calls.get(call), "x", null, null));
      }
    }
    if (atOnce) {
      calls.forEach(call ->
          listener.afterAgentInvocation(new AgentResponse(scope, agent, call, "x", null, null)));
    }
    assertThat(listener.openRuns(scope)).isEqualTo(1);
    listener.afterAgentInvocation(new AgentResponse(scope, workflow, inputs, "x", null, null));
    assertThat(listener.openScopes()).isZero();
  }

  private static AgenticScope scope() {
    return proxy(AgenticScope.class, (name) -> null);
  }

  private static AgentInstance instance(@Nullable List<AgentInstance> subagents) {
    return instance(subagents, null);
  }

  /** Returns an agent of which nothing else is known. */
  private static AgentInstance instance(
      @Nullable List<AgentInstance> subagents, @Nullable String agentId) {
    return proxy(AgentInstance.class, name -> switch (name) {
      case "subagents" -> subagents;
      case "agentId" -> agentId;
      case "async", "optional" -> false;
      default -> null;
    });
  }

  private static AgentInstance throwing() {
    return proxy(AgentInstance.class, name -> {
      throw new StackOverflowError();
    });
  }

  private interface Answer {

    @Nullable
    Object to(String method);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "equals" -> proxy == arguments[0];
          case "hashCode" -> System.identityHashCode(proxy);
          case "toString" -> "proxy";
          default -> answer.to(method.getName());
        }));
  }
}
