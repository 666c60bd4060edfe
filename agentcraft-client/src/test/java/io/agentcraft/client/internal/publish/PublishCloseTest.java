package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Bench.fate;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishCloseTest {

  private final Bench bench = new Bench(PublishTransport.AUTO);

  private CompletableFuture<PublishReceipt> publish(String message) {
    return bench.agent("a").completed(message);
  }

  @ParameterizedTest
  @EnumSource(PublishTransport.class)
  void withNothingToWaitForItIsOverAtOnce(PublishTransport path) {
    Bench idle = new Bench(path);
    idle.close();
    assertThat(idle.closes).isEqualTo(1);
    assertThat(idle.time.pendingTimers()).isZero();
    assertThat(fate(idle.agent("a").completed("late"))).isEqualTo("ClientClosedException");
    assertThat(idle.connects).isZero();
  }

  @Test
  void waitsForARelay() {
    bench.up();
    CompletableFuture<PublishReceipt> last = publish("end");
    bench.close();
    assertThat(bench.closes).isZero();
    bench.relay(0);
    assertThat(fate(last)).isEqualTo("WEBSOCKET");
    assertThat(bench.closes).isEqualTo(1);
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void aProbeHasHalfOfTheGraceAndHttpTheOther() {
    bench.up();
    CompletableFuture<PublishReceipt> last = publish("end");
    bench.close();
    bench.seconds(0.999);
    assertThat(bench.http.posts).isEmpty();
    bench.seconds(0.001);
    assertThat(bench.posted()).containsExactly("a:end");
    bench.http.deliver();
    assertThat(fate(last)).isEqualTo("HTTP");
    assertThat(bench.closes).isEqualTo(1);
  }

  @Test
  void withoutAConnectionHttpHasHalfOfTheGraceToo() {
    CompletableFuture<PublishReceipt> last = publish("end");
    bench.close();
    bench.seconds(1);
    bench.http.deliver();
    assertThat(fate(last)).isEqualTo("HTTP");
    assertThat(bench.closes).isEqualTo(1);
  }

  @Test
  void aConnectionThatComesInTimeIsUsed() {
    CompletableFuture<PublishReceipt> last = publish("end");
    bench.close();
    bench.seconds(0.5);
    bench.up();
    bench.relay(0);
    assertThat(fate(last)).isEqualTo("WEBSOCKET");
    assertThat(bench.closes).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(PublishTransport.class)
  void afterTheGraceAllThatIsLeftFails(PublishTransport path) {
    Bench slow = new Bench(path);
    slow.up();
    CompletableFuture<PublishReceipt> sent = slow.agent("a").completed("end");
    CompletableFuture<PublishReceipt> waiting = slow.agent("a").processing(1, "more");
    slow.close();
    slow.seconds(1.999);
    assertThat(slow.closes).isZero();
    slow.seconds(0.001);
    assertThat(slow.closes).isEqualTo(1);
    assertThat(fate(sent)).isEqualTo("ClientClosedException");
    assertThat(fate(waiting)).isEqualTo("ClientClosedException");
    assertThat(slow.time.pendingTimers()).isZero();

    // What comes now comes too late, and does no harm.
    while (slow.http.underWay() > 0) {
      slow.http.deliver();
    }
    slow.down();
    assertThat(slow.closes).isEqualTo(1);
    assertThat(slow.time.pendingTimers()).isZero();
  }

  @Test
  void anOutageByHttpIsWaitedForOnlyAsLongAsTheGrace() {
    Bench http = new Bench(PublishTransport.HTTP);
    CompletableFuture<PublishReceipt> last = http.agent("a").completed("end");
    http.http.answer(FakeBroadcasts.broken());
    http.close();
    http.seconds(2);
    assertThat(fate(last)).isEqualTo("ClientClosedException");
    assertThat(http.closes).isEqualTo(1);
  }

  @Test
  void withoutAGraceWhatIsLeftFailsAtOnce() {
    CompletableFuture<PublishReceipt> last = publish("end");
    bench.engine.close(Duration.ZERO, () -> bench.closes++);
    assertThat(fate(last)).isEqualTo("ClientClosedException");
    assertThat(bench.closes).isEqualTo(1);
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void givingUpEndsTheGrace() {
    Bench socket = new Bench(PublishTransport.WEBSOCKET);
    CompletableFuture<PublishReceipt> last = socket.agent("a").completed("end");
    socket.close();
    socket.engine.onGaveUp(new NotConnectedException("gave up"));
    assertThat(fate(last)).isEqualTo("NotConnectedException");
    assertThat(socket.closes).isEqualTo(1);
  }

  @Test
  void replacedUpdatesDoNotWaitForATaskThatDoesNotRun() {
    List<CompletableFuture<PublishReceipt>> replaced = new ArrayList<>();
    bench.up();
    var unused = publish("end").thenRun(() -> {
      bench.completionExecutor = task -> {};
      // The loop is busy, so the second one replaces the first.
      replaced.add(bench.agent("b").processing(1, "one"));
      replaced.add(bench.agent("b").processing(2, "two"));
    });
    bench.time.execute(() -> bench.relay(0));
    assertThat(replaced).hasSize(2).noneMatch(CompletableFuture::isDone);
    bench.completionExecutor = Runnable::run;
    bench.close();
    bench.seconds(2);
    assertThat(fate(replaced.get(0))).isEqualTo("superseded");
    assertThat(fate(replaced.get(1))).isEqualTo("ClientClosedException");
  }
}
