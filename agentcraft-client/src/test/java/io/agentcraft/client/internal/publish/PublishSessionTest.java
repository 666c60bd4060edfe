package io.agentcraft.client.internal.publish;

import static io.agentcraft.client.internal.publish.Bench.fate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.client.publish.SessionPublisher;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A session, told as events of the deployed form. */
class PublishSessionTest {

  private final Bench bench = Bench.in(PublishForm.SESSION_EVENTS, PublishTransport.HTTP);
  private final SessionPublisher session = bench.publishers.session("s1", "Why?");
  private final AgentTask a = session.agent("a", "A");
  private final AgentTask b = session.agent("b", "B");

  @Test
  void itsStoryIsToldInOrder() {
    a.step("one");
    bench.http.deliverAll();
    session.phase("writing");
    bench.http.deliverAll();
    b.thinking("two");
    bench.http.deliverAll();
    bench.seconds(1);
    session.output("thought", "three", "A");
    bench.http.deliverAll();
    a.complete("done");
    bench.http.deliverAll();
    CompletableFuture<PublishReceipt> end = session.complete("result");
    bench.http.deliverAll();
    assertThat(bench.posted())
        .containsExactly(
            "started [A, B]",
            "A PROCESSING one",
            "phase writing",
            "B ANALYZING two",
            "thought three",
            "A FINISHED done",
            // It was still at work.
            "B FINISHED two",
            "completed result",
            "complete result");
    assertThat(fate(end)).isEqualTo("HTTP");
    assertThat(bench.connects).isZero();
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void anUpdateIsPublishedAsItIs() {
    CompletableFuture<PublishReceipt> one =
        session.publish(update("c", "C", "analyzing", 40, "one"));
    bench.http.deliverAll();
    bench.seconds(1);
    session.publish(update("c", "C", "processing", Double.NaN, "two"));
    bench.http.deliverAll();
    CompletableFuture<PublishReceipt> end = session.publish(update("c", "C", "error", 140, "full"));
    bench.http.deliverAll();
    assertThat(session.agent("c", "C").step("late")).isSameAs(end);
    assertThat(session.publish(update("c", "C", "processing", 1, "late"))).isSameAs(end);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.publish(update("", "C", "processing", 1, "")))
        .withMessageContaining("Give each agent an id");
    session.complete("result");
    bench.http.deliverAll();
    assertThat(session.publish(update("d", "D", "idle", 0, ""))).isNotNull();
    bench.http.deliverAll();
    assertThat(bench.posted())
        .containsExactly(
            "started [A, B, C]",
            "C ANALYZING one",
            "C PROCESSING two",
            "C ERROR full",
            "completed result",
            "complete result");
    assertThat(List.of(fate(one), fate(end))).containsExactly("HTTP", "HTTP");
  }

  private static AgentStatusUpdate update(
      String id, String name, String status, double progress, String message) {
    return new AgentStatusUpdate(
        id,
        name,
        AgentStatus.fromWire(status),
        status,
        progress,
        message,
        WireTime.iso(Instant.EPOCH),
        Map.of());
  }

  @Test
  void aSessionHasOnePostAtATimeAndAnotherOneHasItsOwn() {
    a.step("one");
    b.step("two");
    bench.publishers.session("s2", "Another").agent("C").step("three");
    assertThat(bench.posted()).containsExactly("started [A, B]", "started [C]");
    bench.http.deliver();
    assertThat(bench.posted()).endsWith("A PROCESSING one").hasSize(3);
    bench.http.deliverAll();
    assertThat(bench.posted())
        .containsExactly(
            "started [A, B]",
            "started [C]",
            "A PROCESSING one",
            "C PROCESSING three",
            "B PROCESSING two");
  }

  @Test
  void whileAnUpdateWaitsTheNewestOfItsAgentReplacesIt() {
    CompletableFuture<PublishReceipt> one = a.step("one");
    CompletableFuture<PublishReceipt> two = a.step("two");
    CompletableFuture<PublishReceipt> three = a.step("three");
    CompletableFuture<PublishReceipt> other = b.step("other");
    bench.http.deliverAll();
    bench.seconds(1);
    bench.http.deliverAll();
    // The first one is told as it was when it was sent.
    assertThat(bench.posted())
        .containsExactly(
            "started [A, B]", "A PROCESSING one", "B PROCESSING other", "A PROCESSING three");
    assertThat(List.of(fate(one), fate(two), fate(three), fate(other)))
        .containsExactly("HTTP", "superseded", "HTTP", "HTTP");
  }

  @Test
  void theEndComesLastAndNothingFollowsIt() {
    a.step("one");
    b.step("two");
    a.complete("done");
    CompletableFuture<PublishReceipt> end = session.complete("result");
    assertThat(a.step("late")).isNotNull();
    assertThat(b.step("late")).isSameAs(end);
    assertThat(session.phase("late")).isSameAs(end);
    assertThat(session.output("late")).isSameAs(end);
    assertThat(session.fail(new IOException())).isSameAs(end);
    session.close();
    bench.http.deliverAll();
    bench.seconds(1);
    bench.http.deliverAll();
    assertThat(bench.posted())
        .containsExactly(
            "started [A, B]",
            "A PROCESSING one",
            "A FINISHED done",
            "B FINISHED two",
            "completed result",
            "complete result");
    assertThat(fate(end)).isEqualTo("HTTP");
  }

