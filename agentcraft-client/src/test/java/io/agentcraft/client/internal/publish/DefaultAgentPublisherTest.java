package io.agentcraft.client.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
  void metadataIsAddedByADerivedPublisherWhichSharesTheRun() {
    AgentPublisher derived = agent.withMetadata("task_id", "t1").withMetadata("tries", 2);
    derived.processing(40, "m");
    String session = (String) posted().metadata().get("session_id");
    assertThat(posted().metadata()).containsEntry("task_id", "t1").containsEntry("tries", 2);
    bench.http.deliver();
    bench.seconds(1);
    agent.analyzing("plain");
    assertThat(posted().metadata())
        .containsEntry("session_id", session)
        .doesNotContainKeys("task_id", "tries");
    assertThat(posted().progress()).isEqualTo(40);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.001,    0",
    "100.0000001, 100",
    "Infinity,  100",
    "-Infinity, 0",
    "NaN,       30",
    "0,         0",
    "100,       100"
  })
  void aProgressThatIsNoPercentageIsClampedAndOneThatIsNoNumberIsLeftOut(
      double percent, double published) {
    agent.processing(30, "before");
    bench.http.deliver();
    bench.seconds(1);
    agent.processing(percent, "m");
    assertThat(posted().progress()).isEqualTo(published);
    bench.http.deliver();
    bench.seconds(1);
    agent.publish(new AgentStatusUpdate(
        "a", "A", AgentStatus.PROCESSING, "PROCESSING", percent, "m", null, Map.of()));
    assertThat(posted().progress()).isEqualTo(published);
  }

  @Test
  void mistakesInWiringFailAtTheCall() {
    refuses(() -> bench.agent(""));
    refuses(() -> bench.publishers.agent("unpaired: \ud83d", "A"));
    refuses(() -> bench.publishers.agent("a", "unpaired: \ud83d"));
    refuses(() -> bench.publishers.session("", "query"));
    refuses(() -> bench.publishers.session("unpaired: \ud83d", "query"));
    refuses(() -> bench.publishers.session("query").agent("", "A"));
    refuses(() -> agent.publish(AgentStatusUpdate.builder("b", "B").build()));
    assertThat(bench.http.posts).isEmpty();
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(null, ""),
        Arguments.of("unpaired: \ud83d", "unpaired: ?"),
        Arguments.of("\ude00 unpaired", "? unpaired"),
        Arguments.of("paired: \ud83d\ude00", "paired: \ud83d\ude00"),
        Arguments.of("x".repeat(500), "x".repeat(500)),
        Arguments.of("x".repeat(1 << 20), "x".repeat(499) + "…"),
        Arguments.of("x".repeat(498) + "\ud83d\ude00" + "x", "x".repeat(498) + "…"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void anyTextIsPublishedAsFarAsItCanBe(String text, String published) {
    agent.analyzing(text);
    assertThat(posted().message()).isEqualTo(published);
  }

  private enum Colour {
    RED
  }

  private record Bean(String name) {}

  static Stream<Arguments> values() {
    Map<String, Object> cyclic = new HashMap<>();
    cyclic.put("again", cyclic);
    cyclic.put("and again", cyclic);
    Object broken = new Object() {
      @Override
      public String toString() {
        throw new IllegalStateException("no text");
      }
    };
    return Stream.of(
        Arguments.of(Instant.EPOCH, "1970-01-01T00:00:00Z"),
        Arguments.of(Colour.RED, "RED"),
        Arguments.of(new Bean("b"), "Bean[name=b]"),
        Arguments.of(Double.NaN, "NaN"),
        Arguments.of(Float.POSITIVE_INFINITY, "Infinity"),
        Arguments.of(List.of("unpaired: \ud83d"), List.of("unpaired: ?")),
        Arguments.of(Set.of(1), List.of(1)),
        Arguments.of(new Integer[] {1, 2}, List.of(1, 2)),
        Arguments.of(Map.of(Colour.RED, 1), Map.of("RED", 1)),
        Arguments.of(new AtomicInteger(7), "7"),
        Arguments.of(cyclic, null),
        Arguments.of(broken, broken.getClass().getName()));
  }

  @ParameterizedTest
  @MethodSource("values")
  void anyMetadataIsPublishedAsFarAsItCanBe(Object value, @Nullable Object published) {
    agent.withMetadata("key", value).analyzing("m");
    assertThat(posted().metadata()).containsKey("key");
    if (published != null) {
      assertThat(posted().metadata()).containsEntry("key", published);
    }
  }

  @Test
  void anUpdateIsPublishedAsItIsApartFromTheSessionInItsMetadata() {
    AgentStatusUpdate update = AgentStatusUpdate.builder("a", "Another name")
        .status(AgentStatus.COMPLETING)
        .progress(99)
        .message("nearly")
        .metadata("task_id", "t1")
        .build();
    agent.publish(update);
    Map<String, Object> metadata = new HashMap<>(posted().metadata());
    assertThat(metadata.keySet())
        .containsExactlyInAnyOrder("task_id", "session_id", "session_query", "session_status");
    metadata.keySet().removeIf(key -> key.startsWith("session_"));
    assertThat(new AgentStatusUpdate(
            posted().agentId(),
            posted().agentName(),
            posted().status(),
            posted().statusText(),
            posted().progress(),
            posted().message(),
            posted().timestamp(),
            metadata))
        .isEqualTo(update);
  }

  @Test
  void anUpdateWhoseStatusAndTextDifferIsPublishedWithItsStatus() {
    agent.publish(new AgentStatusUpdate(
        "a", "A", AgentStatus.PROCESSING, "thinking", 1, "m", null, Map.of()));
    assertThat(posted().statusText()).isEqualTo("PROCESSING");
  }

  private static void refuses(ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call);
  }
}
