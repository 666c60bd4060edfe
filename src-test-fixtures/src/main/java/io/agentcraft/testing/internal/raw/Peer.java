package io.agentcraft.testing.internal.raw;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** One WebSocket from the client's side. It answers nothing of its own accord, and keeps all that comes. */
public final class Peer extends WebSocketListener {

  /** The close code of a connection that ended without a close frame. */
  public static final int NO_CLOSE_FRAME = -1;

  /**
   * How a connection ended, or why there was none.
   *
   * @param code the server's close code, or {@link #NO_CLOSE_FRAME}
   * @param reason its reason, or the error
   * @param status the status of a handshake that was refused; 0 if there was no answer, 101 if it was accepted
   */
  public record End(int code, String reason, int status) {}

  private static final int NORMAL_CLOSE = 1000;
  private static final int SWITCHING = 101;

  private final String clientId;
  private final Object lock = new Object();

  // Guarded by the lock.
  private final List<Frame> frames = new ArrayList<>();
  private boolean open;
  private @Nullable End end;

  private volatile @Nullable WebSocket socket;

  Peer(String clientId) {
    this.clientId = clientId;
  }

  /** Called once, before anyone else knows of this peer. */
  void start(WebSocket opening) {
    socket = opening;
  }

  public String clientId() {
    return clientId;
  }

  /** Waits for the answer to the handshake; a peer that got none in time gives up. */
  void awaitOpen(Duration timeout) {
    Optional<Boolean> told = await(timeout, () -> (open || end != null) ? Boolean.TRUE : null);
    if (told.isEmpty()) {
      ended(new End(NO_CLOSE_FRAME, "no answer within " + seconds(timeout), 0));
      cancel();
    }
  }

  /** Why the handshake did not succeed; empty if it did. */
  public Optional<End> refusal() {
    synchronized (lock) {
      return open ? Optional.empty() : Optional.ofNullable(end);
    }
  }

  /** Sends a frame; nothing happens if the connection is over. */
  public void send(String text) {
    WebSocket to = socket;
    if (to != null) {
      boolean ignored = to.send(text);
    }
  }

  /** How many frames came so far. */
  public int count() {
    synchronized (lock) {
      return frames.size();
    }
  }

  /** The frames that came, without the first so many. */
  public List<Frame> since(int mark) {
    synchronized (lock) {
      return List.copyOf(frames.subList(mark, frames.size()));
    }
  }

  /** Waits for a frame behind the first so many; none once the connection has ended without it. */
  public Optional<Frame> await(int mark, Predicate<Frame> wanted, Duration timeout) {
    // Looks at each frame once, however often it is woken.
    AtomicInteger next = new AtomicInteger(mark);
    Optional<Optional<Frame>> found = await(timeout, () -> {
      Optional<Frame> first =
          frames.subList(next.get(), frames.size()).stream().filter(wanted).findFirst();
      next.set(frames.size());
      return first.isPresent() || end != null ? first : null;
    });
    return found.flatMap(frame -> frame);
  }

  /** How it ended; empty while it is open. */
  public Optional<End> end() {
    synchronized (lock) {
      return Optional.ofNullable(end);
    }
  }

  /** Waits for the end. */
  public Optional<End> awaitEnd(Duration timeout) {
    return await(timeout, () -> end);
  }

  /** Starts the close handshake, as a client does that is through. */
  public void close() {
    WebSocket closing = socket;
    if (closing != null) {
      boolean ignored = closing.close(NORMAL_CLOSE, null);
    }
  }

  void cancel() {
    WebSocket gone = socket;
    if (gone != null) {
      gone.cancel();
    }
  }

  @Override
  public void onOpen(WebSocket webSocket, Response response) {
    change(() -> open = true);
  }

  @Override
  public void onMessage(WebSocket webSocket, String text) {
    Frame frame = Frame.of(text);
    change(() -> frames.add(frame));
  }

  @Override
  public void onMessage(WebSocket webSocket, ByteString bytes) {
    Frame frame = Frame.of("(binary, " + bytes.size() + " bytes)");
    change(() -> frames.add(frame));
  }

  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    webSocket.close(NORMAL_CLOSE, null);
    ended(new End(code, reason, SWITCHING));
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
    int status = response == null ? 0 : response.code();
    synchronized (lock) {
      ended(new End(NO_CLOSE_FRAME, String.valueOf(failure), open ? SWITCHING : status));
    }
  }

  private void ended(End how) {
    change(() -> {
      if (end == null) {
        end = how;
      }
    });
  }

  private void change(Runnable change) {
    synchronized (lock) {
      change.run();
      lock.notifyAll();
    }
  }

  private <T> Optional<T> await(Duration timeout, Supplier<@Nullable T> probe) {
    long deadline = System.nanoTime() + timeout.toNanos();
    synchronized (lock) {
      while (true) {
        T found = probe.get();
        long left = deadline - System.nanoTime();
        if (found != null || left <= 0) {
          return Optional.ofNullable(found);
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(lock, left);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("Interrupted while waiting for a server.", interrupted);
        }
      }
    }
  }

  private static String seconds(Duration timeout) {
    return timeout.toMillis() / 1000.0 + " s";
  }
}
