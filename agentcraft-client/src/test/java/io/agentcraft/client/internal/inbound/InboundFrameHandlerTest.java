package io.agentcraft.client.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ListenerException;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FakeSocket;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.listener.ServerMessageListener;
import io.agentcraft.client.listener.Subscription;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.ManualScheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a frame from the reader to the listeners. */
class InboundFrameHandlerTest {

  private static final String PING = "{\"type\":\"ping\",\"timestamp\":1.5}";
  private static final String STATUS = "{\"type\":\"agent_status\",\"agent_id\":\"a\"}";

  private final ManualScheduler scheduler = ManualScheduler.inline();
  private final MessageDispatcher delivery = new MessageDispatcher(
      new CallbackBuffer(
          Runnable::run, ManualScheduler.inline(), 8, OverflowStrategy.BLOCK, Instrumentation.NONE),
      MessageCodec.create(),
      Instrumentation.NONE,
      () -> 0);
  private final List<String> did = new ArrayList<>();
  private final List<AgentCraftException> errors = new ArrayList<>();
  private final Connection link =
      FakeSocket.connection(new PongSocket(), scheduler, event -> did.add("first"));
  private final InboundFrameHandler inbound = handler(delivery);
  private String awaited = "";

  @Test
  void aPingIsAnsweredBeforeAnyListenerHearsOfIt() {
    delivery.listeners().add(List.of("ping"), message -> did.add("listener"));
    inbound.text(PING);

    assertThat(did).containsExactly("first", "pong", "listener");
  }

  @Test
  void aPingThatNobodyListensToIsAnsweredAllTheSame() {
    inbound.text(PING);
    inbound.text(PING);

    assertThat(did).containsExactly("first", "pong", "pong");
  }

  @Test
  void whatNobodyWantsIsNotParsed() {
    // Broken after its type: parsing it would be an error.
    inbound.text("{\"type\":\"agent_status\",\"agent_id\":tru");
    assertThat(errors).isEmpty();

    delivery.listeners().addForErrors(errors::add);
    delivery.listeners().add(List.of("agent_status"), message -> did.add("listener"));
    inbound.text("{\"type\":\"agent_status\",\"agent_id\":tru");
    assertThat(errors).hasOnlyElementsOfType(MalformedMessageException.class).hasSize(1);
  }

  @Test
  void theReaderDecodesOnlyWhatMayBeAnAnswer() {
    List<Runnable> turns = new ArrayList<>();
    MessageDispatcher later = new MessageDispatcher(
        new CallbackBuffer(turns::add, scheduler, 8, OverflowStrategy.BLOCK, Instrumentation.NONE),
        MessageCodec.create(),
        Instrumentation.NONE,
        () -> 0);
    later.listeners().addForErrors(errors::add);
    later.listeners().addForEverything(message -> did.add("listener"));
    InboundFrameHandler reader = handler(later);
    String broken = "{\"type\":\"agent_status\"}";
    reader.text(broken);
    assertThat(later.malformedFrames()).as("not looked at yet").isZero();

    awaited = "agent_status";
    reader.text(STATUS);
    assertThat(did).containsExactly("first", "answer");
    reader.text(broken);
    assertThat(later.malformedFrames()).isEqualTo(1);
    assertThat(errors).isEmpty();

    turns.remove(0).run();
    assertThat(did).containsExactly("first", "answer", "listener");
    assertThat(errors).hasSize(2);
    assertThat(later.malformedFrames()).isEqualTo(2);
  }

  @Test
  void aFrameWhoseListenersLeftWhileItWaitedIsNotDecoded() {
    List<Runnable> turns = new ArrayList<>();
    MessageDispatcher later = new MessageDispatcher(
        new CallbackBuffer(turns::add, scheduler, 8, OverflowStrategy.BLOCK, Instrumentation.NONE),
        MessageCodec.create(),
        Instrumentation.NONE,
        () -> 0);
    Subscription subscription =
        later.listeners().add(List.of("agent_status"), message -> did.add("listener"));
    handler(later).text("{\"type\":\"agent_status\"}");
    subscription.close();
    turns.remove(0).run();

    assertThat(did).containsExactly("first");
    assertThat(later.malformedFrames()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "[]", "7", "null", "{}", "{\"type\":7}", "{\"type\":null}"})
  void whatIsNoMessageIsReportedAndSkipped(String text) {
    delivery.listeners().addForErrors(errors::add);
    inbound.text(text);
    inbound.text(PING);

    assertThat(errors).singleElement().isInstanceOf(MalformedMessageException.class);
    assertThat(did).contains("pong");
  }

