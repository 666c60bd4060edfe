package io.agentcraft.client.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AgentStatusTest {

  @ParameterizedTest
  @CsvSource({
    "IDLE,          IDLE",
    "analyzing,     ANALYZING",
    "Processing,    PROCESSING",
    "cOLLABORATING, COLLABORATING",
    "completing,    COMPLETING",
    "COMPLETED,     COMPLETED",
    "finished,      COMPLETED",
    "FINISHED,      COMPLETED",
    "Finished,      COMPLETED",
    "error,         ERROR",
    "unknown,       UNKNOWN",
    "UNKNOWN,       UNKNOWN",
    "waiting,       UNKNOWN",
    "' idle',       UNKNOWN",
    "'',            UNKNOWN",
    ",              UNKNOWN",
  })
  void readsAnyLetterCase(String text, AgentStatus status) {
    assertThat(AgentStatus.fromWire(text)).isEqualTo(status);
  }

  @Test
  void letterCaseDoesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(AgentStatus.fromWire("Idle")).isEqualTo(AgentStatus.IDLE);
      assertThat(AgentStatus.fromWire("iDLE")).isEqualTo(AgentStatus.IDLE);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void whatIsWrittenIsReadAgain(AgentStatus status) {
    assertThat(AgentStatus.fromWire(status.wireText())).isEqualTo(status);
  }

  @ParameterizedTest
  @EnumSource
  void onlyCompletedAndErrorAreFinal(AgentStatus status) {
    assertThat(status.isFinal())
        .isEqualTo(status == AgentStatus.COMPLETED || status == AgentStatus.ERROR);
  }
}
