package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishTransport;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultAgentPublisherTest {

  private final Bench bench = new Bench(PublishTransport.HTTP);
  private final AgentPublisher agent = bench.agent("a");

  private AgentStatusUpdate posted() {
    String json = bench.http.posts.get(bench.http.posts.size() - 1);
    return (AgentStatusUpdate) bench.codec.decodeServer(json);
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        call(AgentPublisher::idle, AgentStatus.IDLE, 0, ""),
        call(one -> one.analyzing("m"), AgentStatus.ANALYZING, 30, "m"),
        call(one -> one.processing(55.5, "m"), AgentStatus.PROCESSING, 55.5, "m"),
        call(one -> one.collaborating("m"), AgentStatus.COLLABORATING, 30, "m"),
        call(one -> one.completed("m"), AgentStatus.COMPLETED, 100, "m"),
        call(one -> one.error("m"), AgentStatus.ERROR, 30, "m"));
  }

  private static Arguments call(
      Consumer<AgentPublisher> call, AgentStatus status, double progress, String message) {
    return Arguments.of(call, status, progress, message);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void eachCallPublishesItsStatus(
      Consumer<AgentPublisher> call, AgentStatus status, double progress, String message) {
    agent.processing(30, "before");
    bench.http.deliver();
    bench.seconds(1);
    call.accept(agent);
    AgentStatusUpdate update = posted();
    assertThat(update.agentId()).isEqualTo("a");
    assertThat(update.agentName()).isEqualTo("Agent a");
    assertThat(update.status()).isEqualTo(status);
    assertThat(update.progress()).isEqualTo(progress);
    assertThat(update.message()).isEqualTo(message);
    assertThat(update.timestamp()).hasToString(bench.time.now().toString());
  }

  @Test
  void metadataIsAddedByADerivedPublisherWhichSharesTheProgress() {
    AgentPublisher derived = agent.withMetadata("task_id", "t1").withMetadata("tries", 2);
    derived.processing(40, "m");
    assertThat(posted().metadata()).isEqualTo(Map.of("task_id", "t1", "tries", 2));
    bench.http.deliver();
    bench.seconds(1);
    agent.analyzing("plain");
    assertThat(posted().metadata()).isEmpty();
    assertThat(posted().progress()).isEqualTo(40);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 100.001, Double.NaN, Double.POSITIVE_INFINITY})
  void aProgressThatIsNoPercentageFailsAtTheCall(double percent) {
    refuses(() -> agent.processing(percent, "m"));
    AgentStatusUpdate update = new AgentStatusUpdate(
        "a", "A", AgentStatus.PROCESSING, "PROCESSING", percent, "m", null, Map.of());
    refuses(() -> agent.publish(update));
  }

  @Test
  void otherMistakesFailAtTheCallToo() {
    refuses(() -> bench.agent(""));
    refuses(() -> bench.engine.agent("unpaired: \ud83d", "A"));
    refuses(() -> bench.engine.agent("a", "unpaired: \ud83d"));
    refuses(() -> agent.publish(AgentStatusUpdate.builder("b", "B").build()));
    refuses(() -> agent.withMetadata("key", new Object()));
    refuses(() -> agent.withMetadata("key", Double.NaN));
    refuses(() -> agent.withMetadata("key", List.of("unpaired: \ud83d")));
    refuses(() -> agent.completed("unpaired: \ud83d"));
    assertThat(bench.http.posts).isEmpty();
  }

  @Test
  void aMistakeLeavesTheProgressAlone() {
    agent.processing(30, "before");
    refuses(() -> agent.processing(60, "\ud83d"));
    bench.http.deliver();
    agent.error("after");
    assertThat(posted().progress()).isEqualTo(30);
  }

  @Test
  void anUpdateIsPublishedAsItIs() {
    AgentStatusUpdate update = AgentStatusUpdate.builder("a", "Another name")
        .status(AgentStatus.COMPLETING)
        .progress(99)
        .message("nearly")
        .metadata("task_id", "t1")
        .build();
    agent.publish(update);
    assertThat(posted()).isEqualTo(update);
  }

  private static void refuses(ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call);
  }
}
