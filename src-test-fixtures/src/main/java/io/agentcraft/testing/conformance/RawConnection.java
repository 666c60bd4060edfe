package io.agentcraft.testing.conformance;

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

/** One WebSocket from the client's side. It answers nothing by itself, and keeps every frame. */
final class RawConnection extends WebSocketListener {

  /** The close code of a connection that ended without a close frame. */
  static final int NO_CLOSE_FRAME = -1;

  /**
   * How a connection ended, or why there was none.
   *
   * @param code the server's close code, or {@link #NO_CLOSE_FRAME}
   * @param reason its reason, or the error
   * @param status the status of a refused handshake; 0 if there was no answer, 101 if it was accepted
   */
  record End(int code, String reason, int status) {}

  private static final int NORMAL_CLOSE = 1000;
  private static final int SWITCHING = 101;

  private final Object lock = new Object();

  // Guarded by the lock.
  private final List<Frame> frames = new ArrayList<>();
  private boolean open;
  private @Nullable End end;

  private volatile @Nullable WebSocket socket;

  /** Called once, before this connection is used. */
  void start(WebSocket opening) {
    socket = opening;
  }

  /** Waits for the answer to the handshake; gives up after the timeout. */
  void awaitOpen(Duration timeout) {
    Optional<Boolean> answered = await(timeout, () -> (open || end != null) ? Boolean.TRUE : null);
    if (answered.isEmpty()) {
      ended(new End(NO_CLOSE_FRAME, "no answer within " + CheckConnection.seconds(timeout), 0));
      cancel();
    }
  }

  /** Returns why the handshake failed; empty if it succeeded. */
  Optional<End> refusal() {
    synchronized (lock) {
      return open ? Optional.empty() : Optional.ofNullable(end);
    }
  }

  /** Sends a frame; has no effect once the connection has ended. */
  void send(String text) {
    WebSocket to = socket;
    if (to != null) {
      boolean ignored = to.send(text);
    }
  }

  /** Returns how many frames were received. */
  int count() {
    synchronized (lock) {
      return frames.size();
    }
  }

  /** Returns the frames after the first ones. */
  List<Frame> since(int mark) {
    synchronized (lock) {
      return List.copyOf(frames.subList(mark, frames.size()));
    }
  }

  /** Waits for a frame after the first ones; empty if the connection ends without it. */
  Optional<Frame> await(int mark, Predicate<Frame> wanted, Duration timeout) {
    // Tests each frame once, however often the thread wakes up.
    AtomicInteger next = new AtomicInteger(mark);
    Optional<Optional<Frame>> found = await(timeout, () -> {
      Optional<Frame> first =
          frames.subList(next.get(), frames.size()).stream().filter(wanted).findFirst();
      next.set(frames.size());
      return first.isPresent() || end != null ? first : null;
    });
    return found.flatMap(frame -> frame);
  }

  /** Returns how it ended; empty while it is open. */
  Optional<End> end() {
    synchronized (lock) {
      return Optional.ofNullable(end);
    }
  }

  /** Waits for the end. */
  Optional<End> awaitEnd(Duration timeout) {
    return await(timeout, () -> end);
  }

  /** Starts the close handshake. */
  void close() {
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
}
