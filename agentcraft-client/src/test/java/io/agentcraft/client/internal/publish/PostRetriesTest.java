package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.internal.publish.HttpPublishTransport.PostRetries;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostRetriesTest {

  @SuppressWarnings("NullAway") // what callers without nullness checks may do
  static Stream<ReconnectPolicy> brokenPolicies() {
    return Stream.of(
        context -> null,
        context -> {
          throw new IllegalStateException("broken");
        },
        context -> {
          throw new StackOverflowError("broken");
        });
  }

  @ParameterizedTest
  @MethodSource("brokenPolicies")
  void aPolicyThatIsBrokenGivesUp(ReconnectPolicy policy) {
    PostRetries retries = new PostRetries(policy, false);

    String reason = retries.failed(new DisconnectCause.ConnectionLost(new IOException("gone")), 0);

    assertThat(reason).contains("reconnect policy");
    assertThat(retries.waitFor(0)).isZero();
  }
}
