package io.agentcraft.client.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.CrewAiLog.AgentInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLineTest {

  private static final WireTime OUTER = WireTime.ofSeconds(1795389935.5);
  private static final WireTime INNER = WireTime.ofSeconds(1795389935.25);

  @Test
  void documentedEntry() {
    LogEntry entry = LogEntry.documented(INNER, "info", "Specialist", "Starting");
    SessionLogs frame = new SessionLogs("s", List.of(entry), OUTER);
    assertThat(LogLine.of(frame, entry))
        .isEqualTo(new LogLine("s", INNER, "INFO", "Specialist", "Starting", Details.EMPTY, frame));
  }

  @Test
  void deployedActivityHasNoMessageSoStatusAndTaskAreTheWords() {
    assertThat(activity("processing", "Analyzing").message()).isEqualTo("processing: Analyzing");
    assertThat(activity("processing", null).message()).isEqualTo("processing");
    assertThat(activity("processing", "").message()).isEqualTo("processing");
    assertThat(activity(null, "Analyzing").message()).isEqualTo("Analyzing");
    assertThat(activity(null, null).message()).isEmpty();
  }

  @Test
  void liveLineShowsTheRawMessage() {
    CrewAiLog frame = frame(line(INNER, "WARNING", "WARNING - x - hello", "hello", null));
    LogLine line = LogLine.of(frame);
    assertThat(line.message()).isEqualTo("hello");
    assertThat(line.level()).isEqualTo("WARNING");
    assertThat(line.agent()).isEqualTo("Foo");
    assertThat(line.timestamp()).isEqualTo(INNER);
    assertThat(line.details()).isNull();
    assertThat(line.source()).isSameAs(frame);
  }

  @Test
  void lineOfAManualEventHasItsDataAsDetailsAndTheFramesTime() {
    LogLine line = LogLine.of(frame(line(null, null, "happened", null, Map.of("k", 1))));
    assertThat(line.message()).isEqualTo("happened");
    assertThat(line.level()).isEmpty();
    assertThat(line.timestamp()).isEqualTo(OUTER);
    assertThat(line.details()).isEqualTo(Details.of(Map.of("k", 1)));
  }

  @Test
  void aLineWithNothingIsEmpty() {
    LogLine line = LogLine.of(frame(line(null, null, null, null, null)));
    assertThat(line.message()).isEmpty();
    assertThat(line.sessionId()).isNull();
  }

  private static LogLine activity(@Nullable String status, @Nullable String task) {
    LogEntry entry = LogEntry.builder()
        .timestamp(INNER)
        .type("agent_activity")
        .agent("Specialist")
        .status(status)
        .task(task)
        .build();
    return LogLine.of(new SessionLogs("s", List.of(entry), OUTER), entry);
  }

  private static CrewAiLog frame(CrewAiLog.Line line) {
    return new CrewAiLog(OUTER, line);
  }

  private static CrewAiLog.Line line(
      @Nullable WireTime time,
      @Nullable String level,
      @Nullable String message,
      @Nullable String raw,
      @Nullable Map<String, @Nullable Object> data) {
    return new CrewAiLog.Line(
        time,
        null,
        null,
        level,
        null,
        message,
        raw,
        null,
        null,
        null,
        null,
        null,
        new AgentInfo("Foo", null),
        data);
  }
}
