package io.agentcraft.client.internal.publish;

import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.internal.connection.OpenLink;
import io.agentcraft.client.internal.publish.PathChoice.Route;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishPath;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes updates from any thread and sees to it that each ends: delivered, superseded or failed. Everything but the intake
 * is confined to the loop.
 */
public final class Publishing {

  /** How long the server has to relay an update back (Decision 7 of the wire description). */
  private static final Duration RELAY_TIMEOUT = Duration.ofSeconds(5);

  /** How often an update is sent over the socket to a server that has never relayed one, where HTTP is not allowed. */
  private static final int MOST_UNCONFIRMED_ROUNDS = 3;

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final Scheduler scheduler;
  private final PublishQueue queue = new PublishQueue();
  private final Receipts receipts;
  private final SocketCourier socket;
  private final HttpCourier http;
  private final Connector connect;
  private final Queue<Publication> intake = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean wakeAsked = new AtomicBoolean();
  private PathChoice path;
  private Scheduler.@Nullable Timer timer;
  private int unconfirmedRounds;
  private @Nullable Closing closing;
  private volatile boolean awaitsRelays;
  private volatile boolean closed;

  /** The end of a grace period. */
  private record Closing(Runnable then, Scheduler.Timer end, Scheduler.Timer half) {}

  /** Makes sure that there is a connection, or will be. */
  @FunctionalInterface
  public interface Connector {

    /** Returns {@code null} if the client is connected or about to be, otherwise why it is not. */
    @Nullable
    AgentCraftException connect();
  }

  Publishing(PublishPath configured, Connector connect, Parts parts) {
    this.scheduler = parts.scheduler();
    this.receipts = parts.receipts();
    this.path = PathChoice.initial(configured);
    this.connect = connect;
    this.socket = new SocketCourier(scheduler, parts.budget(), parts.pace(), queue, receipts);
    this.http = new HttpCourier(
        scheduler,
        parts.broadcasts(),
        parts.policy(),
        parts.renewableToken(),
        queue,
        receipts,
        new HttpCourier.HttpObserver() {
          @Override
          public void onProgress() {
            pump();
          }

          @Override
          public void onMissing() {
            choose(path.httpMissing());
          }
        });
  }

  /** Takes an update, from any thread. */
  void offer(Publication publication) {
    if (closed) {
      publication
          .receipt()
          .completeExceptionally(new ClientClosedException("The update was not published"));
      return;
    }
    intake.add(publication);
    if (wakeAsked.compareAndSet(false, true) && !LoopTasks.post(scheduler, this::takeIn)) {
      failIntake();
    }
  }

  long nanoTime() {
    return scheduler.nanoTime();
  }

  /** Tells whether relayed updates are of interest. Called by reader threads. */
  public boolean awaitsRelays() {
    return awaitsRelays;
  }

  public void onUp(OpenLink link) {
    socket.opened(link);
    pump();
  }

  public void onDown() {
    socket.lost();
    choose(path.disconnected());
    if (path.route() != Route.HTTP) {
      receipts.superseded(queue.takeBack(Long.MAX_VALUE));
    }
    pump();
  }

  /** There will be no connection: goes on by HTTP if that may work, else fails what waits. */
  public void onGaveUp(AgentCraftException error) {
    choose(path.gaveUp());
    if (path.route() == Route.HTTP) {
      pump();
    } else {
      receipts.failed(queue.drain(), error);
      settle();
    }
  }

  /** An update came back from the server: ours, or another client's. */
  public void onRelayed(AgentStatusUpdate relayed) {
    List<Publication> superseded = new ArrayList<>();
    queue.confirm(relayed, superseded).ifPresent(publication -> {
      unconfirmedRounds = 0;
      if (path.route() != Route.HTTP) {
        choose(path.relayed());
      }
      receipts.delivered(publication, PublishPath.SOCKET, scheduler.nanoTime());
    });
    receipts.superseded(superseded);
    pump();
  }

  /** Takes no more updates, and runs a task once nothing is left to wait for, at the latest after the grace period. */
  public void close(Duration grace, Runnable then) {
    closed = true;
    takeIn();
    if (queue.isEmpty()) {
      then.run();
      return;
    }
    // A probe that is still out has half of the grace to be answered, so that HTTP has the other
    // half.
    closing = new Closing(
        then,
        scheduler.schedule(grace, this::finish),
        scheduler.schedule(grace.dividedBy(2), this::hurry));
    pump();
  }

