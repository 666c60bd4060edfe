package io.agentcraft.client.internal.publish;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FakeSocket;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.transport.Transport;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.WireMessage;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Publishing with all that is around it in the test's hands: time, sockets, the HTTP endpoint. */
final class Bench {

  static final Duration GRACE = Duration.ofSeconds(2);

  final ManualScheduler time = ManualScheduler.inline();
  final EventLoop loop = new EventLoop(time);
  final MessageCodec codec = MessageCodec.create();
  final FrameRateLimiter budget;
  final FakeBroadcasts http = new FakeBroadcasts();
  /** Where posts go: to {@link #http} unless a test puts something else here. */
  Broadcasts httpEndpoint = http;

  /** Runs what completes receipts. */
  Executor completionExecutor = Runnable::run;

  final PublishEngine engine;
  final Publishers publishers;

  @Nullable
  AgentCraftException connectError;

  int connects;
  int closes;
  FakeSocket link = new FakeSocket();
  Connection connection = FakeSocket.connection(0, link, time);
  private boolean up;
  private long generation;

  Bench(PublishTransport path) {
    this(path, 60, false);
  }

  Bench(PublishTransport path, int framesPerMinute, boolean renewableToken) {
    this(
        path,
        PublishForm.AGENT_STATUS,
        framesPerMinute,
        renewableToken,
        FakeBroadcasts.URL,
        Duration.ZERO);
  }

  /** Publishing by a client whose URL tells nothing of where to post. */
  static Bench withoutHttpBase(PublishTransport path) {
    return new Bench(path, PublishForm.AGENT_STATUS, 60, false, null, Duration.ZERO);
  }

  /** Publishing in a form. */
  static Bench in(PublishForm form, PublishTransport path) {
    return in(form, path, Duration.ZERO);
  }

  /** Publishing in a form, with reminders. */
  static Bench in(PublishForm form, PublishTransport path, Duration reminder) {
    return new Bench(path, form, 60, false, FakeBroadcasts.URL, reminder);
  }

  private Bench(
      PublishTransport path,
      PublishForm form,
      int framesPerMinute,
      boolean renewableToken,
      @Nullable String httpUrl,
      Duration reminder) {
    http.clients = json -> {
      if (up) {
        relay(json);
      }
    };
    budget = new FrameRateLimiter(framesPerMinute, Instrumentation.NONE);
    engine = new PublishEngine(
        loop,
        codec,
        new PublishEngine.Options(
            path, form, ExponentialBackoff.defaults(), renewableToken, reminder),
        () -> {
          connects++;
          return connectError;
        },
        budget,
        Instrumentation.NONE,
        task -> completionExecutor.execute(task),
        httpUrl == null ? Broadcasts.UNKNOWN_URL : new Endpoint());
    publishers = new Publishers(engine, loop, 500, () -> {});
  }

  /** Asks for the endpoint at each post, since tests change it. */
  private final class Endpoint implements Broadcasts {

    @Override
    public String url() {
      return FakeBroadcasts.URL;
    }

    @Override
    public void probe(Consumer<Broadcasts.Endpoint> onFound) {
      httpEndpoint.probe(onFound);
    }

    @Override
    public void post(String json, Consumer<Result> onResult) {
      httpEndpoint.post(json, onResult);
    }
  }

  AgentPublisher agent(String id) {
    return publishers.agent(id, "Agent " + id);
  }

  /** An agent whose texts may be of any length. */
  AgentPublisher talker(String id) {
    return new Publishers(engine, loop, Integer.MAX_VALUE, () -> {}).agent(id, "Agent " + id);
  }

  /** Connects, with an id that the server has not seen. */
  void up() {
    link = new FakeSocket();
    up(link);
  }

  void up(Transport.Socket socket) {
    up = true;
    connection = FakeSocket.connection(++generation, socket, time);
    budget.onUp(connection);
    engine.onUp(connection);
  }

  void down() {
    link.closing = true;
    up = false;
    engine.onDown();
  }

  /** Connects to a server that relays what it gets at once. */
  void upToARelay() {
    up();
    link.peer = frame -> time.execute(() -> relay(frame));
  }

  /** Lets the server relay a frame that it got. */
  void relay(int index) {
    relay(link.sent.get(index));
  }

  void relay(String frame) {
    ServerMessage message = codec.decodeServer(frame);
    if (engine.awaits(message.type())) {
      boolean unused = engine.accept(message);
    }
  }

  void seconds(double seconds) {
    time.advance(Duration.ofNanos((long) (seconds * 1e9)));
  }

  void close() {
    engine.close(GRACE, () -> closes++);
  }

  /** The messages that went over the newest socket, in short. */
  List<String> sent() {
    return link.sent.stream().map(this::inShort).toList();
  }

  /** The messages that were posted, in short. */
  List<String> posted() {
    return http.posts.stream().map(this::inShort).toList();
  }

  String inShort(String frame) {
    WireMessage message = codec.decodeServer(frame);
    if (message instanceof AgentStatusUpdate update) {
      return update.agentId() + ":" + update.message();
    } else if (message instanceof SessionEvent event) {
      return inShort(event);
    }
    return ((AgentCollaboration) message).collaborationType();
  }

  private static String inShort(SessionEvent event) {
    Map<String, @Nullable Object> data = event.data();
    return switch (event.kind()) {
      case SESSION_STARTED -> "started " + data.get("agent_names");
      case AGENT_STATUS_UPDATE ->
        data.get("agent_name") + " " + data.get("status") + " " + data.get("current_task");
      case PHASE_UPDATE -> "phase " + data.get("phase");
      case CREW_OUTPUT -> data.get("output_type") + " " + data.get("content");
      case SESSION_COMPLETED -> "completed " + data.get("result");
      case SESSION_COMPLETE -> "complete " + data.get("result");
      case SESSION_ERROR -> "error " + data.get("error");
    };
  }

  /** What became of an update, in a word: the path, {@code accepted}, {@code superseded}, {@code open}, or the error's type. */
  static String fate(CompletableFuture<PublishReceipt> receipt) {
    if (!receipt.isDone()) {
      return "open";
    }
    try {
      PublishReceipt result = receipt.get();
      if (result instanceof PublishReceipt.Delivered delivered) {
        return delivered.transport().name();
      }
      return result instanceof PublishReceipt.Accepted ? "accepted" : "superseded";
    } catch (ExecutionException failed) {
      return Objects.requireNonNull(failed.getCause()).getClass().getSimpleName();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
