package io.agentcraft.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final ManualScheduler scheduler = ManualScheduler.inline();
  private final FakeSocket socket = new FakeSocket();
  private final List<String> sent = new ArrayList<>();
  private final List<Exception> failed = new ArrayList<>();
  private final Outbox outbox = outbox();

  @Test
  void framesGoInOrderAndWaitForTheBudget() {
    open();
    IntStream.range(0, 100).forEach(i -> offer("frame " + i));
    assertThat(socket.sent).hasSize(51);

    scheduler.advance(Duration.ofSeconds(64));
    assertThat(socket.sent).hasSize(51);
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(socket.sent)
        .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "frame " + i).toList())
        .isEqualTo(sent);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void whatMustNotWaitGoesPastAllThatDoes() {
    open();
    IntStream.range(0, 100).forEach(i -> offer("frame " + i));
    outbox.sendNow("probe");

    assertThat(socket.sent).hasSize(52).endsWith("probe");
  }

  @Test
  void withoutAConnectionAFrameFailsAtOnce() {
    offer("frame");
    outbox.sendNow("probe");

    assertThat(failed).singleElement().isInstanceOf(NotConnectedException.class);
    assertThat(sent).isEmpty();
  }

  @Test
  void whatWaitsWhenTheConnectionIsLostFailsAndIsNotSentOnTheNext() {
    open();
    IntStream.range(0, 60).forEach(i -> offer("frame " + i));
    outbox.onDown();
    assertThat(failed).hasSize(9).hasOnlyElementsOfType(NotConnectedException.class);

    open();
    scheduler.advance(Duration.ofMinutes(5));

    assertThat(socket.sent).hasSize(51);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void whatWaitsWhenTheClientClosesSaysThatThereIsNoAgain() {
    open();
    IntStream.range(0, 60).forEach(i -> offer("frame " + i));
    outbox.close();
    outbox.onDown();

    assertThat(failed).hasSize(9).hasOnlyElementsOfType(ClientClosedException.class);
    assertThat(scheduler.pendingTimers()).isZero();
  }

  @Test
  void tooManyThatWaitAndTooMuchForTheNetworkAreRejected() {
    open();
    IntStream.range(0, 51 + 1_024).forEach(i -> offer("frame"));
    assertThat(failed).isEmpty();
    offer("one too many");
    assertThat(failed).singleElement().isInstanceOf(SendRejectedException.class);

    failed.clear();
    Outbox other = outbox();
    socket.queued = 16L << 20;
    other.onUp(connection());
    other.offer(new Outbox.Frame("x", () -> sent.add("x"), failed::add));
    assertThat(failed).singleElement().isInstanceOf(SendRejectedException.class);
  }

  @Test
  void aFrameThatOnlyFitsInUtf8IsMeasuredExactly() {
    open();
    offer("a".repeat(16 << 20));
    assertThat(sent).hasSize(1);
    offer("ä".repeat((8 << 20) + 1));

    assertThat(failed).singleElement().isInstanceOf(SendRejectedException.class);
  }

  @Test
  void aSocketThatIsClosingTakesNothing() {
    open();
    socket.closing = true;
    offer("frame");

    assertThat(failed).singleElement().isInstanceOf(NotConnectedException.class);
  }

  private void open() {
    outbox.onUp(connection());
  }

  private Outbox outbox() {
    return new Outbox(new EventLoop(scheduler), new FrameRateLimiter(60, Instrumentation.NONE));
  }

  private Connection connection() {
    return FakeSocket.connection(1, socket, scheduler);
  }

  private void offer(String text) {
    outbox.offer(new Outbox.Frame(text, () -> sent.add(text), failed::add));
  }
}