  private void hurry() {
    if (path.route() == Route.HOLD || path.route() == Route.SOCKET_PROBE) {
      probeFailed();
      pump();
    }
  }

  private void finish() {
    Closing ending = closing;
    if (ending == null) {
      return;
    }
    closing = null;
    stopTimer();
    ending.end().cancel();
    ending.half().cancel();
    receipts.failed(
        queue.drain(), new ClientClosedException("The update was not published in time"));
    failIntake();
    ending.then().run();
  }

  private void takeIn() {
    wakeAsked.set(false);
    List<Publication> superseded = new ArrayList<>();
    for (Publication next = intake.poll(); next != null; next = intake.poll()) {
      superseded.addAll(queue.offer(next));
    }
    receipts.superseded(superseded);
    pump();
  }

  private void pump() {
    stopTimer();
    long now = scheduler.nanoTime();
    overdue(now);
    long again = switch (path.route()) {
      case HTTP -> http.pump();
      case HOLD -> Long.MAX_VALUE;
      case SOCKET -> viaSocket(Integer.MAX_VALUE);
      case SOCKET_PROBE -> viaSocket(1);
    };
    settle();
    if (path.route() != Route.HTTP && queue.hasUnconfirmed()) {
      again = Math.min(again, queue.oldestSentAt() + RELAY_TIMEOUT.toNanos() - now);
    }
    if (again != Long.MAX_VALUE && isAlive()) {
      timer = scheduler.schedule(Duration.ofNanos(Math.max(again, 0)), this::pump);
    }
  }

  private long viaSocket(int most) {
    if (!socket.isOpen()) {
      AgentCraftException error = queue.hasWaiting() ? connect.connect() : null;
      if (error != null) {
        onGaveUp(error);
      }
      return Long.MAX_VALUE;
    }
    long again = socket.pump(most);
    if (path.route() == Route.SOCKET_PROBE && queue.hasUnconfirmed()) {
      choose(path.probeSent());
    }
    return again;
  }

  /** Looks after what was sent and did not come back. */
  private void overdue(long now) {
    if (path.route() == Route.HTTP || !queue.hasUnconfirmed() || !socket.isOpen()) {
      return;
    }
    if (now - queue.oldestSentAt() < RELAY_TIMEOUT.toNanos()) {
      return;
    }
    if (path.route() == Route.HOLD) {
      probeFailed();
      return;
    }
    unconfirmedRounds++;
    if (!path.hasRelayed() && unconfirmedRounds >= MOST_UNCONFIRMED_ROUNDS) {
      unconfirmedRounds = 0;
      receipts.failed(
          queue.drain(),
          new PublishFailedException(
              "The server does not relay updates sent over the socket, so it is likely to ignore them."
                  + " Use PublishPath.AUTO or HTTP.",
              null));
      return;
    }
    receipts.superseded(queue.takeBack(now - RELAY_TIMEOUT.toNanos()));
  }

  private void probeFailed() {
    choose(path.probeFailed());
    receipts.superseded(queue.takeBack(Long.MAX_VALUE));
  }

  private void choose(PathChoice next) {
    Route before = path.route();
    path = next;
    if (before != Route.HTTP && next.route() == Route.HTTP) {
      LOG.info(
          "The server does not relay updates sent over the socket: publishing by HTTP from now on.");
    } else if (before != Route.SOCKET && next.route() == Route.SOCKET) {
      LOG.debug("The server relays updates sent over the socket.");
    }
  }

  private void settle() {
    awaitsRelays = path.route() != Route.HTTP && queue.hasUnconfirmed();
    if (closing != null && queue.isEmpty()) {
      finish();
    }
  }

  private boolean isAlive() {
    return !closed || closing != null;
  }

  private void failIntake() {
    List<Publication> late = new ArrayList<>();
    for (Publication next = intake.poll(); next != null; next = intake.poll()) {
      late.add(next);
    }
    late.forEach(publication -> publication
        .receipt()
        .completeExceptionally(new ClientClosedException("The update was not published")));
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
