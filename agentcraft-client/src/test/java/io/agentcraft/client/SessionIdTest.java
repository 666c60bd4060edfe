package io.agentcraft.client;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no session id is refused at the call, not by each connection on its way up. */
class SessionIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "unpaired: \ud83d"})
  void isCheckedAtTheCall(String sessionId) {
    try (AgentCraftClient client = AgentCraftClient.builder("ws://localhost:1").build()) {
      refuses(() -> client.getSessionState(sessionId));
      refuses(() -> client.getSessionLogs(sessionId));
      refuses(() -> client.startLogStreaming(sessionId));
    }
  }

  private static void refuses(ThrowingCallable call) {
    assertThatIllegalArgumentException()
        .isThrownBy(call)
        .withMessageStartingWith("The session id ");
  }
}
