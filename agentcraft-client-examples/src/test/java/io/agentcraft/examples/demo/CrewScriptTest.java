package io.agentcraft.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentStatus;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CrewScriptTest {

  private final List<CrewStep.Timed> steps = CrewScript.steps();

  @Test
  void stepsAreInOrderAndWithinTheWhole() {
    assertThat(steps).extracting(CrewStep.Timed::at).isSorted().allMatch(at -> at >= 0 && at < 1);
  }

  @Test
  void threeAgentsGoThroughEveryDocumentedStatus() {
    assertThat(of(CrewStep.Report.class))
        .extracting(CrewStep.Report::agent)
        .containsOnly("Researcher", "Analyst", "Writer");
    assertThat(of(CrewStep.Report.class))
        .extracting(CrewStep.Report::status)
        .hasSameElementsAs(
            EnumSet.complementOf(EnumSet.of(AgentStatus.UNKNOWN, AgentStatus.COMPLETING)));
  }

  @Test
  void everyAgentEndsWell() {
    Map<String, AgentStatus> last = new LinkedHashMap<>();
    of(CrewStep.Report.class).forEach(report -> last.put(report.agent(), report.status()));
    assertThat(last)
        .hasSize(3)
        .allSatisfy((agent, status) -> assertThat(status).isEqualTo(AgentStatus.COMPLETED));
  }

  @Test
  void bothSessionsBeginBeforeAllElseOfThemAndAreCompletedAfterIt() {
    for (String session : Set.of(CrewScript.RESEARCH, CrewScript.REPORT)) {
      List<CrewStep> own = steps.stream()
          .map(CrewStep.Timed::step)
          .filter(step -> session.equals(sessionOf(step)))
          .toList();
      assertThat(own.get(0)).isInstanceOf(CrewStep.Begin.class);
      assertThat(own.get(own.size() - 1)).isInstanceOf(CrewStep.Complete.class);
    }
  }

  @Test
  void theConnectionIsCutOnceHalfWay() {
    assertThat(steps.stream().filter(step -> step.step() instanceof CrewStep.Cut))
        .singleElement()
        .extracting(CrewStep.Timed::at)
        .isEqualTo(0.5);
  }

  @Test
  void anAgentEndsAndALogLineIsAddedWhileNobodyIsConnected() {
    List<CrewStep> missed = steps.stream()
        .filter(step -> step.at() > 0.5 && step.at() < 0.55)
        .map(CrewStep.Timed::step)
        .toList();
    assertThat(missed).anyMatch(step -> step instanceof CrewStep.Log);
    assertThat(missed)
        .anyMatch(step ->
            step instanceof CrewStep.Report report && report.status() == AgentStatus.COMPLETED);
  }

  @Test
  void logLinesAreToldApartByTheirText() {
    assertThat(of(CrewStep.Log.class)).extracting(CrewStep.Log::message).doesNotHaveDuplicates();
  }

  @Test
  void linesOfTheStreamedSessionFollowTheReturnOfTheClient() {
    double back = steps.stream()
        .filter(step -> step.step() instanceof CrewStep.AwaitClient)
        .findFirst()
        .orElseThrow()
        .at();
    assertThat(steps.stream()
            .filter(step -> step.at() > back
                && step.step() instanceof CrewStep.Log log
                && log.session().equals(CrewScript.RESEARCH)))
        .hasSizeGreaterThanOrEqualTo(2);
  }

  private <S extends CrewStep> List<S> of(Class<S> kind) {
    return steps.stream()
        .map(CrewStep.Timed::step)
        .filter(kind::isInstance)
        .map(kind::cast)
        .collect(Collectors.toList());
  }

  private static String sessionOf(CrewStep step) {
    if (step instanceof CrewStep.Begin begin) {
      return begin.session();
    }
    if (step instanceof CrewStep.Phase phase) {
      return phase.session();
    }
    if (step instanceof CrewStep.Log log) {
      return log.session();
    }
    return step instanceof CrewStep.Complete complete ? complete.session() : "";
  }
}
