package io.agentcraft.client.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibrariesTest {

  @Test
  void whatTheBuildUsesIsNewEnough() {
    assertThatCode(Libraries::requireNewEnough).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.2.0", "5.2.1", "5.10.0", "6.0.0-alpha.1"})
  void newerOnesWillDo(String version) {
    assertThat(Libraries.problem("OkHttp", version, "5.2.0", "okhttp-jvm")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "4.12.0", "5.1.0", "5.0.0-alpha.14"})
  void olderOnesAreNamedWithWhatToDo(String version) {
    String problem = Libraries.problem("OkHttp", version, "5.2.0", "okhttp-jvm");
    assertThatIllegalStateException()
        .isThrownBy(() -> Libraries.refuse(problem))
        .withMessageContainingAll("OkHttp 5.2.0", version, "okhttp-jvm");
  }
}
