package io.agentcraft.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.ClientMessage.GetSessionLogs;
import io.agentcraft.client.message.ClientMessage.GetSessionState;
import io.agentcraft.client.message.ClientMessage.StartLogStreaming;
import io.agentcraft.examples.demo.CrewPlayer;
import io.agentcraft.examples.demo.ServerStage;
import io.agentcraft.examples.live.ThreadScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.support.ui.Select;

/** What the documented form tells is seen. */
class ShowingTest extends PageTest {

  @Test
  void statusesAppearAndBarsMove() {
    open("");
    server.agentStatus("agent-7", "Researcher", AgentStatus.ANALYZING, 10, "Reading");
    awaitText("#agents .chip", "ANALYZING");
    awaitText("#agents .name", "Researcher");
    awaitText("#agents .message", "Reading");
    assertThat(attribute("#agents .bar", "role")).isEqualTo("progressbar");
    assertThat(attribute("#agents .bar", "aria-valuenow")).isEqualTo("10");
    await("the bar is drawn", () -> fill() > 0);
    double before = fill();

    server.agentStatus("agent-7", "Researcher", AgentStatus.PROCESSING, 64.6, "Writing");

    awaitText("#agents .chip", "PROCESSING");
    assertThat(attribute("#agents .bar", "aria-valuenow")).isEqualTo("65");
    assertThat(attribute("#agents .bar", "aria-valuetext")).isEqualTo("65 %");
    await("the bar has moved", () -> fill() > 5 * before);
    assertThat(texts("#agents li")).hasSize(1);
    server.agentStatus("agent-8", "Writer", AgentStatus.COMPLETED, 100, "Done");
    await("two agents", () -> texts("#agents li").size() == 2);
    assertNoConsoleErrors();
  }

  @Test
  void anAbsentProgressIsNotShown() {
    open("");
    server.sendRaw("{\"type\":\"agent_status\",\"agent_id\":\"agent-7\","
        + "\"agent_name\":\"Researcher\",\"status\":\"processing\",\"message\":\"Reading\"}");
    awaitText("#agents .message", "Reading");
    assertThat(text("#agents .percent")).isEmpty();
    assertThat(element("#agents .bar").isDisplayed()).isFalse();
    assertThat(text("#agents")).doesNotContain("%", "NaN");
    server.agentStatus("agent-7", "Researcher", AgentStatus.PROCESSING, 42, "Reading on");
    awaitText("#agents .percent", "42 %");
    assertNoConsoleErrors();
  }

  @Test
  void sessionsAppearWithTheirAgents() {
    server.startSession("session_1", "Why is the sky blue?", "Researcher", "Writer");
    open("");

    awaitText("#sessions .name", "Why is the sky blue?");
    await("the agents of the session", () -> texts("#agents .name").size() == 2);
    assertThat(server.awaitFrame(GetSessionState.class).sessionId()).isEqualTo("session_1");
    server.startSession("session_2", "And at night?", "Writer");
    await("two sessions", () -> texts("#sessions .name").size() == 2);
    server.completeSession("session_1");
    await("it is over", () -> texts("#sessions .chip").contains("completed"));
    server.removeSession("session_1");
    server.removeSession("session_2");
    awaitText("#sessions-empty", "No session is running.");
    assertNoConsoleErrors();
  }

  @Test
  void collaborationsAppearNewestFirst() {
    open("");
    server.collaboration("Researcher", "Writer", "14 sources are ready");
    server.collaboration("Writer", "Reviewer", "the text is done");

    await("both", () -> texts("#collaborations .from").equals(List.of("Writer", "Researcher")));
    assertThat(text("#collaborations .reason")).isEqualTo("the text is done");
    await(
        "the newest is said aloud",
        () -> "Writer with Reviewer: the text is done"
            .equals(script("return document.getElementById('announcer').textContent")));
  }

