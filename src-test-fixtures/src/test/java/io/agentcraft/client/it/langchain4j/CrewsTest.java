package io.agentcraft.client.it.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.agent.ErrorRecoveryResult;
import dev.langchain4j.agentic.internal.SuspendedResponse;
import dev.langchain4j.agentic.scope.AgenticScopeAccess;
import dev.langchain4j.agentic.scope.ResultWithAgenticScope;
import dev.langchain4j.agentic.supervisor.SupervisorAgent;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.langchain4j.Agents.Illustrator;
import io.agentcraft.client.it.langchain4j.Agents.Researcher;
import io.agentcraft.client.it.langchain4j.Agents.Writer;
import io.agentcraft.client.langchain4j.Content;
import io.agentcraft.testing.WireForm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Crews that are more than agents in a row: nested, asynchronous, supervised, several at once, and with people in them. */
class CrewsTest extends CrewHarness {

  @ParameterizedTest
  @EnumSource
  void theAgentsOfNestedWorkflowsAreAgentsOfOneSession(WireForm form) {
    start(form);
    UntypedAgent drawing = AgenticServices.sequenceBuilder()
        .subAgents(agent(Illustrator.class, ScriptedModel.saying("a picture")))
        .build();
    UntypedAgent inner = AgenticServices.sequenceBuilder()
        .subAgents(drawing, agent(Writer.class, ScriptedModel.saying("The report")))
        .listener(listener) // which it inherits too
        .build();
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(agent(Researcher.class, ScriptedModel.saying("facts")), inner)
        .outputKey("report")
        .listener(listener)
        .build();

    for (int run = 1; run <= 3; run++) {
      crew.invoke(Map.of("topic", "webhooks"));
      audience.seesTimes(run, "session: COMPLETED report: 10 characters");
    }

    assertThat(audience.sessions())
        .hasSize(3)
        .containsOnly(Map.of(
            "Researcher", "COMPLETED facts: 5 characters",
            "Illustrator", "COMPLETED picture: 9 characters",
            "Writer", "COMPLETED report: 10 characters"));
    assertThat(audience.outputs("output")).hasSize(9);
  }

  @ParameterizedTest
  @EnumSource
  void aSessionEndsWithItsLastAsynchronousAgent(WireForm form) {
    start(form);
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(
            AgenticServices.agentBuilder(Researcher.class)
                .chatModel(answerAfter("Illustrator: COMPLETED", "facts"))
                .async(true)
                .build(),
            agent(Illustrator.class, ScriptedModel.saying("a picture")))
        .outputKey("picture")
        .listener(listener)
        .build();

    assertThat(crew.invoke(Map.of("topic", "webhooks"))).isEqualTo("a picture");

    audience.sees("session: COMPLETED picture: 9 characters");
    assertThat(audience.sessions())
        .containsExactly(Map.of(
            "Researcher", "COMPLETED facts: 5 characters",
            "Illustrator", "COMPLETED picture: 9 characters"));
  }

  @Test
  void agentsOfOneNameAreTold() {
    start(WireForm.DEPLOYED);
    Researcher twice = agent(Researcher.class, ScriptedModel.saying("facts"));
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(
            twice,
            AgenticServices.agentBuilder(Illustrator.class)
                .name("Researcher")
                .chatModel(ScriptedModel.saying("a picture"))
                .build(),
            twice)
        .outputKey("facts")
        .listener(listener)
        .build();

    crew.invoke(Map.of("topic", "webhooks"));

    audience.sees("session: COMPLETED");
    assertThat(audience.sessions().get(0))
        .containsOnlyKeys("Researcher", "Researcher (2)", "Researcher (3)");
  }

  /** Works on one of several. */
  public interface Summarizer {

    @UserMessage("Summarize {{chapter}}")
    @Agent(name = "Summarizer", description = "Summarizes a chapter", outputKey = "summary")
    String summarize(@V("chapter") String chapter);
  }

