package io.agentcraft.client.it.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Crews whose server, model or program has a bad day: the crew gets its result all the same. */
class TroubleTest extends CrewHarness {

  private static UntypedAgent crew(AgentCraftAgentListener listener, ChatModel model) {
    return AgenticServices.sequenceBuilder()
        .name("Report")
        .subAgents(
            agent(Researcher.class, ScriptedModel.saying("facts")), agent(Writer.class, model))
        .outputKey("report")
        .listener(listener)
        .build();
  }

  @Test
  void aThousandRunsAtOnceAreAThousandSessions() {
    start(WireForm.DEPLOYED);
    int runs = 1_000;
    CountDownLatch allAtWork = new CountDownLatch(runs);
    UntypedAgent crew = crew(listener.withContent(Content.FULL), new ScriptedModel(message -> {
      allAtWork.countDown();
      Await.latch(allAtWork);
      return AiMessage.from("The report");
    }));
    ExecutorService pool = closed(new Pool(runs)).threads;
    List<CompletableFuture<Object>> results = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Map<String, Object> inputs = Map.of("topic", "topic " + run);
      results.add(CompletableFuture.supplyAsync(() -> crew.invoke(inputs), pool));
    }

    results.forEach(result -> assertThat(Await.get(result)).isEqualTo("The report"));
    audience.seesTimes(runs, "session: COMPLETED The report");
    assertThat(audience.lines().stream().filter(line -> line.startsWith("session: STARTED topic ")))
        .doesNotHaveDuplicates()
        .hasSize(runs);
  }

  /** Threads that end with the test. */
  private record Pool(ExecutorService threads) implements AutoCloseable {

    Pool(int size) {
      this(Executors.newFixedThreadPool(size));
    }

    @Override
    public void close() {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoClientsShowTheSameCrewEachToItsOwnServer(WireForm form) {
    start(form);
    ReferenceServer other = closed(ReferenceServer.builder().form(form).start());
    Audience others = new Audience(closed(AgentCraftClient.builder(other.url()).build()));
    other.awaitConnections(1);
    AgentCraftClient second = closed(AgentCraftClient.builder(other.url()).build());
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(AgenticServices.agentBuilder(Writer.class)
            .chatModel(ScriptedModel.saying("The report"))
            .listener(AgentCraftAgentListener.of(second).withContent(Content.FULL))
            .build())
        .outputKey("report")
        .listener(listener)
        .listener(AgentCraftAgentListener.of(second))
        .build();

    crew.invoke(Map.of("facts", "facts"));

    for (Audience one : List.of(audience, others)) {
      one.sees("session: STARTED Sequential (facts)");
      one.sees("Writer: COMPLETED report: 10 characters");
      one.sees("session: COMPLETED report: 10 characters");
    }
  }

  @Test
  void aServerThatComesLateStillSeesTheCrew() {
    ReferenceServer away = ReferenceServer.builder().form(WireForm.DEPLOYED).start();
    int port = away.port();
    away.close();
    client = closed(AgentCraftClient.builder("ws://localhost:" + port)
        .reconnectPolicy(ExponentialBackoff.forever())
        .build());
    CountDownLatch isThere = new CountDownLatch(1);
    UntypedAgent crew = crew(AgentCraftAgentListener.of(client), new ScriptedModel(message -> {
      Await.latch(isThere);
      audience.sees("session: STARTED Report (topic)");
      return AiMessage.from("The report");
    }));
    CompletableFuture<Object> result =
        CompletableFuture.supplyAsync(() -> crew.invoke(Map.of("topic", "webhooks")));
    ReferenceServer server =
        closed(ReferenceServer.builder().form(WireForm.DEPLOYED).port(port).start());
    audience = new Audience(closed(AgentCraftClient.builder(server.url()).build()));
    server.awaitConnection();
    isThere.countDown();

    assertThat(Await.get(result)).isEqualTo("The report");
    audience.sees("session: COMPLETED report: 10 characters");
  }

  @Test
  void aServerThatGoesAwayDoesNotEndTheCrew() {
    ReferenceServer server = ReferenceServer.builder().form(WireForm.DEPLOYED).start();
    client = closed(AgentCraftClient.builder(server.url()).build());
    UntypedAgent crew = crew(AgentCraftAgentListener.of(client), new ScriptedModel(message -> {
      server.close();
      return AiMessage.from("The report");
    }));

    assertThat(crew.invoke(Map.of("topic", "webhooks"))).isEqualTo("The report");
    assertThat(crew.invoke(Map.of("topic", "webhooks"))).isEqualTo("The report");
  }

  @ParameterizedTest
  @EnumSource
  void anAgentThatIsInterruptedIsCancelled(WireForm form) throws Exception {
    start(form);
    CountDownLatch never = new CountDownLatch(1);
    UntypedAgent crew = crew(listener, new ScriptedModel(message -> {
      try {
        never.await();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException("Interrupted at work", interrupted);
      }
      return AiMessage.from("never");
    }));
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread worker = new Thread(() -> {
      try {
        crew.invoke(Map.of("topic", "webhooks"));
      } catch (RuntimeException expected) {
        failure.complete(expected);
      }
    });
    worker.start();
    audience.sees("Writer: ANALYZING");
    worker.interrupt();

    assertThat(Await.get(failure)).isNotNull();
    worker.join();
    audience.isToldTheResult("Cancelled: Interrupted at work, caused by: InterruptedException");
    audience.sees("Writer: COMPLETED Cancelled: Interrupted at work");
  }

  @Test
  void anAgentThatNeverReturnsIsShownUntilTheClientIsClosed() {
    start(WireForm.DEPLOYED);
    CountDownLatch test = new CountDownLatch(1);
    UntypedAgent crew = crew(listener, new ScriptedModel(message -> {
      Await.latch(test);
      return AiMessage.from("late");
    }));
    CompletableFuture<Object> result =
        CompletableFuture.supplyAsync(() -> crew.invoke(Map.of("topic", "webhooks")));
    audience.sees("Writer: ANALYZING");

    client.close();
    test.countDown();

    assertThat(Await.get(result)).isEqualTo("late");
  }

  @ParameterizedTest
  @EnumSource
  void aMegabyteIsCut(WireForm form) {
    start(form);
    String megabyte = "x".repeat(1_000_000);
    UntypedAgent crew = crew(listener.withContent(Content.FULL), ScriptedModel.saying(megabyte));

    assertThat(crew.invoke(Map.of("topic", megabyte))).isEqualTo(megabyte);

    audience.sees("session: COMPLETED xxx");
    assertThat(audience.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(1_000));
  }

  @Test
  void anErrorOfTheRedactorLeavesTheTextOut() {
    start(WireForm.DEPLOYED);
    UntypedAgent crew = crew(
        listener.withContent(Content.FULL).withRedactor(text -> {
          throw new AssertionError("not mine");
        }),
        ScriptedModel.saying("The report"));

    assertThat(crew.invoke(Map.of("topic", "webhooks"))).isEqualTo("The report");
    audience.sees("session: STARTED (left out)");
    audience.sees("session: COMPLETED (left out)");
  }

  @Test
  void anErrorOfTheModelIsTold() {
    start(WireForm.DEPLOYED);
    UntypedAgent crew = crew(listener, new ScriptedModel(message -> {
      throw new StackOverflowError("too deep");
    }));

    assertThatThrownBy(() -> crew.invoke(Map.of("topic", "webhooks"))).isNotNull();

    audience.sees("Writer: ERROR too deep");
    audience.sees("session: FAILED too deep");
  }
}
