package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.connection.TokenProvider;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.internal.connection.Endpoints.Endpoint;
import io.agentcraft.client.internal.transport.Transport;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A loop on a manual clock and fake sockets, and a follower that records what it is notified of. */
final class LoopFixture implements ConnectionFollower {

  final ManualScheduler scheduler;
  final FakeTransport transport = new FakeTransport();
  final List<String> heard = new ArrayList<>();
  final List<ConnectionState> states = new ArrayList<>();
  final List<String> frames = new ArrayList<>();
  final List<AgentCraftException> errors = new ArrayList<>();
  final ManualScheduler fallback = ManualScheduler.inline();
  final EventLoop eventLoop;
  final ConnectionLoop loop;

  @Nullable
  Connection up;

  boolean observerThrows;

  LoopFixture() {
    this(null);
  }

  LoopFixture(@Nullable TokenProvider tokens) {
    this(tokens, ManualScheduler.inline());
  }

  LoopFixture(@Nullable TokenProvider tokens, ManualScheduler scheduler) {
    this(tokens, scheduler, scheduler);
  }

  /** A loop on a scheduler whose clock is the manual one. */
  LoopFixture(@Nullable TokenProvider tokens, Scheduler tasks, ManualScheduler scheduler) {
    this.scheduler = scheduler;
    this.eventLoop = new EventLoop(tasks, fallback, new LoopWatch(look -> {}, List.of()));
    this.loop = loop(
        eventLoop,
        transport,
        tokens,
        RecordedFrames::new,
        () -> heard.add("probe"),
        this::onState,
        List.of(this));
  }

  static ConnectionLoop loop(
      EventLoop eventLoop,
      Transport transport,
      @Nullable TokenProvider tokens,
      Function<Connection, Connection.FrameHandler> handlers,
      Runnable probe,
      BiConsumer<ConnectionState, Endpoint> onState,
      List<ConnectionFollower> followers) {
    ConnectionLoop.Settings settings = new ConnectionLoop.Settings(
        Endpoints.of(List.of(new Endpoint("ws://host/path", ""))),
        ExponentialBackoff.defaults(),
        Duration.ofSeconds(15),
        Duration.ofSeconds(5),
        Duration.ofSeconds(6),
        Duration.ofSeconds(45),
        tokens != null);
    Handshakes handshakes =
        new Handshakes(transport, eventLoop, null, Map.of("X-Own", "1"), tokens, Runnable::run);
    ConnectionLoop loop = new ConnectionLoop(
        eventLoop, settings, handshakes, Instrumentation.NONE, handlers, probe, onState);
    loop.follow(followers);
    return loop;
  }

  /** Connects, and opens the first socket. */
  FakeTransport.Opened connected() {
    scheduler.execute(loop::connect);
    transport.newest().opens();
    return transport.newest();
  }

  private void onState(ConnectionState state, Endpoint endpoint) {
    states.add(state);
    heard.add(state.status() + (state.attempt() == 0 ? "" : " " + state.attempt()));
    if (observerThrows) {
      throw new IllegalStateException("a bug of ours");
    }
  }

  @Override
  public void onUp(Connection connection) {
    up = connection;
    heard.add("up");
  }

  @Override
  public void onDown() {
    heard.add("down");
  }

  @Override
  public void onGaveUp(AgentCraftException error) {
    heard.add("gave up");
    errors.add(error);
  }

  @Override
  public void onClosed(AgentCraftException error) {
    heard.add("closed");
    errors.add(error);
  }

  /** Ignores frames. */
  static final class NoFrames implements Connection.FrameHandler {

    @Override
    public void text(String text) {}

    @Override
    public void binary(int size) {}

    @Override
    public void leftOut(long bytes) {}
  }

  private final class RecordedFrames implements Connection.FrameHandler {

    private final Connection connection;

    RecordedFrames(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void text(String text) {
      frames.add(text);
      connection.messageReceived();
    }

    @Override
    public void binary(int size) {
      frames.add(size + " bytes");
    }

    @Override
    public void leftOut(long bytes) {
      frames.add(bytes + " bytes left out");
    }
  }
}
