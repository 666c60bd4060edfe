package io.agentcraft.client.it.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.langchain4j.Agents.Researcher;
import io.agentcraft.client.it.langchain4j.Agents.Writer;
import io.agentcraft.client.langchain4j.AgentCraftAgentListener;
import io.agentcraft.client.langchain4j.Content;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever goes wrong with the server, with the listener or in the crew: the crew does what it does without them. */
class BadDaysTest extends CrewHarness {

  private static final int RUNS = 1_000;
  private static final String MEGABYTE = "x".repeat(1_000_000);

  /** Writes a report about facts, whoever listens. */
  private static UntypedAgent crew(
      AgentCraftAgentListener listener, ChatModel researching, Object... tools) {
    return AgenticServices.sequenceBuilder()
        .name("Report")
        .subAgents(
            AgenticServices.agentBuilder(Researcher.class)
                .chatModel(researching)
                .tools(tools)
                .build(),
            agent(Writer.class, ScriptedModel.saying("The report")))
        .outputKey("report")
        .listener(listener)
        .build();
  }

  private static void worksAsEver(AgentCraftAgentListener listener) {
    Map<String, Object> topic = Map.of("topic", "webhooks");
    assertThat(crew(listener, ScriptedModel.saying("facts")).invoke(topic)).isEqualTo("The report");
    ChatModel broken = new ScriptedModel(message -> {
      throw new IllegalStateException("The model is down");
    });
    assertThatThrownBy(() -> crew(listener, broken).invoke(topic))
        .hasRootCauseMessage("The model is down");
  }

