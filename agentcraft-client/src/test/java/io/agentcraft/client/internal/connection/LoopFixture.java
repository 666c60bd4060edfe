package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.TokenProvider;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.time.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A loop on a manual clock and fake sockets, with all that its observer hears. */
final class LoopFixture implements ConnectionObserver {

  final ManualScheduler scheduler = new ManualScheduler();
  final FakeTransport transport = new FakeTransport();
  final List<String> heard = new ArrayList<>();
  final List<ConnectionState> states = new ArrayList<>();
  final List<String> frames = new ArrayList<>();
  final ConnectionLoop loop;

  @Nullable
  Connection up;

  boolean observerThrows;

  LoopFixture() {
    this(null);
  }

  LoopFixture(@Nullable TokenProvider tokens) {
    LoopSettings settings = new LoopSettings(
        Endpoints.of(List.of(new Endpoint("ws://host/path", ""))),
        ExponentialBackoff.defaults(),
        Duration.ofSeconds(15),
        Duration.ofSeconds(5),
        Duration.ofSeconds(6),
        Duration.ofSeconds(45),
        tokens != null);
    Handshakes handshakes =
        new Handshakes(transport, scheduler, null, Map.of("X-Own", "1"), tokens, Runnable::run);
    loop = new ConnectionLoop(scheduler, settings, handshakes, this, Observers.NONE);
  }

  /** Connects, and opens the first socket. */
  FakeTransport.FakeSocket connected() {
    scheduler.execute(loop::connect);
    transport.newest().opens();
    return transport.newest();
  }

  @Override
  public void onState(ConnectionState state, Endpoint endpoint) {
    states.add(state);
    heard.add(state.status() + (state.attempt() == 0 ? "" : " " + state.attempt()));
    if (observerThrows) {
      throw new IllegalStateException("a bug of ours");
    }
  }

  @Override
  public void onUp(Connection link, ConnectionState state) {
    up = link;
    heard.add("up");
  }

  @Override
  public void onDown() {
    heard.add("down");
  }

  @Override
  public void onGaveUp(DisconnectCause cause, int attempts, String reason) {
    heard.add("gave up");
  }

  @Override
  public void onClosed() {
    heard.add("closed");
  }

  @Override
  public void onProbeDue() {
    heard.add("probe");
  }

  @Override
  public InboundFrames inbound(Connection link, Runnable onFirstMessage) {
    return new InboundFrames() {
      @Override
      public void text(String text) {
        link.activity().frameIn(scheduler.nanoTime());
        frames.add(text);
        onFirstMessage.run();
      }

      @Override
      public void binary(int size) {
        frames.add(size + " bytes");
      }

      @Override
      public void leftOut(long size) {
        frames.add(size + " bytes left out");
      }
    };
  }
}
