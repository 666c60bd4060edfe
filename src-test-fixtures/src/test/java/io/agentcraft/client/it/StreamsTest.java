package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.ListenerException;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** Messages as reactive streams, over real sockets. */
class StreamsTest extends IntegrationTest {

  @Test
  void aSubscriberThatRequestsLittleReceivesEverythingInItsOwnTime() {
    ReferenceServer server = server();
    AgentCraftClient client =
        client(server, options -> options.callbackQueue(4, OverflowStrategy.BLOCK));
    ManualSubscriber<AgentCollaboration> slow = new ManualSubscriber<>();
    Recorder<String> listener = new Recorder<>();
    client.stream(AgentCollaboration.class, 2, OverflowStrategy.BLOCK).subscribe(slow);
    client.onAgentCollaboration(message -> listener.add(message.reason()));
    connected(server, client);
    for (int i = 0; i < 50; i++) {
      server.collaboration("Writer", "Reader", "reason " + i);
    }
    for (int i = 0; i < 50; i++) {
      slow.request(1);
      assertThat(slow.items.next().reason()).isEqualTo("reason " + i);
    }
    assertThat(listener.next(50)).last().isEqualTo("reason 49");
    assertThat(client.droppedMessages()).isZero();
    client.close();
    Await.get(slow.completed);
  }

  @Test
  void dropOldestHoldsUpNobody() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    ManualSubscriber<AgentCollaboration> slow = new ManualSubscriber<>();
    Recorder<String> listener = new Recorder<>();
    client.stream(AgentCollaboration.class, 2, OverflowStrategy.DROP_OLDEST).subscribe(slow);
    client.onAgentCollaboration(message -> listener.add(message.reason()));
    connected(server, client);
    for (int i = 0; i < 5; i++) {
      server.collaboration("Writer", "Reader", "reason " + i);
    }
    assertThat(listener.next(5)).last().isEqualTo("reason 4");
    assertThat(client.droppedMessages()).isEqualTo(3);
    slow.request(10);
    assertThat(slow.items.next(2))
        .extracting(AgentCollaboration::reason)
        .containsExactly("reason 3", "reason 4");
  }

  @Test
  void closingEndsAStreamAlsoWhenItsBufferIsFull() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    ManualSubscriber<AgentCollaboration> stuck = new ManualSubscriber<>();
    client.stream(AgentCollaboration.class, 1, OverflowStrategy.BLOCK).subscribe(stuck);
    connected(server, client);
    server.collaboration("Writer", "Reader", "one");
    server.collaboration("Writer", "Reader", "two");
    Await.get(client.getSessionLogs("session_1").handle((logs, error) -> true));
    client.close();
    assertThat(stuck.completed).isNotDone();
    stuck.request(2);
    assertThat(stuck.items.next(2))
        .extracting(AgentCollaboration::reason)
        .containsExactly("one", "two");
    Await.get(stuck.completed);

    ManualSubscriber<ServerMessage> late = new ManualSubscriber<>();
    client.stream(ServerMessage.class).subscribe(late);
    Await.get(late.completed);
  }

  @Test
  void typesAreTheRecordsAllOrTheUnknown() {
    ReferenceServer server = server(WireForm.DEPLOYED);
    AgentCraftClient client = client(server);
    ManualSubscriber<SessionEvent> events = asking(client, SessionEvent.class);
    ManualSubscriber<UnknownMessage> unknown = asking(client, UnknownMessage.class);
    ManualSubscriber<ServerMessage> all = asking(client, ServerMessage.class);
    connected(server, client);
    server.startSession("session_1", "Why?", "Writer");
    server.sendRaw("{\"type\":\"of tomorrow\"}");
    assertThat(events.items.next().sessionId()).isEqualTo("session_1");
    assertThat(unknown.items.next().type()).isEqualTo("of tomorrow");
    assertThat(all.items.next(UnknownMessage.class::isInstance)).isNotNull();
    assertThat(unknown.items.rest()).isEmpty();
  }

  @Test
  void aStreamOutlastsAReconnect() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    ManualSubscriber<AgentCollaboration> stream = asking(client, AgentCollaboration.class);
    connected(server, client);
    var states = states(client);
    cut(server);
    waiting(states);
    clock.advance(seconds(2));
    server.awaitConnections(1);
    server.collaboration("Writer", "Reader", "after");
    assertThat(stream.items.next().reason()).isEqualTo("after");
  }

  @Test
  void aSubscriberThatThrowsIsReportedAndTouchesNoOther() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<Exception> errors = new Recorder<>();
    client.onError(errors::add);
    ManualSubscriber<AgentCollaboration> bad = new ManualSubscriber<>() {
      @Override
      public void onNext(AgentCollaboration item) {
        throw new IllegalStateException("a bug of the subscriber's");
      }
    };
    client.stream(AgentCollaboration.class).subscribe(bad);
    bad.request(10);
    ManualSubscriber<AgentCollaboration> good = asking(client, AgentCollaboration.class);
    connected(server, client);
    server.collaboration("Writer", "Reader", "one");
    server.collaboration("Writer", "Reader", "two");
    good.items.next(2);
    assertThat(errors.next()).isInstanceOf(ListenerException.class);
    assertThat(errors.rest()).isEmpty();
  }

  @Test
  void aBufferHoldsAtLeastOne() {
    AgentCraftClient client = client(server());
    assertThatThrownBy(() -> client.stream(ServerMessage.class, 0, OverflowStrategy.BLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
  }

  private static <M extends ServerMessage> ManualSubscriber<M> asking(
      AgentCraftClient client, Class<M> type) {
    ManualSubscriber<M> asking = new ManualSubscriber<>();
    client.stream(type).subscribe(asking);
    asking.request(Long.MAX_VALUE);
    return asking;
  }

  /** A subscriber that requests items when a test says so. */
  private static class ManualSubscriber<M> implements Flow.Subscriber<M> {

    final Recorder<M> items = new Recorder<>();
    final CompletableFuture<Void> completed = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    void request(long count) {
      subscription.join().request(count);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.complete(given);
    }

    @Override
    public void onNext(M item) {
      items.add(item);
    }

    @Override
    public void onError(Throwable error) {
      completed.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      completed.complete(null);
    }
  }
}
