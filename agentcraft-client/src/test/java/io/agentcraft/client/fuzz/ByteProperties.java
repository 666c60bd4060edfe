package io.agentcraft.client.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.testing.ManualScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okio.Buffer;
import okio.ByteString;

/**
 * What holds for any bytes that a server sends after the handshake, through a whole client: bound, WebSocket reader, peek,
 * codec, connection, listeners, board. Whatever they are, the client gets over them: it delivers a good frame on the
 * same connection when they were whole frames, and in any case on the next connection.
 *
 * <p>The first byte decides: 1 for permessage-deflate, 2 for bytes that are frames as they are. Otherwise they are taken for
 * pairs of opcode and length with a payload, and made into whole frames.
 */
final class ByteProperties {

  private static final int COMPRESSED = 1;
  private static final int RAW = 2;
  private static final int[] OPCODES = {1, 1, 1, 1, 2, 9, 10};
  private static final int MOST_MESSAGE_BYTES = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Runs the calls of OkHttp, which read all that comes. */
  private static final ExecutorService READER = Executors.newSingleThreadExecutor(task -> {
    Thread thread = new Thread(task, "fuzz-reader");
    thread.setDaemon(true);
    return thread;
  });

  private static final OkHttpClient HTTP = new OkHttpClient.Builder()
      .dispatcher(new Dispatcher(READER))
      .fastFallback(false)
      .build();

  private final LockedScheduler clock = new LockedScheduler();
  private final List<String> agents = new CopyOnWriteArrayList<>();
  private final List<Throwable> errors = new CopyOnWriteArrayList<>();
  private final Sockets sockets = new Sockets();
  private final AgentCraftClient client;
  private int changes;

  private ByteProperties(int mostMessageBytes) {
    client = AgentCraftClient.builder("ws://127.0.0.1:9/path")
        .okHttpClient(HTTP.newBuilder().socketFactory(sockets).build())
        .scheduler(clock)
        .callbackExecutor(Runnable::run)
        .webSocketPingInterval(Duration.ZERO)
        .maxMessageBytes(mostMessageBytes)
        .build();
    client.board();
    client.onAgentChange(change -> changes++);
    client.onSessionChange(change -> changes++);
    client.onAgentStatus(update -> agents.add(update.agentId()));
    client.onError(errors::add);
  }

  static void check(byte[] input) {
    check(MOST_MESSAGE_BYTES, path -> path.run(input));
  }

  /** Whole frames of any length, over one connection. */
  static void checkFrames(List<String> frames) {
    Buffer bytes = new Buffer();
    frames.forEach(frame -> Frames.write(bytes, frame));
    check(Integer.MAX_VALUE, path -> path.run(bytes, false, true));
  }

  private static void check(int mostMessageBytes, Consumer<ByteProperties> run) {
    Bugs.begin();
    ByteProperties path = new ByteProperties(mostMessageBytes);
    try {
      run.accept(path);
    } finally {
      path.client.close();
    }
    Bugs.assertNone();
  }

  private void run(byte[] input) {
    int mode = input.length == 0 ? 0 : input[0];
    boolean raw = (mode & RAW) != 0;
    Buffer bytes = new Buffer();
    if (raw) {
      bytes.write(input, 1, input.length - 1);
    } else {
      writeFrames(input, bytes);
    }
    run(bytes, (mode & COMPRESSED) != 0, !raw);
  }

  private void run(Buffer bytes, boolean compressed, boolean whole) {
    Frames.write(bytes, Frames.good("first"));
    sockets.next(bytes.readByteString(), compressed);
    var unused = client.connect();
    awaitEnd();
    if (whole) {
      assertThat(agents).endsWith("first");
    }

    Frames.write(bytes, Frames.good("second"));
    sockets.next(bytes.readByteString(), false);
    if (client.connectionState().status() == ConnectionStatus.FAILED) {
      unused = client.connect();
    } else {
      clock.advance(Duration.ofSeconds(2));
    }
    awaitEnd();
    assertThat(agents).endsWith("second");
    assertThat(client.board().snapshot().agent("second")).isPresent();
    errors.forEach(Bugs::assertIsNoBug);
  }

  private static void writeFrames(byte[] input, Buffer out) {
    int at = 1;
    while (at + 2 <= input.length) {
      int opcode = OPCODES[(input[at] & 0xff) % OPCODES.length];
      int most = opcode > 2 ? 125 : 4 * MOST_MESSAGE_BYTES;
      int length = Math.min(Math.min(8 * (input[at + 1] & 0xff), most), input.length - at - 2);
      byte[] payload = new byte[length];
      System.arraycopy(input, at + 2, payload, 0, length);
      Frames.write(out, opcode, payload);
      at += 2 + length;
    }
  }

  /** Waits until all bytes were read, and the connection has ended as they do. */
  private void awaitEnd() {
    try {
      READER.submit(() -> {}).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception stuck) {
      throw new AssertionError("The reader is stuck", stuck);
    }
    await(() -> client.connectionState().status() == ConnectionStatus.FAILED
        || client.connectionState().nextDelay() != null);
  }

  private void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("The connection did not end: " + client.connectionState());
      }
      Thread.onSpinWait();
    }
  }

  private static final class Sockets extends SocketFactory {

    private volatile MemorySocket next = new MemorySocket(ByteString.EMPTY, false);

    void next(ByteString bytes, boolean compressed) {
      next = new MemorySocket(bytes, compressed);
    }

    @Override
    public Socket createSocket() {
      return next;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw new IOException("never asked for");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      throw new IOException("never asked for");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw new IOException("never asked for");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      throw new IOException("never asked for");
    }
  }

  /** A manual clock that the reader's thread may use, too. */
  private static final class LockedScheduler implements Scheduler {

    private final ManualScheduler scheduler = ManualScheduler.inline();

    @Override
    public synchronized long nanoTime() {
      return scheduler.nanoTime();
    }

    @Override
    public synchronized Instant now() {
      return scheduler.now();
    }

    @Override
    public synchronized void execute(Runnable task) {
      scheduler.execute(task);
    }

    @Override
    public synchronized Timer schedule(Duration delay, Runnable task) {
      Timer timer = scheduler.schedule(delay, task);
      return () -> {
        synchronized (this) {
          timer.cancel();
        }
      };
    }

    synchronized void advance(Duration step) {
      scheduler.advance(step);
    }
  }
}