  @Test
  void anAgentThatComesAfterTheEndIsNotToldOf() {
    CompletableFuture<PublishReceipt> end = session.complete("result");
    AgentTask late = session.agent("c", "C");
    assertThat(late.step("late")).isSameAs(end);
    assertThat(late.handOff("A", "late")).isSameAs(end);
    assertThat(late.output("late")).isSameAs(end);
    assertThat(late.cancel("late")).isSameAs(end);
    late.close();
    bench.http.deliverAll();
    assertThat(bench.posted())
        .containsExactly("started [A, B]", "completed result", "complete result");
  }

  @Test
  void anAgentsEndIsItsOwn() {
    CompletableFuture<PublishReceipt> end = a.complete("done");
    assertThat(a.step("late")).isSameAs(end);
    assertThat(a.output("late")).isSameAs(end);
    assertThat(a.fail(new IOException())).isSameAs(end);
    a.close();
    bench.http.deliverAll();
    b.fail(new IOException("disk full"));
    bench.http.deliverAll();
    session.cancel("enough");
    bench.http.deliverAll();
    assertThat(bench.posted())
        .containsExactly(
            "started [A, B]",
            "A FINISHED done",
            "B ERROR disk full",
            "completed Cancelled: enough",
            "complete Cancelled: enough");
  }

  @Test
  void aFailureIsToldOfAllWhoWereAtWork() {
    a.step("one");
    bench.http.deliverAll();
    session.fail(new IOException("disk full"));
    bench.http.deliverAll();
    assertThat(bench.posted())
        .containsExactly("started [A, B]", "A PROCESSING one", "A ERROR one", "error disk full");
  }

  @Test
  void aSessionThatIsClosedHasFailedAndOneThatIsCancelledHasNot() {
    session.close();
    bench.publishers.session("s2", "Another").fail(new CancellationException("enough"));
    bench.http.deliverAll();
    assertThat(bench.posted())
        .contains(
            "error \"Why?\" was ended before it was completed",
            "completed Cancelled: enough",
            "complete Cancelled: enough");
  }

  @Test
  void ofOutputsThatReplaceEachOtherNoneIsLost() {
    a.step("one");
    CompletableFuture<PublishReceipt> first = session.output("one");
    session.output("two");
    session.phase("writing");
    session.output("three");
    bench.http.deliverAll();
    bench.seconds(1);
    bench.http.deliverAll();
    assertThat(fate(first)).isEqualTo("superseded");
    assertThat(bench.posted())
        .containsExactly(
            "started [A, B]",
            "A PROCESSING one",
            "phase writing",
            "output one",
            "output two",
            "output three");
  }

  @Test
  void whatAFailedPostWouldHaveToldIsToldByTheNext() {
    CompletableFuture<PublishReceipt> one = session.output("one");
    bench.http.deliver();
    bench.http.answer(FakeBroadcasts.broken());
    CompletableFuture<PublishReceipt> two = session.output("two");
    bench.seconds(2);
    bench.http.deliverAll();
    assertThat(bench.posted())
        .containsExactly(
            "started [A, B]", "output one", "started [A, B]", "output one", "output two");
    assertThat(List.of(fate(one), fate(two))).containsExactly("superseded", "HTTP");
  }

  @Test
  void anAgentAloneIsASessionOfItsOwn() {
    AgentPublisher alone = bench.publishers.agent("x", "X");
    AgentTask one = alone.task("one");
    AgentTask two = alone.task("two");
    bench.http.deliverAll();
    two.fail(new IOException("disk full"));
    bench.http.deliverAll();
    bench.seconds(1);
    one.output("found");
    bench.http.deliverAll();
    one.complete("ok");
    bench.http.deliverAll();
    assertThat(bench.posted())
        .containsExactly(
            "started [X]",
            "started [X]",
            "X PROCESSING one",
            "X PROCESSING two",
            "X ERROR disk full",
            "error disk full",
            "output found",
            "X PROCESSING one",
            "X FINISHED ok",
            "completed ok",
            "complete ok");
  }

  @Test
  void theMethodsForStatusesWorkOnARunThatBeginsAndEndsWithThem() {
    AgentPublisher alone = bench.publishers.agent("x", "X");
    alone.idle();
    bench.http.deliverAll();
    alone.processing(40, "one");
    bench.http.deliverAll();
    bench.seconds(1);
    bench.publishers.agent("x", "X").analyzing("two");
    bench.http.deliverAll();
    bench.seconds(1);
    alone.idle();
    bench.http.deliverAll();
    alone.completed("done");
    bench.http.deliverAll();
    alone.error("disk full");
    bench.http.deliverAll();
    assertThat(bench.posted())
        .containsExactly(
            "x:",
            "started [X]",
            "X PROCESSING one",
            "X ANALYZING two",
            "X IDLE ",
            "X FINISHED done",
            "completed done",
            "complete done",
            "started [X]",
            "X ERROR disk full",
            "error disk full");
  }

  @Test
  void aHandOffGoesBeforeItsStatus() {
    a.handOff("B", "read all");
    bench.http.deliverAll();
    assertThat(bench.posted())
        .containsExactly("started [A, B]", "handoff", "A COLLABORATING Hands off to B: read all");
  }

  @Test
  void noEndOfALargeCrewIsLost() {
    List<AgentTask> crew =
        IntStream.range(0, 120).mapToObj(i -> session.agent("agent " + i)).toList();
    List<CompletableFuture<PublishReceipt>> ends =
        crew.stream().map(agent -> agent.complete("done")).toList();
    CompletableFuture<PublishReceipt> end = session.complete("all done");
    bench.close();
    bench.http.deliverAll();
    assertThat(ends).allMatch(each -> fate(each).equals("HTTP"));
    assertThat(fate(end)).isEqualTo("HTTP");
    assertThat(bench.posted()).endsWith("completed all done", "complete all done");
    assertThat(bench.closes).isEqualTo(1);
  }
}
