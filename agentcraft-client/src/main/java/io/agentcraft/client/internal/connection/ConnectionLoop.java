package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.internal.transport.Link;
import io.agentcraft.client.internal.transport.TransportListener;
import io.agentcraft.client.time.Scheduler;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs the {@link ConnectionMachine}: feeds it events, does what it asks for, and tells an observer what changed. All of
 * it happens on the scheduler's thread; the public methods may be called from any.
 */
public final class ConnectionLoop {

  private final Scheduler scheduler;
  private final ConnectionMachine machine;
  private final Handshakes handshakes;
  private final ConnectionObserver observer;
  private final Observers observers;
  private final LivenessWatch liveness;

  private MachineState connection;
  private Scheduler.@Nullable Timer timer;
  private @Nullable Socket newest;
  private @Nullable Connection open;
  private @Nullable Instant lastConnected;
  private @Nullable String clientId;
  private volatile ConnectionState state = ConnectionState.INITIAL;
  private volatile Endpoint endpoint;

  public ConnectionLoop(
      Scheduler scheduler,
      LoopSettings settings,
      Handshakes handshakes,
      ConnectionObserver observer,
      Observers observers) {
    this.scheduler = scheduler;
    this.machine = settings.machine();
    this.handshakes = handshakes;
    this.observer = observer;
    this.observers = observers;
    this.liveness = new LivenessWatch(
        scheduler,
        settings.idleTimeout(),
        observer::onProbeDue,
        (generation, silence) -> on(new Event.Silent(generation, silence)));
    this.connection = MachineState.initial(settings.endpoints());
    this.endpoint = settings.endpoints().current();
  }

  /** Returns what the caller may know, as of the last event. */
  public ConnectionState state() {
    return state;
  }

  /** Returns where the server was looked for last. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Begins to connect, if that makes sense now. Called on the loop. */
  public void connect() {
    on(new Event.ConnectAsked());
  }

  /** Begins to close. Called on the loop. */
  public void close() {
    on(new Event.CloseAsked());
  }

  /** Cuts the socket off. Called when the scheduler has ended, so that nothing else can. */
  public void abandon() {
    Socket last = newest;
    if (last != null) {
      last.link().cancel();
    }
  }

  private void on(Event event) {
    Transition transition = machine.on(connection, event);
    MachineState before = connection;
    connection = transition.next();
    transition.effects().forEach(this::run);
    if (connection.phase() != before.phase()) {
      tell(before);
    }
  }

  private void run(Effect effect) {
    if (effect instanceof Effect.OpenSocket socket) {
      openSocket(socket);
    } else if (effect instanceof Effect.StartTimer start) {
      stopTimer();
      timer = scheduler.schedule(start.delay(), () -> {
        timer = null;
        on(new Event.TimedOut(handshakes.hint(link(connection.generation()) != null)));
      });
    } else if (effect instanceof Effect.StopTimer) {
      stopTimer();
    } else if (effect instanceof Effect.CloseSocket close) {
      Link link = link(close.generation());
      if (link != null) {
        link.close(1000);
      }
    } else if (effect instanceof Effect.CancelSocket cancel) {
      Link link = link(cancel.generation());
      if (link != null) {
        link.cancel();
      }
    }
  }

  /** Returns the newest socket if it is of this generation; an older one is cancelled by its own attempt. */
  private @Nullable Link link(long generation) {
    return newest != null && newest.generation() == generation ? newest.link() : null;
  }

  private void openSocket(Effect.OpenSocket socket) {
    endpoint = socket.endpoint();
    clientId = handshakes.newClientId();
    Attempt attempt = new Attempt(socket.generation(), socket.endpoint(), clientId);
    if (handshakes.needsToken()) {
      handshakes
          .token()
          .whenComplete((token, error) -> post(() -> tokenCame(attempt, token, error)));
    } else {
      open(attempt, null);
    }
  }

  private record Attempt(long generation, Endpoint endpoint, String clientId) {}

  private record Socket(long generation, Link link) {}