  /** Every text passes through the redactor: what it throws is thrown in the middle of a hook. */
  private static UnaryOperator<String> throwing(Throwable thrown) {
    return text -> {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) thrown;
    };
  }

  @Test
  void aCrewWorksWithAClientThatIsClosed() {
    start(WireForm.DEPLOYED);
    client.close();
    worksAsEver(listener.withContent(Content.FULL));
  }

  @Test
  void aCrewWorksWithoutAServer() {
    ReferenceServer server = ReferenceServer.start();
    String url = server.url();
    server.close();
    AgentCraftClient alone = closed(AgentCraftClient.builder(url).build());
    worksAsEver(AgentCraftAgentListener.of(alone));
  }

  @Test
  void aCrewWorksWithARedactorThatThrows() {
    start(WireForm.DEPLOYED);
    AgentCraftAgentListener full = listener.withContent(Content.FULL);
    worksAsEver(full.withRedactor(throwing(new IllegalStateException("No"))));
    worksAsEver(full.withRedactor(throwing(new StackOverflowError("No"))));
    worksAsEver(full.withRedactor(throwing(new AssertionError("No"))));
    worksAsEver(full.withRedactor(throwing(new NoClassDefFoundError("No"))));
    audience.seesTimes(4, "session: COMPLETED (left out)");
    audience.seesTimes(4, "session: FAILED (left out)");
  }

  @ParameterizedTest
  @EnumSource
  void theEndIsSeenThoughTheServerWasAwayMeanwhile(WireForm form) {
    ReferenceServer first = closed(ReferenceServer.builder().form(form).start());
    int port = first.port();
    client = closed(AgentCraftClient.builder(first.url())
        .reconnectPolicy(ExponentialBackoff.forever())
        .build());
    audience = new Audience(closed(AgentCraftClient.builder(first.url()).build()));
    CountDownLatch isAway = new CountDownLatch(1);
    CountDownLatch isBack = new CountDownLatch(1);
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(
            agent(Researcher.class, waitingFor(isAway, "facts")),
            agent(Writer.class, waitingFor(isBack, "The report")))
        .outputKey("report")
        .listener(AgentCraftAgentListener.of(client))
        .build();
    CompletableFuture<Object> report =
        CompletableFuture.supplyAsync(() -> crew.invoke(Map.of("topic", "webhooks")), threads());
    audience.sees("Researcher: ANALYZING");

    first.close();
    isAway.countDown();
    ReferenceServer second =
        closed(ReferenceServer.builder().form(form).port(port).start());
    second.awaitConnections(2);
    isBack.countDown();

    assertThat(Await.get(report)).isEqualTo("The report");
    audience.sees("session: COMPLETED report: 10 characters");
  }

  private static ScriptedModel waitingFor(CountDownLatch latch, String answer) {
    return new ScriptedModel(message -> {
      Await.latch(latch);
      return AiMessage.from(answer);
    });
  }

  private ExecutorService threads() {
    ExecutorService threads = Executors.newCachedThreadPool();
    closed((AutoCloseable) threads::shutdownNow);
    return threads;
  }

  /** What the framework allows to be null. */
  static class Silent {

    @Tool
    @Nullable
    String search(@P("query") @Nullable String query) {
      return null;
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsTooLittle(Content content) {
    start(WireForm.DEPLOYED);
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("topic", "webhooks");
    inputs.put("nothing", new Object() {
      @Override
      @SuppressWarnings({"NullAway", "ToStringReturnsNull"}) // as in somebody's program
      public @Nullable String toString() {
        return null;
      }
    });
    ChatModel model = new ScriptedModel(message ->
        message.startsWith("Research") ? ScriptedModel.call("search", "{}") : AiMessage.from(" "));
    AgentCraftAgentListener silent = listener.withContent(content).withRedactor(text -> null);

    Object report = crew(silent, model, new Silent()).invoke(inputs);

    assertThat(report).isEqualTo("The report");
    audience.sees("session: COMPLETED");
  }

  @Test
  void anExceptionWithoutAMessageIsToldByItsType() {
    start(WireForm.DEPLOYED);
    ChatModel mute = new ScriptedModel(message -> {
      throw new UnsupportedOperationException() {
        @Override
        public String getMessage() {
          throw new IllegalStateException("No message");
        }
      };
    });
    ChatModel silent = new ScriptedModel(message -> {
      throw new UnsupportedOperationException();
    });

    assertThatThrownBy(() -> crew(listener, mute).invoke(Map.of("topic", "webhooks")))
        .isNotNull();
    audience.sees("session: FAILED failed");
    assertThatThrownBy(() -> crew(listener, silent).invoke(Map.of("topic", "webhooks")))
        .isNotNull();
    audience.sees("session: FAILED UnsupportedOperationException");
  }

  static class Verbose {

    @Tool
    String search(@P("query") String query) {
      return "found " + MEGABYTE;
    }
  }

  @ParameterizedTest
  @CsvSource({"facts, COMPLETED", "failure, FAILED"})
  void textsOfAMegabyteAreCut(String ending, String end) {
    start(WireForm.DEPLOYED);
    Set<Integer> lengths = ConcurrentHashMap.newKeySet();
    ChatModel model = new ScriptedModel(message -> {
      if (!message.startsWith("found")) {
        return ScriptedModel.call("search", "{\"query\": \"" + MEGABYTE + "\"}");
      } else if (ending.equals("failure")) {
        throw new IllegalStateException(MEGABYTE);
      }
      return AiMessage.from(MEGABYTE);
    });
    AgentCraftAgentListener full = listener.withContent(Content.FULL).withRedactor(text -> {
      lengths.add(text.length());
      return text;
    });

    try {
      crew(full, model, new Verbose()).invoke(Map.of("topic", MEGABYTE));
    } catch (RuntimeException scripted) {
      assertThat(ending).isEqualTo("failure");
    }

    audience.sees("session: " + end);
    assertThat(audience.lines()).allMatch(line -> line.length() < 5_000);
    assertThat(lengths).allMatch(length -> length <= 20_000);
  }

  @ParameterizedTest
  @EnumSource
  void aCrewThatIsInterruptedIsCancelled(WireForm form) {
    start(form);
    CountDownLatch never = new CountDownLatch(1);
    UntypedAgent crew = crew(listener, new ScriptedModel(message -> {
      try {
        never.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Stopped", interrupted);
      }
      return AiMessage.from("facts");
    }));
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread thread = new Thread(() -> {
      try {
        crew.invoke(Map.of("topic", "webhooks"));
      } catch (RuntimeException interrupted) {
        end.complete(interrupted);
      }
    });
    thread.start();
    audience.sees("Researcher: ANALYZING");

    thread.interrupt();

    assertThat(Await.get(end)).hasRootCauseInstanceOf(InterruptedException.class);
    audience.sees("session: COMPLETED Cancelled");
  }

  @Test
  void anAgentThatNeverReturnsIsAtWorkWhileOthersEnd() {
    start(WireForm.DEPLOYED);
    CountDownLatch released = new CountDownLatch(1);
    UntypedAgent stuck = crew(listener, new ScriptedModel(message -> {
      Await.latch(released);
      return AiMessage.from("late facts");
    }));
    CompletableFuture<Object> late =
        CompletableFuture.supplyAsync(() -> stuck.invoke(Map.of("topic", "webhooks")), threads());
    audience.sees("Researcher: ANALYZING");

    crew(listener, ScriptedModel.saying("facts")).invoke(Map.of("topic", "webhooks"));
    audience.sees("session: COMPLETED");
    assertThat(late).isNotDone();
    client.close();
    released.countDown();

    assertThat(Await.get(late)).isEqualTo("The report");
  }

  @Test
  void twoListenersShowTheSameCrewToTwoServers() {
    start(WireForm.DEPLOYED);
    ReferenceServer second = closed(ReferenceServer.start());
    Audience others = new Audience(closed(AgentCraftClient.builder(second.url()).build()));
    AgentCraftClient there = closed(AgentCraftClient.builder(second.url()).build());
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(agent(Writer.class, ScriptedModel.saying("The report")))
        .outputKey("report")
        .listener(listener)
        .listener(AgentCraftAgentListener.of(there))
        .build();

    crew.invoke(Map.of("facts", "three"));

    audience.sees("session: COMPLETED report: 10 characters");
    others.sees("session: COMPLETED report: 10 characters");
  }

  @ParameterizedTest
  @EnumSource
  void aThousandRunsAtOnceAreAThousandSessions(WireForm form) throws InterruptedException {
    ReferenceServer server = closed(ReferenceServer.builder().form(form).start());
    AgentCraftClient watching = closed(AgentCraftClient.builder(server.url()).build());
    Map<String, Boolean> failed = new ConcurrentHashMap<>();
    CountDownLatch allEnded = new CountDownLatch(RUNS);
    watching.onSessionChange(change -> {
      if (change.isEnd()) {
        failed.put(change.now().sessionId(), change.kind() == SessionChange.Kind.FAILED);
        allEnded.countDown();
      }
    });
    Await.get(watching.connect());
    server.awaitConnections(1);
    client = closed(AgentCraftClient.builder(server.url()).build());
    CountDownLatch allAtWork = new CountDownLatch(RUNS);
    AtomicInteger calls = new AtomicInteger();
    UntypedAgent crew = crew(AgentCraftAgentListener.of(client), new ScriptedModel(message -> {
      boolean fails = calls.incrementAndGet() % 4 == 0;
      allAtWork.countDown();
      Await.latch(allAtWork);
      if (fails) {
        throw new IllegalStateException("The model is down");
      }
      return AiMessage.from("facts");
    }));
    ExecutorService threads = threads();

    for (int i = 0; i < RUNS; i++) {
      var unused = threads.submit(() -> crew.invoke(Map.of("topic", "webhooks")));
    }

    assertThat(allEnded.await(2, TimeUnit.MINUTES)).isTrue();
    assertThat(failed).hasSize(RUNS);
    assertThat(failed.values()).filteredOn(Boolean::booleanValue).hasSize(RUNS / 4);
  }
}