  @Test
  void logLinesAppearAndTheLevelFilters() {
    server.startSession("session_1", "Why?", "Researcher");
    server.appendLog("session_1", "info", "Researcher", "Before the page");
    open("");
    assertThat(server.awaitFrame(StartLogStreaming.class).sessionId()).isEqualTo("session_1");
    server.awaitFrame(GetSessionLogs.class);
    server.appendLog("session_1", "debug", "Researcher", "Cost model loaded");
    server.appendLog("session_1", "warning", "Researcher", "Slow source");
    server.appendLog("session_1", "error", "Researcher", "Source 7 is gone");

    await("all lines", () -> texts("#log .text").size() == 4);
    assertThat(texts("#log .text"))
        .containsExactly("Before the page", "Cost model loaded", "Slow source", "Source 7 is gone");
    Select level = new Select(element("#level"));
    level.selectByVisibleText("From warning");
    await("two lines", () -> texts("#log .text").size() == 2);
    assertThat(text("#log-count")).isEqualTo("2 of 4");
    server.appendLog("session_1", "info", "Researcher", "Not to be seen now");
    server.appendLog("session_1", "error", "Researcher", "Source 8 too");
    await("a third", () -> texts("#log .text").size() == 3);
    assertThat(texts("#log .level")).containsExactly("WARNING", "ERROR", "ERROR");
    level.selectByVisibleText("All levels");
    await("all again", () -> texts("#log .text").size() == 6);
    assertNoConsoleErrors();
  }

  @Test
  void theLogFollowsUntilSomebodyScrollsBack() {
    server.startSession("session_1", "Why?", "Researcher");
    open("");
    server.awaitFrame(GetSessionLogs.class);
    lines(1, 60);
    await("the end is shown", () -> isAtEnd() && texts("#log .text").size() == 60);

    script("document.getElementById('log').scrollTop = 40");
    await("it follows no more", () -> !element("#follow").isSelected());
    lines(61, 65);
    await("more lines", () -> text("#log-count").equals("65"));
    assertThat(script("return document.getElementById('log').scrollTop")).isEqualTo(40L);

    element("#follow").click();
    await("the end again", ShowingTest::isAtEnd);
    lines(66, 70);
    await("it follows", () -> text("#log-count").equals("70") && isAtEnd());
  }

  @Test
  void theCrewOfTheDemoIsSeenAtWork() {
    open("");
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    try (ThreadScheduler scheduler = new ThreadScheduler("crew", failures::add)) {
      var unused = CrewPlayer.repeat(
              scheduler, new ServerStage(server, () -> true), Duration.ofSeconds(6))
          .whenComplete((never, failure) -> failures.add(failure));
      for (String status : List.of("PROCESSING", "COLLABORATING", "COMPLETED")) {
        await(status, () -> texts("#agents .chip").contains(status));
      }
      await("all handoffs", () -> texts("#collaborations .row").size() >= 3);
      await("errors, too", () -> texts("#log .level").contains("ERROR"));
    }
    assertThat(failures).isEmpty();
    assertNoConsoleErrors();
  }

  @Test
  void answersPings() {
    try (var pinging =
        DashboardPage.addTo(options().pingInterval(Duration.ofMillis(50))).start()) {
      driver.get(pinging.httpUrl());
      assertThat(pinging.awaitFrames("pong", 3)).hasSize(3);
    }
  }

  private void lines(int first, int last) {
    for (int i = first; i <= last; i++) {
      server.appendLog("session_1", "info", "Researcher", "Line " + i);
    }
  }

  private static boolean isAtEnd() {
    return Boolean.TRUE.equals(script("const log = document.getElementById('log');"
        + "return log.scrollHeight > log.clientHeight"
        + " && log.scrollHeight - log.scrollTop - log.clientHeight < 2"));
  }

  private static double fill() {
    Object width =
        script("return document.querySelector('#agents .fill').getBoundingClientRect().width");
    return ((Number) Objects.requireNonNull(width)).doubleValue();
  }
}
