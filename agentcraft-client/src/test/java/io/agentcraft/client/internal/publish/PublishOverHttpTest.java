package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Bench.fate;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishOverHttpTest {

  private Bench bench = new Bench(PublishTransport.HTTP);
  private AgentPublisher agent = bench.agent("a");

  @Test
  void postsAtOnceAndConnectsNothing() {
    CompletableFuture<PublishReceipt> receipt = agent.processing(1, "one");
    assertThat(bench.posted()).containsExactly("a:one");
    bench.http.deliver();
    assertThat(fate(receipt)).isEqualTo("HTTP");
    assertThat(bench.connects).isZero();
    assertThat(bench.engine.awaits("agent_status")).isFalse();
  }

  @Test
  void postsOneAtATimeOfEachAgentAndTheNewestAfterIt() {
    CompletableFuture<PublishReceipt> one = agent.processing(1, "one");
    CompletableFuture<PublishReceipt> two = agent.processing(2, "two");
    agent.processing(3, "three");
    bench.seconds(10);
    assertThat(bench.posted()).containsExactly("a:one");
    bench.http.deliver();
    assertThat(bench.posted()).containsExactly("a:one", "a:three");
    assertThat(fate(one)).isEqualTo("HTTP");
    assertThat(fate(two)).isEqualTo("superseded");
  }

  @Test
  void restsBetweenTwoUpdatesOfAnAgentButNotBeforeAFinalOne() {
    agent.processing(1, "one");
    bench.http.deliver();
    agent.processing(2, "two");
    bench.seconds(0.099);
    assertThat(bench.posted()).containsExactly("a:one");
    agent.completed("end");
    assertThat(bench.posted()).containsExactly("a:one", "a:end");
  }

  @Test
  void postsAFewAtATimeFinalsFirst() {
    for (String id : List.of("a", "b", "c", "d", "e", "f")) {
      bench.agent(id).processing(1, "step");
    }
    bench.agent("g").completed("end");
    assertThat(bench.http.underWay()).isEqualTo(4);
    bench.http.deliver();
    assertThat(bench.posted()).endsWith("g:end").hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({"429, 7, 7", "503, 7, 7", "503, , 2", "500, 7, 2", "408, , 2", "0, , 2"})
  void aPassingFailureIsTriedAgain(int status, @Nullable Integer retryAfter, double wait) {
    CompletableFuture<PublishReceipt> one = agent.processing(1, "one");
    bench.http.answer(
        status == 0
            ? FakeBroadcasts.broken()
            : FakeBroadcasts.status(
                status, retryAfter == null ? null : Duration.ofSeconds(retryAfter)));
    CompletableFuture<PublishReceipt> two = agent.processing(2, "two");
    assertThat(fate(one)).isEqualTo("superseded");
    bench.seconds(wait - 0.001);
    assertThat(bench.http.posts).hasSize(1);
    bench.seconds(0.001);
    assertThat(bench.posted()).containsExactly("a:one", "a:two");
    bench.http.deliver();
    assertThat(fate(two)).isEqualTo("HTTP");
  }

  @Test
  void afterAllAttemptsWhatWaitsFailsAndALaterUpdateTriesAnew() {
    CompletableFuture<PublishReceipt> last = agent.completed("end");
    CompletableFuture<PublishReceipt> other = bench.agent("b").completed("end");
    bench.http.answer(FakeBroadcasts.broken());
    bench.http.answer(FakeBroadcasts.broken());
    for (int seconds : new int[] {2, 4, 8, 16}) {
      bench.seconds(seconds);
      bench.http.answer(FakeBroadcasts.broken());
      bench.http.answer(FakeBroadcasts.broken());
    }
    assertThat(fate(last)).isEqualTo("open");
    bench.seconds(30);
    CompletableFuture<PublishReceipt> waiting = agent.processing(1, "waits");
    bench.http.answer(FakeBroadcasts.broken());
    bench.http.answer(FakeBroadcasts.broken());
    assertThat(fate(last)).isEqualTo("PublishFailedException");
    assertThat(fate(other)).isEqualTo("PublishFailedException");
    assertThat(fate(waiting)).isEqualTo("PublishFailedException");
    assertThat(bench.time.pendingTimers()).isZero();

    CompletableFuture<PublishReceipt> later = agent.completed("later");
    bench.http.answer(FakeBroadcasts.broken());
    bench.seconds(2);
    bench.http.deliver();
    assertThat(fate(later)).isEqualTo("HTTP");
  }

  @Test
  void aProvidersTokenIsRenewedOnceAfterEach401() {
    bench = new Bench(PublishTransport.HTTP, 60, true);
    agent = bench.agent("a");
    CompletableFuture<PublishReceipt> one = agent.completed("one");
    bench.http.answer(FakeBroadcasts.broken());
    bench.seconds(2);
    bench.http.answer(FakeBroadcasts.status(401, null));
    bench.seconds(4);
    bench.http.deliver();
    assertThat(fate(one)).isEqualTo("HTTP");

    CompletableFuture<PublishReceipt> two = agent.completed("two");
    bench.http.answer(FakeBroadcasts.status(401, null));
    bench.seconds(2);
    bench.http.answer(FakeBroadcasts.status(401, null));
    assertThat(fate(two)).isEqualTo("PublishFailedException");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405})
  void whatWillNotPassFailsAllThatWaits(int status) {
    CompletableFuture<PublishReceipt> one = agent.completed("one");
    CompletableFuture<PublishReceipt> two = agent.completed("two");
    bench.http.answer(FakeBroadcasts.status(status, null));
    assertThat(fate(one)).isEqualTo("PublishFailedException");
    assertThat(fate(two)).isEqualTo("PublishFailedException");
    assertThat(bench.http.underWay()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void anUpdateThatTheServerDoesNotLikeFailsAlone(int status) {
    CompletableFuture<PublishReceipt> odd = agent.completed("odd");
    bench.http.answer(FakeBroadcasts.broken());
    bench.seconds(2);
    CompletableFuture<PublishReceipt> fine = agent.completed("fine");
    bench.http.answer(FakeBroadcasts.status(status, null));
    bench.http.deliver();
    assertThat(fate(odd)).isEqualTo("PublishFailedException");
    assertThat(fate(fine)).isEqualTo("HTTP");
  }

  @Test
  void successFalseIsAFailure() {
    CompletableFuture<PublishReceipt> refused = agent.completed("one");
    CompletableFuture<PublishReceipt> next = agent.completed("two");
    bench.http.answer(new Broadcasts.Result.Refused("the server answered success: false"));
    bench.http.deliver();
    assertThat(fate(refused)).isEqualTo("PublishFailedException");
    assertThat(fate(next)).isEqualTo("HTTP");
  }

  @Test
  void aHandOffGoesBeforeItsStatusAndBothOrNeitherAreDelivered() {
    List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();
    var task = agent.task("work");
    bench.http.deliver();
    receipts.add(task.handOff("Writer", "done reading"));
    assertThat(bench.posted()).containsExactly("a:work", "handoff");
    bench.http.answer(FakeBroadcasts.broken());
    bench.seconds(2);
    bench.http.deliver();
    assertThat(fate(receipts.get(0))).isEqualTo("open");
    assertThat(bench.posted())
        .containsExactly("a:work", "handoff", "handoff", "a:Hands off to Writer: done reading");
    bench.http.deliver();
    assertThat(fate(receipts.get(0))).isEqualTo("HTTP");
  }
}