  @Test
  void anAgentThatWorksOnManyThingsAtOnceIsManyAgents() {
    start(WireForm.DEPLOYED);
    UntypedAgent crew = AgenticServices.parallelMapperBuilder()
        .subAgents(agent(Summarizer.class, answerAfter("Summarizer_2: ANALYZING", "short")))
        .itemsProvider("chapters")
        .outputKey("summaries")
        .listener(listener)
        .build();

    crew.invoke(Map.of("chapters", List.of("one", "two", "three")));

    audience.sees("session: COMPLETED");
    assertThat(audience.sessions().get(0))
        .containsOnlyKeys("Summarizer_0", "Summarizer_1", "Summarizer_2")
        .allSatisfy((name, status) -> assertThat(status).startsWith("COMPLETED"));
  }

  @ParameterizedTest
  @EnumSource
  void theSameCrewTwiceAtOnceAreTwoSessionsOfWhichOneFails(WireForm form) {
    start(form);
    ChatModel model = new ScriptedModel(message -> {
      audience.seesTimes(2, "session: STARTED");
      if (message.contains("Mars")) {
        throw new IllegalStateException("No webhooks there");
      }
      return AiMessage.from("facts");
    });
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(agent(Researcher.class, model))
        .outputKey("facts")
        .listener(listener.withContent(Content.FULL))
        .build();

    CompletableFuture<Object> earth =
        CompletableFuture.supplyAsync(() -> crew.invoke(Map.of("topic", "Earth")));
    assertThatThrownBy(() -> crew.invoke(Map.of("topic", "Mars"))).isNotNull();
    assertThat(Await.get(earth)).isEqualTo("facts");

    audience.sees("session: FAILED No webhooks there");
    audience.sees("session: COMPLETED facts");
    assertThat(audience.sessions())
        .containsExactlyInAnyOrder(
            Map.of("Researcher", "ERROR No webhooks there"),
            Map.of("Researcher", "COMPLETED facts"));
  }

  @Test
  void anAgentOfTwoCrewsIsShownInTheOneThatRuns() {
    start(WireForm.DEPLOYED);
    Researcher shared = agent(Researcher.class, ScriptedModel.saying("facts"));
    UntypedAgent first = AgenticServices.sequenceBuilder()
        .name("First")
        .subAgents(shared)
        .outputKey("facts")
        .listener(listener)
        .build();
    UntypedAgent second = AgenticServices.loopBuilder()
        .name("Second")
        .subAgents(shared)
        .maxIterations(2)
        .outputKey("facts")
        .listener(listener)
        .build();

    first.invoke(Map.of("topic", "webhooks"));
    audience.seesTimes(1, "session: COMPLETED");
    second.invoke(Map.of("topic", "webhooks"));
    audience.seesTimes(2, "session: COMPLETED");

    assertThat(audience.lines())
        .contains("session: STARTED First (topic)", "session: STARTED Second (topic)");
    assertThat(audience.sessions())
        .hasSize(2)
        .allSatisfy(agents -> assertThat(agents).containsOnlyKeys("Researcher"));
  }

  @Test
  void anAgentWithAListenerOfItsOwnIsATaskInACrewWithoutOne() {
    start(WireForm.DEPLOYED);
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(
            AgenticServices.agentBuilder(Researcher.class)
                .chatModel(ScriptedModel.saying("facts"))
                .listener(listener)
                .build(),
            agent(Writer.class, ScriptedModel.saying("The report")))
        .outputKey("report")
        .build();

    crew.invoke(Map.of("topic", "webhooks"));

    audience.sees("session: COMPLETED facts: 5 characters");
    assertThat(audience.sessions())
        .singleElement()
        .satisfies(agents -> assertThat(agents).containsOnlyKeys("Researcher"));
  }

  @Test
  void anAgentThatIsCalledAgainAfterAFailureIsShownAgain() {
    start(WireForm.DEPLOYED);
    AtomicInteger calls = new AtomicInteger();
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(agent(Researcher.class, new ScriptedModel(message -> {
          if (calls.incrementAndGet() == 1) {
            throw new IllegalStateException("Busy");
          }
          return AiMessage.from("facts");
        })))
        .errorHandler(context -> ErrorRecoveryResult.retry())
        .outputKey("facts")
        .listener(listener)
        .build();

    assertThat(crew.invoke(Map.of("topic", "webhooks"))).isEqualTo("facts");

    audience.sees("session: COMPLETED facts: 5 characters");
    audience.sees("Researcher: ERROR Busy");
    assertThat(audience.sessions().get(0))
        .containsEntry("Researcher (2)", "COMPLETED facts: 5 characters");
  }

