package io.agentcraft.client.it.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import io.agentcraft.client.it.langchain4j.Agents.Editor;
import io.agentcraft.client.it.langchain4j.Agents.Illustrator;
import io.agentcraft.client.it.langchain4j.Agents.Researcher;
import io.agentcraft.client.it.langchain4j.Agents.Scorer;
import io.agentcraft.client.it.langchain4j.Agents.Writer;
import io.agentcraft.client.langchain4j.Content;
import io.agentcraft.testing.WireForm;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody who watches sees of LangChain4j's workflows. The models wait for it, so that nothing is superseded. */
class WorkflowsTest extends CrewHarness {

  @ParameterizedTest
  @EnumSource
  void aSequenceIsASessionWithEachAgentInTurn(WireForm form) {
    start(form);
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .name("Report")
        .subAgents(
            agent(
                Researcher.class,
                answerAfter("Researcher: ANALYZING Researches the topic (topic)", "three facts")),
            agent(Writer.class, answerAfter("Writer: ANALYZING Writer (facts)", "The report")))
        .outputKey("report")
        .listener(listener)
        .build();

    assertThat(crew.invoke(Map.of("topic", "webhooks"))).isEqualTo("The report");

    audience.sees("session: COMPLETED report: 10 characters");
    assertThat(audience.lines())
        .contains(
            "session: STARTED Report (topic)",
            "session: PHASE Researcher",
            "Researcher: COMPLETED facts: 11 characters",
            "session: PHASE Writer",
            "Writer: COMPLETED report: 10 characters")
        .noneMatch(line -> line.contains("webhooks") || line.contains("three facts"));
    assertThat(audience.sessions().get(0)).containsOnlyKeys("Researcher", "Writer");
  }

  @ParameterizedTest
  @EnumSource
  void agentsInParallelAreAtWorkAtOnce(WireForm form) {
    start(form);
    UntypedAgent crew = AgenticServices.parallelBuilder()
        .subAgents(
            agent(Researcher.class, answerOnceBothAreAtWork("three facts")),
            agent(Illustrator.class, answerOnceBothAreAtWork("a picture")))
        .output(scope -> scope.readState("facts", "") + " and " + scope.readState("picture", ""))
        .listener(listener.withContent(Content.FULL))
        .build();

    assertThat(crew.invoke(Map.of("topic", "webhooks"))).isEqualTo("three facts and a picture");

    audience.sees("session: COMPLETED three facts and a picture");
    assertThat(audience.lines())
        .contains(
            "session: STARTED webhooks",
            "Researcher: COMPLETED three facts",
            "Illustrator: COMPLETED a picture");
  }

  private ScriptedModel answerOnceBothAreAtWork(String answer) {
    return new ScriptedModel(message -> {
      audience.sees("Researcher: ANALYZING");
      audience.sees("Illustrator: ANALYZING");
      return AiMessage.from(answer);
    });
  }

  @ParameterizedTest
  @EnumSource
  void anAgentOfALoopIsOneAgentUntilTheLoopHasEnded(WireForm form) {
    start(form);
    AtomicInteger scores = new AtomicInteger();
    UntypedAgent loop = AgenticServices.loopBuilder()
        .subAgents(
            agent(Scorer.class, new ScriptedModel(message -> {
              int round = scores.incrementAndGet();
              audience.sees("Scorer: ANALYZING " + (round == 1 ? "" : "Round " + round + ": ")
                  + "Scores the report (report)");
              return AiMessage.from(round == 1 ? "0.2" : "0.9");
            })),
            agent(Editor.class, answerAfter("Scorer: PROCESSING Round 1 done", "A better report")))
        .maxIterations(5)
        .exitCondition(scope -> scope.readState("score", 0.0) > 0.8)
        .build();
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(loop, agent(Illustrator.class, answerAfter("Scorer: COMPLETED", "a picture")))
        .outputKey("report")
        .listener(listener)
        .build();

    crew.invoke(Map.of("report", "A report", "topic", "webhooks"));

    audience.sees("session: COMPLETED");
    assertThat(audience.sessions().get(0)).containsOnlyKeys("Scorer", "Editor", "Illustrator");
    assertThat(audience.lines())
        .filteredOn(line -> line.startsWith("Scorer: COMPLETED"))
        .hasSize(1);
  }

