package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.ReferenceServer;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.Buffer;
import okio.ForwardingSource;
import okio.ForwardingTimeout;
import okio.Sink;
import okio.Socket;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the thread dies of that reads from a connection: the connection ends, and another is opened. */
class DyingReaderTest extends IntegrationTest {

  private final WatchedThreads threads = closed(new WatchedThreads());

  static Stream<Throwable> deaths() {
    return Stream.of(
        new OutOfMemoryError("no memory"),
        new StackOverflowError("too deep"),
        new NoSuchMethodError("an old Okio"),
        new AssertionError("impossible"),
        new IllegalStateException("a bug"));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void whileItReadsFromTheNetwork(Throwable death) {
    Trap trap = new Trap(Where.IN_READ, call -> die(death));
    DisconnectCause cause = causeOfLoss(trap);
    assertThat(cause.description()).contains(death.getMessage());
    assertThat(threads.uncaught()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void insideOkHttp(Throwable death) {
    Trap trap = new Trap(Where.BEFORE_A_FRAME, call -> die(death));
    DisconnectCause cause = causeOfLoss(trap);
    if (death instanceof Error) {
      assertThat(cause.description()).contains("handler of uncaught exceptions");
      assertThat(threads.uncaught()).containsExactly(death);
    } else {
      assertThat(cause.description()).contains(death.getMessage());
      assertThat(threads.uncaught()).isEmpty();
    }
  }

  /** The last that OkHttp does on a thread that is about to end, whether or not it got around to closing its reader. */
  @Test
  void whenOkHttpOnlyCancelsTheCall() {
    Trap trap = new Trap(Where.IN_READ, Call::cancel);
    assertThat(causeOfLoss(trap).description()).contains("handler of uncaught exceptions");
    assertThat(threads.uncaught()).isEmpty();
  }

  /** Connects, springs the trap, and connects again. */
  private DisconnectCause causeOfLoss(Trap trap) {
    ReferenceServer server = server();
    OkHttpClient http = threads.okHttp().addInterceptor(trap).build();
    AgentCraftClient client = client(server, options -> options.okHttpClient(http));
    Recorder<ConnectionState> states = states(client);
    Recorder<ServerMessage> messages = new Recorder<>();
    client.onMessage(messages::add);
    connected(server, client);
    trap.set();
    server.startSession("session_1", "Why?");
    ConnectionState lost = waiting(states);
    assertThat(lost.cause()).isInstanceOf(DisconnectCause.ConnectionLost.class);
    assertThat(lost.nextDelay()).isEqualTo(seconds(2));
    clock.advance(seconds(2));
    status(states, ConnectionStatus.CONNECTED);
    server.startSession("session_2", "Why?");
    messages.next(message -> message.toString().contains("session_2"));
    assertThat(client.connectionState().isConnected()).isTrue();
    client.close();
    return lost.cause();
  }

  private static void die(Throwable death) {
    if (death instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) death;
  }

  private enum Where {
    IN_READ,
    /** In what OkHttp calls besides, when it begins to read a frame. */
    BEFORE_A_FRAME
  }

  /** An interceptor of the caller's, with a socket that on the reader thread does a certain thing once. */
  private static final class Trap implements Interceptor {

    private final Where where;
    private final Consumer<Call> what;
    private final AtomicBoolean isSet = new AtomicBoolean();

    Trap(Where where, Consumer<Call> what) {
      this.where = where;
      this.what = what;
    }

    void set() {
      isSet.set(true);
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
      Response response = chain.proceed(chain.request());
      Socket socket = Objects.requireNonNull(response.socket());
      return response
          .newBuilder()
          .socket(new TrappedSocket(socket, chain.call()))
          .build();
    }

    private void spring(Where here, Call call) {
      if (here == where && isSet.compareAndSet(true, false)) {
        what.accept(call);
      }
    }

    private final class TrappedSocket implements Socket {

      private final Socket socket;
      private final Source source;

      TrappedSocket(Socket socket, Call call) {
        this.socket = socket;
        this.source = new TrappedSource(socket.getSource(), call);
      }

      @Override
      public Source getSource() {
        return source;
      }

      @Override
      public Sink getSink() {
        return socket.getSink();
      }

      @Override
      public void cancel() {
        socket.cancel();
      }
    }

    private final class TrappedSource extends ForwardingSource {

      private final Call call;
      private final Timeout timeout;

      TrappedSource(Source delegate, Call call) {
        super(delegate);
        this.call = call;
        this.timeout = new ForwardingTimeout(delegate.timeout()) {
          @Override
          public Timeout clearTimeout() {
            spring(Where.BEFORE_A_FRAME, call);
            return super.clearTimeout();
          }
        };
      }

      @Override
      public long read(Buffer sink, long byteCount) throws IOException {
        long count = super.read(sink, byteCount);
        spring(Where.IN_READ, call);
        return count;
      }

      @Override
      public Timeout timeout() {
        return timeout;
      }
    }
  }
}