  @ParameterizedTest
  @EnumSource
  void aSupervisorShowsWhomItCalls(WireForm form) {
    start(form);
    AtomicInteger plans = new AtomicInteger();
    ChatModel planner = new ScriptedModel(message -> AiMessage.from(
        switch (plans.incrementAndGet()) {
          case 1 -> "{\"agentName\": \"Researcher$0\", \"arguments\": {\"topic\": \"webhooks\"}}";
          case 2 -> "{\"agentName\": \"Researcher$0\", \"arguments\": {\"topic\": \"more\"}}";
          default -> "{\"agentName\": \"done\", \"arguments\": {\"response\": \"All is known\"}}";
        }));
    SupervisorAgent supervisor = AgenticServices.supervisorBuilder()
        .chatModel(planner)
        .subAgents(
            agent(Researcher.class, ScriptedModel.saying("facts")),
            agent(Illustrator.class, ScriptedModel.saying("a picture")))
        .listener(listener)
        .build();

    assertThat(supervisor.invoke("Find out about webhooks")).isNotEmpty();

    audience.sees("session: COMPLETED");
    assertThat(audience.sessions().get(0)).containsOnlyKeys("Researcher");
    assertThat(audience.outputs("output")).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void aPersonInTheLoopIsWaitedFor(WireForm form) {
    start(form);
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(
            agent(Researcher.class, ScriptedModel.saying("facts")),
            AgenticServices.humanInTheLoopBuilder()
                .description("Asks the editor")
                .outputKey("answer")
                .responseProvider(scope -> {
                  audience.sees("askUser: COLLABORATING Asks the editor [Waiting for a person]");
                  return "yes";
                })
                .build(),
            agent(Writer.class, ScriptedModel.saying("The report")))
        .outputKey("report")
        .listener(listener)
        .build();

    crew.invoke(Map.of("topic", "webhooks"));

    audience.sees("session: COMPLETED");
    audience.sees("askUser: COMPLETED answer: 3 characters");
  }

  /** Has a memory, so that it can go on. */
  public interface Approval extends AgenticScopeAccess {

    @Agent
    ResultWithAgenticScope<String> ask(@MemoryId String id, @V("topic") String topic);
  }

  private Approval approval() {
    return AgenticServices.sequenceBuilder(Approval.class)
        .subAgents(
            agent(Researcher.class, ScriptedModel.saying("facts")),
            AgenticServices.humanInTheLoopBuilder()
                .description("Asks the editor")
                .outputKey("answer")
                .responseProvider(scope -> new SuspendedResponse<>("approval"))
                .build(),
            agent(Writer.class, ScriptedModel.saying("The report")))
        .outputKey("report")
        .listener(listener)
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void aSuspendedCrewWaitsAndGoesOnInTheSameSession(WireForm form) {
    start(form);
    Approval crew = approval();

    ResultWithAgenticScope<String> suspended = crew.ask("memory", "webhooks");

    assertThat(suspended.suspended()).isTrue();
    audience.sees("askUser: COLLABORATING Asks the editor");
    audience.sees("session: PHASE Waiting for a person");
    assertThat(audience.lines()).noneMatch(line -> line.startsWith("session: COMPLETED"));

    assertThat(suspended.completePendingResponse("approval", "yes").result())
        .isEqualTo("The report");

    audience.sees("session: COMPLETED report: 10 characters");
    assertThat(audience.sessions())
        .containsExactly(Map.of(
            "Researcher", "COMPLETED facts: 5 characters",
            "askUser", "COMPLETED answer: 3 characters",
            "Writer", "COMPLETED report: 10 characters"));
  }

  @Test
  void aSuspendedCrewThatIsGivenUpIsCancelled() {
    start(WireForm.DEPLOYED);
    Approval crew = approval();
    crew.ask("memory", "webhooks");

    crew.evictAgenticScope("memory");

    audience.sees("session: COMPLETED Cancelled: Nobody answered");
  }
}