  @Test
  void whoeverIsNotChosenIsNotShown() {
    start(WireForm.DEPLOYED);
    UntypedAgent choice = AgenticServices.conditionalBuilder()
        .subAgents(scope -> true, agent(Researcher.class, ScriptedModel.saying("facts")))
        .subAgents(scope -> false, agent(Illustrator.class, ScriptedModel.saying("a picture")))
        .build();
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(choice, agent(Writer.class, ScriptedModel.saying("The report")))
        .outputKey("report")
        .listener(listener)
        .build();

    crew.invoke(Map.of("topic", "webhooks"));

    audience.sees("session: COMPLETED");
    assertThat(audience.sessions().get(0)).containsOnlyKeys("Researcher", "Writer");
  }

  @ParameterizedTest
  @EnumSource
  void anAgentThatIsCalledAloneIsATask(WireForm form) {
    start(form);
    Researcher researcher = AgenticServices.agentBuilder(Researcher.class)
        .chatModel(answerAfter("Researcher: ANALYZING Researches the topic (topic)", "facts"))
        .listener(listener)
        .build();

    assertThat(researcher.research("webhooks")).isEqualTo("facts");

    audience.sees("Researcher: COMPLETED facts: 5 characters");
    audience.sees("session: COMPLETED facts: 5 characters");
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

  @ParameterizedTest
  @EnumSource
  void aToolIsAStepAndALineOfTheLog(WireForm form) {
    start(form);
    Library library = new Library(() -> audience.sees("Researcher: PROCESSING Calling search"));
    ChatModel model = new ScriptedModel(message -> {
      if (!message.startsWith("found")) {
        return ScriptedModel.call("search", "{\"query\": \"webhooks\"}");
      }
      audience.sees("Researcher: ANALYZING Thinking about the result of search");
      return AiMessage.from("facts");
    });
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(AgenticServices.agentBuilder(Researcher.class)
            .chatModel(model)
            .tools(library)
            .build())
        .outputKey("facts")
        .listener(listener.withContent(Content.FULL))
        .build();

    crew.invoke(Map.of("topic", "webhooks"));

    audience.sees("session: COMPLETED facts");
    String lines = String.join("\n", audience.lines());
    assertThat(lines)
        .containsOnlyOnce("info Calling search {\"query\": \"webhooks\"}")
        .containsOnlyOnce("info search returned found webhooks")
        .contains("info scripted: 12 tokens in, 3 out");
  }

  @ParameterizedTest
  @EnumSource
  void aToolThatFailsIsAWarningAndTheAgentGoesOn(WireForm form) {
    start(form);
    Library library = new Library(() -> {
      throw new IllegalStateException("The library is closed");
    });
    ChatModel model = new ScriptedModel(message -> message.startsWith("Research")
        ? ScriptedModel.call("search", "{\"query\": \"webhooks\"}")
        : AiMessage.from("facts"));
    Researcher researcher = AgenticServices.agentBuilder(Researcher.class)
        .chatModel(model)
        .tools(library)
        .listener(listener)
        .build();

    assertThat(researcher.research("webhooks")).isEqualTo("facts");

    audience.sees("session: COMPLETED");
    assertThat(String.join("\n", audience.lines()))
        .containsOnlyOnce("warning search failed: The library is closed")
        .doesNotContain("webhooks");
  }

  @ParameterizedTest
  @EnumSource
  void aFailureIsToldWithItsRootCause(WireForm form) {
    start(form);
    ChatModel model = new ScriptedModel(message -> {
      throw new IllegalStateException("The model is down");
    });
    UntypedAgent crew = AgenticServices.sequenceBuilder()
        .subAgents(
            agent(Researcher.class, model), agent(Writer.class, ScriptedModel.saying("The report")))
        .outputKey("report")
        .listener(listener)
        .build();

    assertThatThrownBy(() -> crew.invoke(Map.of("topic", "webhooks"))).isNotNull();

    audience.sees("session: FAILED The model is down");
    audience.sees("Researcher: ERROR The model is down");
  }
}