  @Test
  void theRawTextOfAnErrorIsCut() {
    delivery.listeners().addForErrors(errors::add);
    inbound.text("x".repeat(100_000));
    inbound.binary(100_000);

    assertThat(errors)
        .hasSize(2)
        .allSatisfy(error -> assertThat(((MalformedMessageException) error).rawText())
            .hasSizeLessThanOrEqualTo(512));
    assertThat(errors.get(1)).hasMessageContaining("binary").hasMessageContaining("100000 bytes");
  }

  @Test
  void aListenerThatThrowsIsReportedAndTouchesNoOther() {
    delivery.listeners().addForErrors(error -> {
      throw new IllegalStateException("the error listener too");
    });
    delivery.listeners().addForErrors(errors::add);
    delivery.listeners().addForEverything(message -> {
      throw new AssertionError("broken listener");
    });
    delivery.listeners().add(List.of("agent_status"), message -> did.add("other"));
    inbound.text(STATUS);

    assertThat(did).contains("other");
    assertThat(errors).singleElement().isInstanceOf(ListenerException.class);
  }

  @Test
  void theSameListenerTwiceIsToldTwiceAndEachSubscriptionEndsOne() {
    Listening listening = new Listening();
    Subscription one = delivery.listeners().add(List.of("agent_status"), listening);
    Subscription two = delivery.listeners().add(List.of("agent_status"), listening);
    inbound.text(STATUS);
    assertThat(listening.count).isEqualTo(2);

    one.close();
    one.close();
    inbound.text(STATUS);
    assertThat(listening.count).isEqualTo(3);
    two.close();
    assertThat(delivery.listeners().wants("agent_status")).isFalse();
  }

  @Test
  void listenersMayComeAndGoWhileOneIsTold() {
    List<Subscription> subscriptions = new ArrayList<>();
    subscriptions.add(delivery.listeners().add(List.of("agent_status"), message -> {
      did.add("once");
      subscriptions.get(0).close();
      delivery.listeners().add(List.of("agent_status"), next -> did.add("added"));
    }));
    inbound.text(STATUS);
    inbound.text(STATUS);

    assertThat(did).containsExactly("first", "once", "added");
  }

  @Test
  void aTypeThatNobodyKnowsReachesThoseWhoAskedForUnknownOnes() {
    delivery.listeners().addForUnknown(message -> did.add(message.type()));
    inbound.text("{\"type\":\"brand_new\",\"x\":1}");
    inbound.text(STATUS);

    assertThat(did).containsExactly("first", "brand_new");
    assertThat(delivery.listeners().wants("agent_status")).isFalse();
  }

  private static final class Listening implements ServerMessageListener {

    private int count;

    @Override
    public void onMessage(ServerMessage message) {
      count++;
    }
  }

  private InboundFrameHandler handler(MessageDispatcher dispatcher) {
    return new InboundFrameHandler(
        link,
        new EventLoop(scheduler),
        MessageCodec.create(),
        dispatcher,
        new FrameRateLimiter(60, Instrumentation.NONE),
        List.of(new Matcher()));
  }

  private final class PongSocket extends FakeSocket {

    @Override
    public boolean send(String text) {
      assertThat(text).isEqualTo("{\"type\":\"pong\"}");
      did.add("pong");
      return super.send(text);
    }
  }

  private final class Matcher implements InboundFrameHandler.ReplyMatcher {

    @Override
    public boolean awaits(String type) {
      return type.equals(awaited);
    }

    @Override
    public boolean accept(ServerMessage message) {
      did.add("answer");
      return false;
    }
  }
}