  private void tokenCame(Attempt attempt, @Nullable String token, @Nullable Throwable error) {
    if (!isConnecting(attempt.generation())) {
      return;
    }
    if (token == null) {
      on(new Event.Ended(attempt.generation(), Handshakes.noToken(error)));
    } else {
      open(attempt, token);
    }
  }

  private void open(Attempt attempt, @Nullable String token) {
    SocketEvents events = new SocketEvents(attempt.generation(), attempt.clientId());
    try {
      Link link = handshakes.open(attempt.endpoint(), attempt.clientId(), token, events);
      newest = new Socket(attempt.generation(), link);
    } catch (RuntimeException | LinkageError unusable) {
      post(() ->
          on(new Event.Ended(attempt.generation(), new DisconnectCause.ConnectionLost(unusable))));
    }
  }

  private boolean isConnecting(long generation) {
    return generation == connection.generation() && connection.phase() instanceof Phase.Connecting;
  }

  private boolean post(Runnable task) {
    return LoopTasks.post(scheduler, task);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void tell(MachineState before) {
    boolean wasOpen = isUp(before.phase());
    boolean isOpen = isUp(connection.phase());
    if (wasOpen && !isOpen && open != null) {
      open.activity().over();
      open = null;
      liveness.stop();
      observer.onDown();
    }
    ConnectionState next = Snapshots.of(connection, lastConnected, clientId);
    boolean changed = !next.equals(state);
    state = next;
    if (changed) {
      observer.onState(next, endpoint);
    }
    if (isOpen && !wasOpen && open != null) {
      liveness.start(open);
      observer.onUp(open, next);
    }
    if (connection.phase() instanceof Phase.Failed failed) {
      observer.onGaveUp(failed.cause(), failed.attempts(), failed.reason());
    } else if (connection.phase() instanceof Phase.Closed) {
      observer.onClosed();
    }
  }

  private static boolean isUp(Phase phase) {
    return phase instanceof Phase.Open || phase instanceof Phase.Closing;
  }

  /** The events of one socket, brought from its reader thread to the loop. */
  private final class SocketEvents implements TransportListener {

    private final long generation;
    private final String id;
    private @Nullable InboundFrames inbound;
    private @Nullable Activity activity;

    SocketEvents(long generation, String id) {
      this.generation = generation;
      this.id = id;
    }

    @Override
    public void onOpen(Link socket) {
      Connection opened = new Connection(
          generation, socket, new Activity(scheduler.nanoTime()), scheduler, id, observers);
      CompletableFuture<Boolean> told = new CompletableFuture<>();
      // "Connected" must be told before the first message: no frame is read until the loop has done
      // so.
      if (ConnectionLoop.this.post(() -> tell(opened, told)) && told.join()) {
        inbound = observer.inbound(opened, () -> post(new Event.FirstMessage(generation)));
        activity = opened.activity();
      } else {
        socket.cancel();
      }
    }

    private void tell(Connection opened, CompletableFuture<Boolean> told) {
      try {
        told.complete(opened(opened));
      } finally {
        // Whatever went wrong: a reader thread must not wait for ever.
        told.complete(false);
      }
    }

    private boolean opened(Connection candidate) {
      boolean current = isConnecting(generation);
      if (current) {
        newest = new Socket(generation, candidate.link());
        open = candidate;
        lastConnected = scheduler.now();
      }
      on(new Event.Opened(generation));
      return current;
    }

    @Override
    public void onText(Link socket, String text) {
      if (inbound != null && !isOver()) {
        inbound.text(text);
      }
    }

    @Override
    public void onBinary(Link socket, int size) {
      if (inbound != null && !isOver()) {
        inbound.binary(size);
      }
    }

    @Override
    public void onLeftOut(long bytes) {
      if (inbound != null && !isOver()) {
        inbound.leftOut(bytes);
      }
    }

    private boolean isOver() {
      return activity != null && activity.isOver();
    }

    @Override
    public void onClosing(int code, String reason) {
      post(new Event.PeerClosing(generation, new DisconnectCause.ClosedByServer(code, reason)));
    }

    @Override
    public void onEnded(DisconnectCause cause) {
      post(new Event.Ended(generation, cause));
    }

    private void post(Event event) {
      ConnectionLoop.this.post(() -> on(event));
    }
  }
}
